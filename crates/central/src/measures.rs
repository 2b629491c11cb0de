//! What the server counts about itself, told in OpenMetrics text, which Prometheus reads.

use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use outpost_api::PushResult;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::sync::Arc;
use std::time::Instant;

use crate::app::App;
use crate::notices::{self, Fate};
use crate::problem::Failure;

/// Upper bounds of the time classes, seconds: a push on loopback lies in the first, one over a satellite in the last.
const CLASSES: [f64; 11] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

/// Which requests. The route is the pattern, never the path: a path names an inspection.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    method: &'static str,
    route: String,
    status: u16,
}

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
#[allow(non_camel_case_types)]
enum Outcome {
    accepted,
    duplicate,
    refused,
    conflict,
    behind,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Taken {
    outcome: Outcome,
}

/// What became of a try to deliver a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
#[allow(non_camel_case_types)]
enum Delivery {
    delivered,
    failed,
    dead,
    gone,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Tried {
    outcome: Delivery,
}

/// The server's measures.
pub struct Measures {
    registry: Registry,
    requests: Family<Asked, Histogram, fn() -> Histogram>,
    under_way: Gauge,
    entries: Family<Taken, Counter>,
    deliveries: Family<Tried, Counter>,
    notices_waiting: Gauge,
    notices_dead: Gauge,
    feed: Gauge,
    blobs: Gauge,
    blob_bytes: Gauge,
}

impl Default for Measures {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("outpost");
        let requests: Family<_, _, fn() -> Histogram> =
            Family::new_with_constructor(|| Histogram::new(CLASSES));
        registry.register_with_unit(
            "request_duration",
            "Time until the head of the answer, by method, route and status; its count is the number of requests",
            Unit::Seconds,
            requests.clone(),
        );
        let entries = Family::<Taken, Counter>::default();
        registry.register(
            "entries",
            "Journal entries offered, by what became of them",
            entries.clone(),
        );
        let deliveries = Family::<Tried, Counter>::default();
        registry.register(
            "notice_deliveries",
            "Tries to deliver a notice, by what became of them",
            deliveries.clone(),
        );
        let mut gauge = |name: &str, help: &str| {
            let gauge = Gauge::default();
            registry.register(name, help, gauge.clone());
            gauge
        };
        let under_way = gauge(
            "requests_under_way",
            "Requests whose answer has not begun yet",
        );
        let feed = gauge(
            "feed_position",
            "Changes of the feed so far, over all posts",
        );
        let notices_waiting = gauge("notices_waiting", "Notices that wait for their delivery");
        let notices_dead = gauge("notices_dead", "Notices that were given up");
        let blobs = gauge("blobs", "Complete files held");
        let blob_bytes = gauge("blobs_bytes", "Bytes of the complete files held");
        Self {
            registry,
            requests,
            under_way,
            entries,
            deliveries,
            notices_waiting,
            notices_dead,
            feed,
            blobs,
            blob_bytes,
        }
    }
}

impl Measures {
    /// Counts what became of an entry, once the transaction of it is over.
    pub fn count(&self, result: &PushResult) {
        let outcome = match result {
            PushResult::Accepted => Outcome::accepted,
            PushResult::Duplicate => Outcome::duplicate,
            PushResult::Refused { .. } => Outcome::refused,
            PushResult::Conflict { .. } => Outcome::conflict,
            PushResult::Behind => Outcome::behind,
        };
        self.entries.get_or_create(&Taken { outcome }).inc();
    }

    /// Counts what became of a try to deliver a notice.
    pub fn count_delivery(&self, fate: &Fate) {
        let outcome = match fate {
            Fate::Delivered => Delivery::delivered,
            Fate::Again(_) => Delivery::failed,
            Fate::Dead => Delivery::dead,
            Fate::Gone => Delivery::gone,
        };
        self.deliveries.get_or_create(&Tried { outcome }).inc();
    }

    /// The text of all measures, with what is looked up at the moment of asking.
    pub fn text(&self, app: &App) -> Result<String, Failure> {
        self.feed.set(app.store.read(crate::epoch::head)? as i64);
        let (waiting, dead) = app.store.read(notices::counts)?;
        self.notices_waiting.set(waiting);
        self.notices_dead.set(dead);
        let (files, bytes) = app.blobs.held();
        self.blobs.set(files as i64);
        self.blob_bytes.set(bytes as i64);
        let mut text = String::new();
        encode(&mut text, &self.registry)
            .map_err(|e| Failure::Data(format!("the measures cannot be written: {e}")))?;
        Ok(text)
    }

    fn time(&self, asked: &Asked, took: Duration) {
        self.requests
            .get_or_create(asked)
            .observe(took.as_secs_f64());
    }
}

/// Counts a request as under way until it is dropped, also when its client goes away.
struct UnderWay<'a>(&'a Gauge);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Measures each request.
pub async fn measure(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    app.measures.under_way.inc();
    let under_way = UnderWay(&app.measures.under_way);
    // Methods and paths that strangers make up must not become series of their own.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let method = match request.method().as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PATCH" => "PATCH",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    };
    let response = next.run(request).await;
    drop(under_way);
    let asked = Asked {
        method,
        route,
        status: response.status().as_u16(),
    };
    app.measures.time(&asked, begun.elapsed());
    response
}
