//! One thread tells the windows what changed: status, rows, the open inspections. What comes in a burst is told
//! once, so that a pull of ten thousand inspections is not ten thousand events.

use std::collections::BTreeSet;
use std::sync::{Arc, Condvar, Mutex, Weak};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use outpost_domain::{BlobHash, InspectionId};
use outpost_protocol::{Event, Notice, Status, WorklistRow};

use crate::desk::{Desk, Inner, lock};
use crate::view;
use crate::words::problem;

/// The least time between two rounds: ten a second are as many as anybody reads.
const ROUND: Duration = Duration::from_millis(100);

/// Clock differences this near to each other are told as one, milliseconds.
const TREMOR_MS: u64 = 250;

/// How often it is looked whether another day has begun.
const DAY_AGAIN: Duration = Duration::from_mins(1);

/// Rows in one event.
const PAGE: usize = 500;

/// Who is told of notices besides the windows.
type NoticeSubscriber = Box<dyn Fn(&Notice) + Send + Sync>;

#[derive(Default)]
pub(crate) struct Teller {
    pending: Arc<(Mutex<Pending>, Condvar)>,
    thread: Mutex<Option<JoinHandle<()>>>,
    on_notice: Arc<Mutex<Vec<NoticeSubscriber>>>,
    told: Mutex<Option<Status>>,
}

#[derive(Default)]
struct Pending {
    status: bool,
    /// Somebody new listens, who has not been told what the others know.
    everyone: bool,
    all_rows: bool,
    inspections: BTreeSet<InspectionId>,
    blobs: BTreeSet<BlobHash>,
    notices: Vec<Notice>,
    stop: bool,
}

impl Pending {
    fn is_empty(&self) -> bool {
        !self.status
            && !self.everyone
            && !self.all_rows
            && !self.stop
            && self.inspections.is_empty()
            && self.blobs.is_empty()
            && self.notices.is_empty()
    }
}

impl Teller {
    pub(crate) fn start(&self, inner: &Arc<Inner>) {
        let (pending, desk, on_notice) = (
            self.pending.clone(),
            Arc::downgrade(inner),
            self.on_notice.clone(),
        );
        let thread = std::thread::Builder::new()
            .name("teller".to_owned())
            .spawn(move || tell(&pending, &desk, &on_notice));
        match thread {
            Ok(thread) => *lock(&self.thread) = Some(thread),
            Err(error) => tracing::error!(%error, "no thread to tell the window"),
        }
    }

    pub(crate) fn stop(&self) {
        self.note(|p| p.stop = true);
        if let Some(thread) = lock(&self.thread).take()
            && thread.join().is_err()
        {
            tracing::error!("the teller panicked");
        }
    }

    pub(crate) fn status(&self) {
        self.note(|p| p.status = true);
    }

    /// Tells the status even when nothing is new in it.
    pub(crate) fn status_to_everyone(&self) {
        self.note(|p| p.everyone = true);
    }

    /// Whether a status says anything that was not told before, as people read it: an exchange that only repeats the
    /// one before costs a laptop on battery no frame.
    fn is_news(&self, status: &Status, everyone: bool) -> bool {
        let mut told = lock(&self.told);
        if !everyone && told.as_ref().is_some_and(|told| reads_alike(told, status)) {
            return false;
        }
        *told = Some(status.clone());
        true
    }

    pub(crate) fn all_rows(&self) {
        self.note(|p| p.all_rows = true);
    }

    pub(crate) fn changed(&self, inspections: impl IntoIterator<Item = InspectionId>) {
        self.note(|p| p.inspections.extend(inspections));
    }

    pub(crate) fn blob(&self, blob: BlobHash) {
        self.note(|p| {
            p.blobs.insert(blob);
        });
    }

    pub(crate) fn notice(&self, notice: Notice) {
        self.note(|p| p.notices.push(notice));
    }

    pub(crate) fn on_notice(&self, told: NoticeSubscriber) {
        lock(&self.on_notice).push(told);
    }

    fn note(&self, change: impl FnOnce(&mut Pending)) {
        change(&mut lock(&self.pending.0));
        self.pending.1.notify_one();
    }
}

/// Whether two statuses are the same but for the second of the last exchange and a tremor of the clocks.
fn reads_alike(told: &Status, now: &Status) -> bool {
    let minute = |status: &Status| status.last_exchange.map(|at| at.as_second().div_euclid(60));
    let apart = |a: i64, b: i64| a.abs_diff(b) > TREMOR_MS;
    let clocks = match (told.clock_difference_ms, now.clock_difference_ms) {
        (Some(a), Some(b)) => !apart(a, b),
        (a, b) => a == b,
    };
    let rest = Status {
        last_exchange: told.last_exchange,
        clock_difference_ms: told.clock_difference_ms,
        ..now.clone()
    };
    clocks && minute(told) == minute(now) && rest == *told
}

fn tell(
    pending: &(Mutex<Pending>, Condvar),
    desk: &Weak<Inner>,
    on_notice: &Mutex<Vec<NoticeSubscriber>>,
) {
    let mut looked = Instant::now();
    loop {
        let due = {
            let (mut waiting, _) = pending
                .1
                .wait_timeout_while(lock(&pending.0), DAY_AGAIN, |waiting| waiting.is_empty())
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            std::mem::take(&mut *waiting)
        };
        let Some(inner) = desk.upgrade() else { return };
        if due.stop {
            return;
        }
        let desk = Desk { inner };
        if looked.elapsed() >= DAY_AGAIN {
            looked = Instant::now();
            desk.tell_due();
        }
        if due.is_empty() {
            continue;
        }
        for notice in &due.notices {
            desk.tell(&Event::Notice(notice.clone()));
            for told in lock(on_notice).iter() {
                told(notice);
            }
        }
        desk.tell_round(due);
        drop(desk);
        // A window that was told just now is told again at the end of the round, of everything since.
        std::thread::park_timeout(ROUND);
    }
}

impl Desk {
    fn tell_round(&self, due: Pending) {
        if due.all_rows {
            // Who signed in first: the page is there while its rows come.
            self.tell_status(due.everyone);
            self.tell_all_rows();
        } else if !due.inspections.is_empty() {
            self.tell_rows(&due.inspections);
        }
        self.tell_shown(&due);
        // The status last: it says nothing that the rows do not show yet.
        self.tell_status(due.everyone && !due.all_rows);
    }

    fn tell_status(&self, everyone: bool) {
        let status = self.status();
        if !self.inner.teller.is_news(&status, everyone) {
            return;
        }
        for told in lock(&self.inner.subscribers).iter() {
            told(&status);
        }
        self.tell(&Event::Status(Box::new(status)));
    }

    fn tell_all_rows(&self) {
        let (Ok(officer), Ok(open)) = (self.officer(), self.opened()) else {
            return;
        };
        let mut after = None;
        let mut alerts = Vec::new();
        let mut some = false;
        loop {
            let page = match open.store.rows(Some(officer.id), after, PAGE) {
                Ok(page) => page,
                Err(error) => return self.told_of_failure(&error),
            };
            let rows: Vec<WorklistRow> = page
                .rows
                .into_iter()
                .map(|row| view::row(row, officer.agency))
                .collect();
            alerts.extend(self.alerts_in(&officer, &rows, &[]));
            some |= !rows.is_empty();
            after = page.next;
            self.tell(&Event::Rows {
                rows,
                removed: Vec::new(),
                complete: after.is_none(),
            });
            if after.is_none() {
                return self.tell_alerts(&officer, alerts, some);
            }
        }
    }

    fn tell_rows(&self, changed: &BTreeSet<InspectionId>) {
        let (Ok(officer), Ok(open)) = (self.officer(), self.opened()) else {
            return;
        };
        let mut rows = Vec::new();
        let mut removed = Vec::new();
        for id in changed {
            match open.store.row(Some(officer.id), *id) {
                Ok(Some(row)) => rows.push(view::row(row, officer.agency)),
                Ok(None) => removed.push(*id),
                Err(error) => return self.told_of_failure(&error),
            }
        }
        let alerts = self.alerts_in(&officer, &rows, &removed);
        let some = !rows.is_empty();
        let complete = self.state().progress.is_none();
        self.tell(&Event::Rows {
            rows,
            removed,
            complete,
        });
        self.tell_alerts(&officer, alerts, some);
    }

    /// The open inspections among those that changed, or whose blobs arrived.
    fn tell_shown(&self, due: &Pending) {
        let (Ok(officer), Ok(open)) = (self.officer(), self.opened()) else {
            return;
        };
        let shown: Vec<InspectionId> = self.state().shown.iter().copied().collect();
        for id in shown {
            let concerned = due.inspections.contains(&id) || !due.blobs.is_empty();
            if !concerned {
                continue;
            }
            match open.store.open_inspection(Some(officer.id), id) {
                Ok(opened) => {
                    let opened = view::opened(opened, &officer);
                    self.tell(&Event::Changed(Box::new(opened)));
                }
                Err(error) => tracing::debug!(%error, "an open inspection has gone"),
            }
        }
    }

    fn told_of_failure(&self, error: &outpost_db::StoreError) {
        tracing::error!(%error, "rows could not be read");
        self.inner.teller.notice(Notice {
            grave: true,
            problem: problem("store-failed", [], error),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use outpost_protocol::{Line, StoreState};

    fn status(second: i64, clock: i64) -> Status {
        Status {
            store: StoreState::Open,
            line: Line::Unknown,
            last_exchange: jiff::Timestamp::from_second(second).ok(),
            entries_waiting: 0,
            blobs_waiting: 0,
            stuck: 0,
            stuck_reason: None,
            progress: None,
            post: None,
            officers: Vec::new(),
            officer: None,
            session_expired: false,
            demonstration_pin: None,
            line_pulled: false,
            device: None,
            central: String::new(),
            clock_difference_ms: Some(clock),
            settings: std::collections::BTreeMap::new(),
            managed: Vec::new(),
            workstation: Default::default(),
        }
    }

    #[test]
    fn an_exchange_that_only_repeats_the_one_before_is_no_news() {
        let teller = Teller::default();
        assert!(teller.is_news(&status(600, 0), false));
        assert!(!teller.is_news(&status(659, 200), false));
        assert!(teller.is_news(&status(659, 200), true));
        assert!(teller.is_news(&status(660, 200), false));
        assert!(teller.is_news(&status(660, 500), false));
        let waiting = Status {
            entries_waiting: 1,
            ..status(660, 500)
        };
        assert!(teller.is_news(&waiting, false));
    }

    #[test]
    fn a_clock_that_creeps_is_told_of_in_the_end() {
        let teller = Teller::default();
        assert!(teller.is_news(&status(600, 0), false));
        let told: Vec<i64> = (1..=20)
            .map(|step| step * 50)
            .filter(|clock| teller.is_news(&status(600, *clock), false))
            .collect();
        assert_eq!(told, [300, 600, 900]);
    }
}
