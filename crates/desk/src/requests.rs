//! Requests of the window, carried out one by one.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, civil::Date};
use outpost_db::{AgendaEntry, NewEntry, Sent, StoreError};
use outpost_domain::{
    BlobHash, EntryBody, EntryId, InspectionId, Officer, OfficerId, allow, may_act_for, may_answer,
    may_name, may_supersede, not_yet_corrected,
};
use outpost_protocol::{PROTOCOL_VERSION, Problem, Reply, Request, Signer, Verification};
use uuid::Uuid;

use crate::desk::{Desk, Opened, lock};
use crate::words::{problem, refused};
use crate::{photo, view};

/// The answer to a request, with its raw bytes.
pub(crate) type Answered = Result<(Reply, Vec<u8>), Problem>;

/// The most bytes of a blob in one reply.
const MAX_PART: u64 = 4 * 1024 * 1024;

/// The most days of the agenda in one reply.
const MOST_DAYS: u8 = 42;

/// The longest draft, bytes.
const MAX_DRAFT: usize = 256 * 1024;

/// An act that is to be recorded.
pub(crate) struct NewAct {
    pub(crate) inspection: InspectionId,
    pub(crate) body: EntryBody,
    pub(crate) based_on: u64,
    pub(crate) supersedes: Option<EntryId>,
    pub(crate) on_behalf_of: Option<OfficerId>,
}

impl Desk {
    pub(crate) fn carry_out(&self, request: Request, bytes: Vec<u8>) -> Answered {
        match request {
            Request::Hello { protocol } => self.hello(protocol),
            Request::Unlock { passphrase } => self.unlock(passphrase).map(|()| done()),
            Request::SignIn { officer, pin } => self.sign_in(officer, &pin),
            Request::SignOut => {
                self.sign_out();
                Ok(done())
            }
            Request::Search { text, limit } => self.search(&text, limit),
            Request::Open { inspection } => self.open_inspection(inspection),
            Request::Close { inspection } => {
                self.state().shown.remove(&inspection);
                Ok(done())
            }
            Request::Record {
                inspection,
                body,
                based_on,
                supersedes,
                by,
                on_behalf_of,
            } => {
                let act = NewAct {
                    inspection,
                    body,
                    based_on,
                    supersedes,
                    on_behalf_of,
                };
                self.record(act, by)
            }
            Request::Assign { inspections, to } => self.assign(inspections, to),
            Request::PutBlob { name, media_type } => self.put_blob(&name, &media_type, &bytes),
            Request::MatchFiles { files } => self.match_files(&files),
            Request::GetBlob {
                blob,
                offset,
                length,
            } => self.get_blob(blob, offset, length),
            Request::SaveDraft { draft } => self.save_draft(&draft),
            Request::Agenda { day, days } => self.agenda(day, days.clamp(1, MOST_DAYS)),
            Request::WriteDocument {
                inspection,
                document,
                language,
            } => self.write_document(inspection, document, language),
            Request::WriteAgenda {
                day,
                sheet,
                language,
            } => self.write_agenda(day, sheet, language),
            Request::ReadCalendar => self.read_calendar(&bytes),
            Request::Figure { figure, scope } => self.figure(figure, &scope),
            Request::BehindFigure {
                figure,
                group,
                scope,
            } => self.behind_figure(figure, &group, &scope),
            Request::WriteFigures {
                scope,
                sheet,
                language,
            } => self.write_figures(&scope, sheet, language),
            Request::Practice => self.practice(),
            Request::DealPractice { before } => self.deal_practice(before),
            Request::KeepPractice { result } => self.keep_practice(&result),
            Request::Preview { path } => self.preview(&path),
            Request::WriteBundle => self.write_bundle(),
            Request::TakeBundle { path } => self.take_bundle(&path),
            Request::Outbox => self.outbox(),
            Request::OfferAgain { entry } => self.offer_again(entry),
            Request::Verify => self.verify(),
            Request::Storage => self.storage(),
            Request::WriteDiagnosis => self.write_diagnosis(),
            Request::SyncNow => {
                self.sync_now();
                Ok(done())
            }
            Request::PullLine { down } => self.pull_line(down),
            Request::Set { name, value } => self.set(&name, &value),
            Request::SetCentral { url, ca, identity } => self.set_central(&url, &ca, &identity),
        }
    }

    fn hello(&self, protocol: u32) -> Answered {
        if protocol != PROTOCOL_VERSION {
            return Err(problem(
                "protocol-version",
                [
                    ("window", protocol.to_string()),
                    ("desk", PROTOCOL_VERSION.to_string()),
                ],
                "window and desk are of different builds",
            ));
        }
        // A window that starts anew over a signed-in desk shows its rows at once.
        self.inner.teller.all_rows();
        self.tell_what_waited();
        let reply = Reply::Welcome {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            status: Box::new(self.status()),
        };
        Ok((reply, Vec::new()))
    }

    fn search(&self, text: &str, limit: u32) -> Answered {
        self.officer()?;
        let found = self
            .opened()?
            .store
            .search(text, limit as usize)
            .map_err(store_problem)?;
        let reply = Reply::Found {
            inspections: found.inspections,
            total: u32::try_from(found.total).unwrap_or(u32::MAX),
        };
        Ok((reply, Vec::new()))
    }

    fn open_inspection(&self, id: InspectionId) -> Answered {
        let officer = self.officer()?;
        let opened = self
            .opened()?
            .store
            .open_inspection(Some(officer.id), id)
            .map_err(store_problem)?;
        self.state().shown.insert(id);
        let opened = view::opened(opened, &officer);
        Ok((Reply::Opened(Box::new(opened)), Vec::new()))
    }

    /// Looks at the rules, appends, and answers only after the commit.
    pub(crate) fn record(&self, act: NewAct, by: Option<Signer>) -> Answered {
        let signed_in = self.officer()?;
        let open = self.opened()?;
        let officer = match by {
            Some(signer) => self.prove(&open, signer.officer, &signer.pin)?,
            None => signed_in,
        };
        if act.on_behalf_of.or(act.body.names()).is_some() {
            let officers = open.store.officers().map_err(store_problem)?;
            let known = |id: OfficerId| officers.iter().find(|o| o.id == id);
            let stood_for = act.on_behalf_of.map(|id| may_act_for(&officer, known(id)));
            let named = act
                .body
                .names()
                .map(|id| may_name(&officer, &act.body, known(id)));
            for allowed in stood_for.into_iter().chain(named) {
                allowed.map_err(|refusal| refused(&refusal))?;
            }
        }
        let _one_at_a_time = lock(&self.inner.recording);
        let stands = open
            .store
            .open_inspection(Some(officer.id), act.inspection)
            .map_err(store_problem)?;
        let line = act
            .supersedes
            .and_then(|id| stands.history.iter().find(|h| h.entry.payload.id == id));
        let replaced = line.map(|h| &h.entry.payload);
        let superseded = act.supersedes.map(|id| (id, replaced.map(|p| p.agency)));
        allow(
            &officer,
            &stands.inspection,
            &stands.state,
            &act.body,
            superseded,
        )
        .and_then(|()| replaced.map_or(Ok(()), |p| may_supersede(&officer, &p.body)))
        .and_then(|()| match act.supersedes {
            // A stuck entry can always be settled, also when more was said on top of it.
            _ if line.is_some_and(|h| matches!(h.sent, Sent::Stuck(_))) => Ok(()),
            Some(id) => not_yet_corrected(id, officer.agency, &act.body, stands.standing()),
            None => Ok(()),
        })
        .and_then(|()| may_answer(officer.agency, &stands.state, &act.body, &stands.checklists))
        .map_err(|refusal| refused(&refusal))?;
        let inspection = act.inspection;
        self.note_own_act(inspection, &act.body);
        let recorded = self
            .append(&open, &officer, act)
            .inspect_err(|_| self.forget_own_act(inspection))?;
        open.replicator.wake();
        self.inner.teller.changed([inspection]);
        Ok((recorded, Vec::new()))
    }

    fn append(&self, open: &Opened, officer: &Officer, act: NewAct) -> Result<Reply, Problem> {
        let now = Timestamp::now();
        let key = open.store.signing_key(officer.id).map_err(store_problem)?;
        let recorded = open
            .store
            .append(NewEntry {
                id: EntryId(Uuid::now_v7()),
                inspection: act.inspection,
                author: officer,
                on_behalf_of: act.on_behalf_of,
                body: act.body,
                supersedes: act.supersedes,
                based_on: act.based_on,
                recorded_at: now,
                offset_seconds: self.zone().to_offset(now).seconds(),
                server_time: open.store.server_time().map_err(store_problem)?,
                key: &key,
            })
            .map_err(store_problem)?;
        let payload = recorded.entry.payload;
        Ok(Reply::Saved {
            entry: payload.id,
            sequence: payload.sequence,
            at: payload.recorded_at,
        })
    }

    fn put_blob(&self, name: &str, claimed: &str, bytes: &[u8]) -> Answered {
        self.officer()?;
        let media_type = photo::check(name, claimed, bytes)?;
        let blob = self
            .opened()?
            .store
            .put_blob(bytes, media_type, name, Timestamp::now())
            .map_err(store_problem)?;
        let reply = Reply::Stored {
            blob: blob.hash,
            size: blob.bytes,
        };
        Ok((reply, Vec::new()))
    }

    fn get_blob(&self, blob: BlobHash, offset: u64, length: u64) -> Answered {
        self.officer()?;
        let open = self.opened()?;
        let Some(info) = open.store.blob(blob).map_err(store_problem)? else {
            open.replicator.want(blob);
            let words = "this file is not on the laptop yet";
            return Err(problem("blob-not-here", [], words));
        };
        let part = open
            .store
            .read_blob(blob, offset, length.min(MAX_PART))
            .map_err(store_problem)?;
        let reply = Reply::Bytes {
            offset,
            total: info.bytes,
        };
        Ok((reply, part))
    }

    fn save_draft(&self, draft: &outpost_protocol::Draft) -> Answered {
        let officer = self.officer()?;
        if draft.text.len() > MAX_DRAFT {
            let characters = draft.text.chars().count().to_string();
            return Err(problem(
                "too-long",
                [
                    ("field", "draft".to_owned()),
                    ("characters", characters),
                    ("limit", MAX_DRAFT.to_string()),
                ],
                "the draft is too long",
            ));
        }
        self.opened()?
            .store
            .save_draft(
                officer.id,
                draft.inspection,
                &draft.form,
                &draft.text,
                Timestamp::now(),
            )
            .map_err(store_problem)?;
        self.inner.teller.changed([draft.inspection]);
        Ok(done())
    }

    fn agenda(&self, day: Date, days: u8) -> Answered {
        let slots = self.slots(day, days)?.into_iter().map(view::slot).collect();
        Ok((Reply::Agenda { day, days, slots }, Vec::new()))
    }

    /// The slots of some days in the post's zone, for an officer who is signed in.
    pub(crate) fn slots(&self, day: Date, days: u8) -> Result<Vec<AgendaEntry>, Problem> {
        self.officer()?;
        let zone = self.zone();
        let begin = |day: Date| {
            day.to_zoned(zone.clone())
                .map(|z| z.timestamp())
                .map_err(|e| problem("day-out-of-range", [], e))
        };
        let next = day
            .checked_add(i64::from(days).days())
            .map_err(|e| problem("day-out-of-range", [], e))?;
        self.opened()?
            .store
            .agenda(begin(day)?, begin(next)?)
            .map_err(store_problem)
    }

    fn outbox(&self) -> Answered {
        let lines = self
            .opened()?
            .store
            .outbox_lines()
            .map_err(store_problem)?
            .into_iter()
            .map(view::outbox_line)
            .collect();
        Ok((Reply::Outbox { lines }, Vec::new()))
    }

    fn offer_again(&self, entry: EntryId) -> Answered {
        self.officer()?;
        let open = self.opened()?;
        let recorded = open.store.entry(entry).map_err(store_problem)?;
        open.store.offer_again(entry).map_err(|error| match error {
            StoreError::UnknownEntry(_) => {
                problem("not-stuck", [], "this entry is not one that is stuck")
            }
            other => store_problem(other),
        })?;
        open.replicator.wake();
        let inspection = recorded.map(|r| r.entry.payload.inspection);
        self.inner.teller.changed(inspection);
        Ok(done())
    }

    fn verify(&self) -> Answered {
        let report = self.opened()?.store.verify().map_err(store_problem)?;
        let reply = Reply::Verified(Verification {
            entries: report.entries,
            foreign_entries: report.foreign_entries,
            blobs: report.blobs,
            faults: report.faults,
        });
        Ok((reply, Vec::new()))
    }

    fn pull_line(&self, down: bool) -> Answered {
        let open = self.opened()?;
        {
            let mut state = self.state();
            let demonstration = state.post.as_ref().and_then(|p| p.demonstration.as_ref());
            if demonstration.is_none() {
                return Err(problem(
                    "not-a-demonstration",
                    [],
                    "the line is pulled only in a demonstration",
                ));
            }
            state.line_pulled = down;
        }
        open.replicator.pull_line(down);
        self.inner.teller.status();
        Ok(done())
    }

    /// The post's zone; UTC when the central named none that is known.
    pub(crate) fn zone(&self) -> TimeZone {
        let state = self.state();
        state
            .post
            .as_ref()
            .and_then(|p| TimeZone::get(&p.post.zone).ok())
            .unwrap_or(TimeZone::UTC)
    }
}

pub(crate) fn done() -> (Reply, Vec<u8>) {
    (Reply::Done, Vec::new())
}

/// Why the store did not do it, for the officer.
pub(crate) fn store_problem(error: StoreError) -> Problem {
    match &error {
        StoreError::UnknownInspection(_) => problem("unknown-inspection", [], &error),
        StoreError::UnknownBlob(_) => problem("blob-not-here", [], &error),
        _ => crate::opening::why_not_open(&error),
    }
}
