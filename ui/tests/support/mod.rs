//! A desk within the process, for tests and rehearsals: the demonstration world at the land post, answered from
//! memory. It keeps nothing and knows no line; what it is told to say, it says.
#![allow(clippy::unwrap_used, dead_code, missing_docs)]

mod figures;

use std::collections::{BTreeMap, HashMap};

use jiff::{Timestamp, ToSpan};
use outpost_demo::World;
use outpost_domain::*;
use outpost_protocol::*;

/// Where a bundle is written: as long a path as they come.
pub const BUNDLE: &str = "/home/amwale/Documents/Outpost/ZMKZU-0b347cd5-0007.outpost-bundle";
/// The moment of every test: a Monday morning.
/// Where the double writes its papers.
pub const WRITTEN: &str =
    "/home/amwale/Documents/Outpost/KAS-2026-000001-joint-record-20261123-0842.html";

pub fn now() -> Timestamp {
    "2026-11-23T07:26:00Z".parse().unwrap()
}

/// A desk that answers from memory.
pub struct Double {
    pub world: World,
    pub status: Status,
    states: HashMap<InspectionId, State>,
    entries: HashMap<InspectionId, Vec<Entry>>,
    pub settings_seen: Vec<(String, String)>,
    /// Settings that are refused, and why.
    pub settings_refused: Vec<(String, Problem)>,
    /// Wishes about the central.
    pub centrals: Vec<Request>,
    /// What becomes of them.
    pub central: Result<(), Problem>,
    pub recorded: Vec<(InspectionId, EntryBody)>,
    pub badges: Vec<Badge>,
    pub offered: Vec<EntryId>,
    /// A unit whose slot an agency would rather have at another time.
    pub wished: Option<(String, Agency, Span)>,
    /// What was asked for on paper or as a calendar.
    pub papers: Vec<Request>,
    /// Where a paper is written, or why it is not.
    pub written: Result<String, Problem>,
    /// Papers that were to be shown.
    pub previewed: Vec<String>,
    /// Whether they can be.
    pub preview: Result<(), Problem>,
    /// Bundles that were asked for.
    pub bundles: Vec<Request>,
    /// What comes of one.
    pub bundle: Result<Reply, Problem>,
    /// The figures that were asked for.
    pub figures: Vec<(Figure, Scope)>,
    /// Whether every period has nothing.
    pub quiet: bool,
    /// What a calendar tells.
    pub calendar: (Vec<CalendarProposal>, Vec<CalendarRefusal>),
}

impl Double {
    pub fn with(inspections: usize) -> Self {
        let world = World::generate(7, inspections, now());
        let post = world.posts[0].clone();
        let mut entries: HashMap<InspectionId, Vec<Entry>> = HashMap::new();
        for signed in &world.entries {
            let entry = signed.open().unwrap();
            entries
                .entry(entry.payload.inspection)
                .or_default()
                .push(entry);
        }
        let states = world
            .inspections
            .iter()
            .map(|i| {
                (
                    i.id,
                    project(i, entries.get(&i.id).map_or(&[], Vec::as_slice)),
                )
            })
            .collect();
        let officers = world.officers.iter().filter(|o| o.post == post.code);
        let status = Status {
            store: StoreState::Open,
            line: Line::Down {
                since: now() - 2.hours() - 44.minutes(),
                problem: problem("unreachable", "the central does not answer"),
            },
            last_exchange: Some(now() - 2.hours() - 45.minutes()),
            entries_waiting: 7,
            blobs_waiting: 2,
            stuck: 0,
            stuck_reason: None,
            progress: None,
            officers: officers.map(|o| o.officer.clone()).collect(),
            post: Some(post),
            officer: None,
            session_expired: false,
            demonstration_pin: Some(outpost_demo::PIN.to_owned()),
            line_pulled: false,
            device: Some(DeviceId(uuid::Uuid::from_u128(
                0x0193_5a7c_0000_7000_8000_0000_0000_0001,
            ))),
            central: "http://127.0.0.1:7400".to_owned(),
            clock_difference_ms: Some(-420),
            settings: BTreeMap::from([("language".to_owned(), "en".to_owned())]),
            managed: Vec::new(),
            workstation: Workstation {
                previews: false,
                central_from: CentralFrom::Start,
                logs: Some("/home/amwale/.local/share/outpost/logs".to_owned()),
                documents: Some("/home/amwale/Documents/Outpost".to_owned()),
                ca: None,
                identity: None,
            },
        };
        Self {
            world,
            status,
            states,
            entries,
            settings_seen: Vec::new(),
            settings_refused: Vec::new(),
            centrals: Vec::new(),
            central: Ok(()),
            recorded: Vec::new(),
            papers: Vec::new(),
            written: Ok(WRITTEN.to_owned()),
            previewed: Vec::new(),
            preview: Ok(()),
            bundles: Vec::new(),
            bundle: Ok(Reply::BundleWritten {
                path: BUNDLE.to_owned(),
                entries: 3,
                files: 1,
            }),
            figures: Vec::new(),
            quiet: false,
            calendar: Default::default(),
            offered: Vec::new(),
            wished: None,
            badges: vec![
                Badge::NotSent { entries: 3 },
                Badge::Sent,
                Badge::Untouched,
                Badge::Draft,
                Badge::Failed {
                    entries: 2,
                    problem: problem("forbidden", "the central refused the entry"),
                },
                Badge::Sent,
                Badge::AttachmentsPending { blobs: 2 },
                Badge::Untouched,
                Badge::Sent,
            ],
        }
    }

    /// The inspections of the post, in the order in which the central told them.
    pub fn own(&self) -> Vec<&Inspection> {
        let post = &self.world.posts[0].code;
        self.world
            .inspections
            .iter()
            .filter(|i| i.post == *post)
            .collect()
    }

    pub fn rows(&self) -> Vec<WorklistRow> {
        self.own()
            .into_iter()
            .enumerate()
            .map(|(index, inspection)| WorklistRow {
                row: summarise(inspection, &self.states[&inspection.id]),
                sync: self.badges[index % self.badges.len()].clone(),
            })
            .collect()
    }

    pub fn opened(&self, id: InspectionId) -> Option<Opened> {
        let inspection = self.world.inspections.iter().find(|i| i.id == id)?.clone();
        let state = self.states[&id].clone();
        Some(Opened {
            mismatches: mismatches(&inspection, &state),
            history: self
                .entries
                .get(&id)
                .into_iter()
                .flatten()
                .map(|entry| HistoryLine {
                    entry: entry.payload.clone(),
                    hash: entry.hash,
                    sent: self.sent(id, entry.payload.id),
                    superseded_by: None,
                })
                .collect(),
            sync: Badge::NotSent { entries: 3 },
            drafts: Vec::new(),
            checklists: Vec::new(),
            blobs_here: Vec::new(),
            inspection,
            state,
        })
    }

    /// What was recorded on a failed row is stuck behind the last entry there, all else is at the central.
    fn sent(&self, id: InspectionId, entry: EntryId) -> Sent {
        let row = self.rows().into_iter().find(|row| row.row.id == id);
        match row.map(|row| row.sync) {
            Some(Badge::Failed { problem, .. }) => Sent::Stuck {
                problem,
                against: self.entries[&id]
                    .last()
                    .map(|e| e.payload.id)
                    .filter(|last| *last != entry),
            },
            _ => Sent::Yes,
        }
    }

    /// Lets the first inspection on which something was recorded be the only one that is stuck.
    pub fn with_one_stuck(mut self) -> Self {
        let failed = Badge::Failed {
            entries: 2,
            problem: problem("already-decided", "another officer decided first"),
        };
        let own = self.own();
        let stuck = own.iter().position(|i| self.entries.contains_key(&i.id));
        let mut badges = vec![Badge::Sent; own.len()];
        badges[stuck.unwrap()] = failed;
        self.badges = badges;
        self
    }

    /// The answer, and what the desk tells by itself after it.
    pub fn answer(&mut self, request: &Request) -> (Result<Reply, Problem>, Vec<Event>) {
        let mut events = Vec::new();
        let reply = match request {
            Request::Hello { .. } => Ok(Reply::Welcome {
                version: "0.1.0".to_owned(),
                status: Box::new(self.status.clone()),
            }),
            Request::SignIn { officer, pin } => self.sign_in(*officer, pin, &mut events),
            Request::SignOut => {
                self.status.officer = None;
                events.push(self.status_event());
                Ok(Reply::Done)
            }
            Request::Search { text, limit } => Ok(self.search(text, *limit)),
            Request::Open { inspection } => match self.opened(*inspection) {
                Some(opened) => Ok(Reply::Opened(Box::new(opened))),
                None => Err(problem("unknown-inspection", "there is no such inspection")),
            },
            Request::Agenda { day, days } => Ok(self.agenda(*day, *days)),
            Request::Figure { figure, scope } => {
                self.figures.push((*figure, scope.clone()));
                Ok(Reply::Figure {
                    table: self.figure(*figure),
                })
            }
            Request::BehindFigure { .. } => Ok(self.counted()),
            Request::Outbox => Ok(Reply::Outbox {
                lines: self.outbox(),
            }),
            Request::WriteBundle | Request::TakeBundle { .. } => {
                self.bundles.push(request.clone());
                self.bundle.clone()
            }
            Request::Verify => Ok(Reply::Verified(Verification {
                entries: 214,
                foreign_entries: 37,
                blobs: 12,
                faults: Vec::new(),
            })),
            Request::Set { name, value } => {
                self.settings_seen.push((name.clone(), value.clone()));
                let mut refused = self.settings_refused.iter();
                if let Some((_, problem)) = refused.find(|(refused, _)| refused == name) {
                    return (Err(problem.clone()), events);
                }
                self.status.settings.insert(name.clone(), value.clone());
                events.push(self.status_event());
                Ok(Reply::Done)
            }
            Request::SetCentral { url, .. } => {
                self.centrals.push(request.clone());
                if self.central.is_ok() {
                    self.status.central.clone_from(url);
                    events.push(self.status_event());
                }
                self.central.clone().map(|()| Reply::Done)
            }
            Request::PullLine { down } => {
                self.status.line_pulled = *down;
                self.status.line = if *down {
                    Line::Down {
                        since: now(),
                        problem: problem("line-pulled", "the line was pulled by the switch"),
                    }
                } else {
                    Line::Up { since: now() }
                };
                events.push(self.status_event());
                Ok(Reply::Done)
            }
            Request::Record {
                inspection, body, ..
            } => {
                self.recorded.push((*inspection, body.clone()));
                Ok(Reply::Saved {
                    entry: EntryId(uuid::Uuid::from_u128(1)),
                    sequence: self.recorded.len() as u64,
                    at: now(),
                })
            }
            Request::WriteDocument { .. }
            | Request::WriteAgenda { .. }
            | Request::WriteFigures { .. } => {
                self.papers.push(request.clone());
                self.written.clone().map(|path| Reply::Written { path })
            }
            Request::Preview { path } => {
                self.previewed.push(path.clone());
                self.preview.clone().map(|()| Reply::Done)
            }
            Request::ReadCalendar => Ok(Reply::CalendarRead {
                proposals: self.calendar.0.clone(),
                refused: self.calendar.1.clone(),
            }),
            Request::OfferAgain { entry } => {
                self.offered.push(*entry);
                Ok(Reply::Done)
            }
            Request::Unlock { passphrase } if passphrase == "wrong" => Err(problem(
                "wrong-passphrase",
                "the passphrase does not open the store",
            )),
            Request::Unlock { .. } => {
                self.status.store = StoreState::Open;
                events.push(self.status_event());
                Ok(Reply::Done)
            }
            _ => Ok(Reply::Done),
        };
        (reply, events)
    }

    pub fn status_event(&self) -> Event {
        Event::Status(Box::new(self.status.clone()))
    }

    fn sign_in(
        &mut self,
        officer: OfficerId,
        pin: &str,
        events: &mut Vec<Event>,
    ) -> Result<Reply, Problem> {
        if pin != outpost_demo::PIN {
            return Err(problem("pin-wrong", "this PIN is not the officer's"));
        }
        let officer = self
            .status
            .officers
            .iter()
            .find(|o| o.id == officer)
            .unwrap()
            .clone();
        self.status.officer = Some(officer.clone());
        events.push(self.status_event());
        let rows = self.rows();
        let pages: Vec<_> = rows.chunks(500).collect();
        if pages.is_empty() {
            events.push(page(Vec::new(), true));
        }
        for (index, rows) in pages.iter().enumerate() {
            events.push(page(rows.to_vec(), index + 1 == pages.len()));
        }
        Ok(Reply::SignedIn { officer })
    }

    fn search(&self, text: &str, limit: u32) -> Reply {
        let wanted = text.to_lowercase();
        let found: Vec<InspectionId> = self
            .rows()
            .iter()
            .filter(|row| {
                let r = &row.row;
                [&r.unit, &r.goods, &r.consignee, &r.mrn, &r.bill, &r.hs]
                    .iter()
                    .any(|part| part.to_lowercase().contains(&wanted))
            })
            .map(|row| row.row.id)
            .collect();
        Reply::Found {
            total: found.len() as u32,
            inspections: found.into_iter().take(limit as usize).collect(),
        }
    }

    fn agenda(&self, day: jiff::civil::Date, days: u8) -> Reply {
        let end = day + i64::from(days).days();
        let zone = jiff::tz::TimeZone::get(&self.world.posts[0].zone).unwrap();
        let mut slots: Vec<AgendaSlot> = self
            .own()
            .into_iter()
            .filter_map(|i| Some((i, self.states[&i.id].slot.clone()?)))
            .filter(|(_, state)| {
                let on = state.slot.start.to_zoned(zone.clone()).date();
                on >= day && on < end
            })
            .map(|(i, state)| {
                let row = summarise(i, &self.states[&i.id]);
                AgendaSlot {
                    inspection: i.id,
                    unit: row.unit,
                    goods: row.goods,
                    lane: row.lane,
                    version: i.version,
                    assigned_to: i.assigned_to.clone(),
                    concerned: i.agencies.iter().map(|task| task.agency).collect(),
                    state,
                }
            })
            .collect();
        slots.sort_by_key(|slot| slot.state.slot.start);
        if let Some((unit, agency, span)) = &self.wished
            && let Some(slot) = slots.iter_mut().find(|slot| slot.unit == *unit)
        {
            slot.state.answers.push(SlotAnswer {
                entry: EntryId(uuid::Uuid::nil()),
                agency: *agency,
                answer: Answer::OtherTime,
                reason: "another unit".to_owned(),
                rather: Some(*span),
                minutes: None,
                by: "G. Phiri".to_owned(),
                at: now(),
            });
            let invited = slot.state.slot.agencies.iter_mut();
            for invited in invited.filter(|invited| invited.agency == *agency) {
                invited.answer = Answer::OtherTime;
            }
        }
        Reply::Agenda { day, days, slots }
    }

    fn outbox(&self) -> Vec<OutboxLine> {
        let rows = self.rows();
        let waiting = rows
            .iter()
            .filter(|row| !matches!(row.sync, Badge::Sent | Badge::Untouched | Badge::Draft));
        waiting
            .take(5)
            .map(|row| OutboxLine {
                inspection: row.row.id,
                unit: row.row.unit.clone(),
                entries: 3,
                blobs: 1,
                oldest: now() - 47.minutes(),
                problem: match &row.sync {
                    Badge::Failed { problem, .. } => Some(problem.clone()),
                    _ => None,
                },
            })
            .collect()
    }
}

fn page(rows: Vec<WorklistRow>, complete: bool) -> Event {
    Event::Rows {
        rows,
        removed: Vec::new(),
        complete,
    }
}

pub fn problem(code: &str, detail: &str) -> Problem {
    Problem {
        code: code.to_owned(),
        args: BTreeMap::default(),
        detail: detail.to_owned(),
    }
}
