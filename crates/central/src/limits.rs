//! How much one session and one address may ask for: whoever asks for more is told when to come back, with 429 and
//! `Retry-After`, which the workstations keep to.
//!
//! What may be asked grows evenly (GCRA) up to a minute's worth at most, so that a workstation that was without a line
//! for days takes in what it missed without being stopped. A session is known by its token: a name in a header is
//! anybody's to write. Signing in costs more, since looking at a PIN does.

use std::collections::HashSet;
use std::hash::Hash;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use outpost_api::paths;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::problem::Failure;

/// How much may be asked, each second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Requests of one session; any number when 0. A fast upload sends a part of a megabyte with each.
    pub session: u32,
    /// Requests of one address; any number when 0. A post's laptops may have one address together.
    pub address: u32,
    /// Balancers whose word about the sender's address is taken (`X-Forwarded-For`).
    pub balancers: HashSet<IpAddr>,
}

impl Limits {
    /// What is used when nobody says otherwise.
    pub const SESSION: u32 = 100;
    /// What is used when nobody says otherwise.
    pub const ADDRESS: u32 = 1_000;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            session: Self::SESSION,
            address: Self::ADDRESS,
            balancers: HashSet::new(),
        }
    }
}

/// What signing in costs, in requests: the time of a PIN's hash.
const SIGN_IN: NonZeroU32 = NonZeroU32::new(20).expect("20 is not 0");

/// For how many seconds what was not asked for is kept.
const KEPT: u32 = 60;

/// How often what is full again is forgotten.
const FORGET_EVERY: Duration = Duration::from_mins(1);

type Limiter<K> = RateLimiter<K, HashMapStateStore<K>, DefaultClock, NoOpMiddleware>;

/// Counts what was asked.
pub struct Gate {
    sessions: Option<Limiter<[u8; 32]>>,
    addresses: Option<Limiter<IpAddr>>,
    balancers: HashSet<IpAddr>,
    clock: DefaultClock,
}

impl Gate {
    /// Opens the gate; everybody begins with what a minute brings.
    pub fn new(limits: Limits) -> Self {
        Self {
            sessions: limiter(limits.session),
            addresses: limiter(limits.address),
            balancers: limits.balancers,
            clock: DefaultClock::default(),
        }
    }

    /// Whether a request may pass; how long its sender has to wait when not.
    fn pass(&self, peer: IpAddr, request: &Request) -> Result<(), Duration> {
        let headers = request.headers();
        let cost = if *request.method() == Method::POST && request.uri().path() == paths::SESSION {
            SIGN_IN
        } else {
            NonZeroU32::MIN
        };
        let address = sender(peer, headers, &self.balancers);
        self.take(self.addresses.as_ref(), &address, cost)?;
        match headers.get(header::AUTHORIZATION) {
            Some(token) => {
                let token = Sha256::digest(token.as_bytes()).into();
                self.take(self.sessions.as_ref(), &token, NonZeroU32::MIN)
            }
            None => Ok(()),
        }
    }

    fn take<K: Hash + Eq + Clone>(
        &self,
        limiter: Option<&Limiter<K>>,
        key: &K,
        cost: NonZeroU32,
    ) -> Result<(), Duration> {
        let Some(limiter) = limiter else {
            return Ok(());
        };
        match limiter.check_key_n(key, cost) {
            // What costs more than a minute brings never passes; the rate was set that low on purpose.
            Err(_) => Err(Duration::from_secs(KEPT.into())),
            Ok(taken) => taken.map_err(|until| until.wait_time_from(self.clock.now())),
        }
    }

    fn forget(&self) {
        if let Some(sessions) = &self.sessions {
            sessions.retain_recent();
        }
        if let Some(addresses) = &self.addresses {
            addresses.retain_recent();
        }
    }
}

fn limiter<K: Hash + Eq + Clone>(each_second: u32) -> Option<Limiter<K>> {
    let each_second = NonZeroU32::new(each_second)?;
    let most = each_second.saturating_mul(NonZeroU32::new(KEPT)?);
    Some(RateLimiter::hashmap(
        Quota::per_second(each_second).allow_burst(most),
    ))
}

/// Who sent a request: the peer, or whom the nearest balancer names. What others wrote into the header before is theirs.
fn sender(peer: IpAddr, headers: &HeaderMap, balancers: &HashSet<IpAddr>) -> IpAddr {
    let mut sender = peer.to_canonical();
    let lines = headers.get_all("x-forwarded-for").iter().rev();
    let texts = lines.filter_map(|line| line.to_str().ok());
    for hop in texts.flat_map(|line| line.rsplit(',')) {
        if !balancers.contains(&sender) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(hop) => sender = hop.to_canonical(),
            Err(_) => break,
        }
    }
    sender
}

/// Lets a request pass, or says when to come back.
pub async fn limit(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    match app.gate.pass(peer.ip(), &request) {
        Ok(()) => next.run(request).await,
        Err(wait) => Failure::Refused {
            status: StatusCode::TOO_MANY_REQUESTS,
            code: "too-many-requests",
            detail: "more was asked than one sender may".to_owned(),
            retry_after: Some(wait.as_secs() + 1),
        }
        .into_response(),
    }
}

/// Forgets who asks no more, until the server stops.
pub async fn keep_forgetting(app: Arc<App>) {
    let mut stopping = app.stopping.clone();
    while tokio::time::timeout(FORGET_EVERY, stopping.wait_for(|stop| *stop))
        .await
        .is_err()
    {
        app.gate.forget();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_a_balancer_is_believed_about_the_sender_and_only_about_the_nearest() {
        let (balancer, stranger): (IpAddr, IpAddr) =
            ("10.0.0.1".parse().unwrap(), "192.0.2.7".parse().unwrap());
        let balancers = HashSet::from([balancer, "10.0.0.2".parse().unwrap()]);
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "203.0.113.9, 192.0.2.7".parse().unwrap());
        assert_eq!(sender(stranger, &headers, &balancers), stranger);
        assert_eq!(sender(balancer, &headers, &balancers), stranger);
        let mapped = "::ffff:10.0.0.1".parse().unwrap();
        assert_eq!(sender(mapped, &headers, &balancers), stranger);
        headers.append("x-forwarded-for", "10.0.0.2".parse().unwrap());
        assert_eq!(
            sender(balancer, &headers, &balancers),
            stranger,
            "two in a row"
        );
        headers.insert("x-forwarded-for", "nonsense".parse().unwrap());
        assert_eq!(sender(balancer, &headers, &balancers), balancer);
    }
}
