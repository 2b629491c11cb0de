//! Signing in: at the central the first time, on the laptop alone afterwards.

use jiff::Timestamp;
use outpost_api::{Session, SessionRequest};
use outpost_db::PinCheck;
use outpost_domain::{Officer, OfficerId};
use outpost_protocol::{Problem, Reply};
use outpost_sync::{Client, Fault};

use crate::alerts::Told;
use crate::desk::{Desk, Opened};
use crate::requests::{Answered, store_problem};
use crate::words::problem;

impl Desk {
    /// Signs an officer in. Known here, the PIN is judged by the laptop and the central is told when it answers;
    /// unknown here, the central judges, which needs the line.
    pub(crate) fn sign_in(&self, id: OfficerId, pin: &str) -> Answered {
        let open = self.opened()?;
        let officer = self.prove(&open, id, pin)?;
        self.seat(officer.clone());
        open.replicator.wake();
        Ok((Reply::SignedIn { officer }, Vec::new()))
    }

    /// The officer of this id, when the PIN is theirs. A session is fetched for them, so that what they sign is taken
    /// in at the central.
    pub(crate) fn prove(
        &self,
        open: &Opened,
        id: OfficerId,
        pin: &str,
    ) -> Result<Officer, Problem> {
        let officer = open
            .store
            .officer(id)
            .map_err(store_problem)?
            .ok_or_else(|| problem("unknown-officer", [], "this officer is not of this post"))?;
        let checked = open
            .store
            .check_pin(id, pin, Timestamp::now())
            .map_err(store_problem)?;
        match checked {
            PinCheck::Right => self.renew_in_background(open, id, pin),
            PinCheck::Unknown => self.first_sign_in(open, id, pin)?,
            PinCheck::Waiting { until } => return Err(wait(until)),
            PinCheck::Wrong {
                wait_until: Some(until),
            } => return Err(wait(until)),
            PinCheck::Wrong { wait_until: None } => {
                return Err(problem("pin-wrong", [], "this PIN is not the officer's"));
            }
        }
        Ok(officer)
    }

    /// Nobody is signed in any more; what waits stays under its author's name.
    pub(crate) fn sign_out(&self) {
        let mut state = self.state();
        state.officer = None;
        state.session_expired = false;
        state.shown.clear();
        state.told = Told::default();
        drop(state);
        self.inner.teller.status();
    }

    fn seat(&self, officer: Officer) {
        let mut state = self.state();
        state.officer = Some(officer);
        state.session_expired = false;
        state.told = Told::default();
        drop(state);
        self.inner.teller.status();
        self.inner.teller.all_rows();
    }

    fn first_sign_in(&self, open: &Opened, id: OfficerId, pin: &str) -> Result<(), Problem> {
        if self.state().line_pulled {
            return Err(needs_line(&Fault::Pulled));
        }
        let session = self.ask_central(open, id, pin).map_err(|fault| {
            if fault.is_line_down() {
                needs_line(&fault)
            } else {
                fault.problem()
            }
        })?;
        open.store.put_session(&session).map_err(store_problem)?;
        open.store.set_pin(id, pin).map_err(store_problem)
    }

    /// Local work never waits for this; a PIN changed at the central shows as a session that has ended.
    fn renew_in_background(&self, open: &Opened, id: OfficerId, pin: &str) {
        if self.state().line_pulled {
            return;
        }
        let (desk, open, pin) = (self.clone(), open.clone(), pin.to_owned());
        std::thread::spawn(move || match desk.ask_central(&open, id, &pin) {
            Ok(session) => match open.store.put_session(&session) {
                Ok(()) => open.replicator.wake(),
                Err(error) => tracing::warn!(%error, "the session was not kept"),
            },
            Err(fault) => tracing::info!(%fault, "no new session at the central"),
        });
    }

    fn ask_central(&self, open: &Opened, id: OfficerId, pin: &str) -> Result<Session, Fault> {
        let device = open.store.device();
        let client = Client::new(&self.address(), device)?;
        let key = open.store.signing_key(id)?;
        let request = SessionRequest {
            officer: id,
            pin: pin.to_owned(),
            device,
            key: outpost_domain::public_key(&key),
        };
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|e| Fault::Unreachable(e.to_string()))?
            .block_on(client.sign_in(&request))
    }
}

fn needs_line(fault: &Fault) -> Problem {
    problem("first-sign-in-needs-line", [], fault)
}

fn wait(until: Timestamp) -> Problem {
    let seconds = until.duration_since(Timestamp::now()).as_secs().max(1);
    problem(
        "pin-wait",
        [("seconds", seconds.to_string())],
        "too many wrong PINs",
    )
}
