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
    /// What takes the room.
    pub storage: Storage,
    /// Whether what is recorded counts, as it does with a real desk.
    pub counts: bool,
    /// What was to be given to whom.
    pub assigned: Vec<(Vec<InspectionId>, OfficerId)>,
    /// Inspections that cannot be given, and why.
    pub not_assignable: Vec<(InspectionId, Problem)>,
    /// How practice stands, and the scan that is dealt.
    pub practice: Practised,
    pub case: Option<PracticeCase>,
    /// Files of scans.
    pub files: HashMap<BlobHash, Vec<u8>>,
    /// The raw bytes that came with the request that is answered.
    pub bytes: Vec<u8>,
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
            storage: Storage {
                shares: [
                    (StorageKind::Database, 2, 48_400_000),
                    (StorageKind::Unsent, 3, 11_240_000),
                    (StorageKind::Radiographs, 37, 1_061_000_000),
                    (StorageKind::Attachments, 112, 268_000_000),
                    (StorageKind::Past, 1_204, 5_912_000_000),
                ]
                .map(|(kind, files, bytes)| StorageShare { kind, files, bytes })
                .to_vec(),
                free: 21_700_000_000,
                kept_free: 512_000_000,
            },
            counts: false,
            assigned: Vec::new(),
            not_assignable: Vec::new(),
            practice: Practised::default(),
            case: None,
            files: HashMap::new(),
            bytes: Vec::new(),
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

    /// Writes an entry of `author` down, a minute ago.
    pub fn write(&mut self, id: InspectionId, author: &Officer, body: EntryBody) -> EntryId {
        let entries = self.entries.entry(id).or_default();
        let number = 9_000 + entries.len() as u64;
        let entry = EntryId(uuid::Uuid::from_u128(
            id.0.as_u128() ^ (u128::from(number) << 64),
        ));
        entries.push(Entry {
            payload: EntryPayload {
                id: entry,
                inspection: id,
                author: author.id,
                author_name: author.name.clone(),
                agency: author.agency,
                device: DeviceId(uuid::Uuid::from_u128(77)),
                sequence: number,
                recorded_at: now() - 1.minutes(),
                offset_seconds: 7_200,
                server_time: None,
                based_on: 1,
                supersedes: None,
                on_behalf_of: None,
                previous: EntryHash::GENESIS,
                body,
            },
            hash: EntryHash(BlobHash::of(entry.0.as_bytes())),
            key: String::new(),
        });
        let inspection = self.world.inspections.iter().find(|i| i.id == id).unwrap();
        self.states.insert(id, project(inspection, entries));
        entry
    }

    /// The events that tell of a change of an inspection.
    pub fn changed(&self, id: InspectionId) -> Vec<Event> {
        let rows = self.rows().into_iter().filter(|row| row.row.id == id);
        vec![
            page(rows.collect(), true),
            Event::Changed(Box::new(self.opened(id).unwrap())),
        ]
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
            Request::Storage => Ok(Reply::Storage(self.storage.clone())),
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
                if self.counts {
                    let me = self.status.officer.clone().unwrap();
                    self.write(*inspection, &me, body.clone());
                    events.extend(self.changed(*inspection));
                }
                Ok(Reply::Saved {
                    entry: EntryId(uuid::Uuid::from_u128(1)),
                    sequence: self.recorded.len() as u64,
                    at: now(),
                })
            }
            Request::Assign { inspections, to } => {
                self.assigned.push((inspections.clone(), *to));
                let mut done = inspections.clone();
                done.retain(|id| self.not_assignable.iter().all(|(not, _)| not != id));
                let not = inspections.iter().filter_map(|id| {
                    let (_, why) = self.not_assignable.iter().find(|(not, _)| not == id)?;
                    Some(NotAssigned {
                        inspection: *id,
                        unit: self
                            .rows()
                            .iter()
                            .find(|r| r.row.id == *id)?
                            .row
                            .unit
                            .clone(),
                        problem: why.clone(),
                    })
                });
                Ok(Reply::Assigned {
                    not: not.collect(),
                    done,
                })
            }
            Request::WriteDocument { .. }
            | Request::WriteAgenda { .. }
            | Request::WriteFigures { .. }
            | Request::WriteDiagnosis => {
                self.papers.push(request.clone());
                self.written.clone().map(|path| Reply::Written { path })
            }
            Request::Preview { path } => {
                self.previewed.push(path.clone());
                self.preview.clone().map(|()| Reply::Done)
            }
            Request::PutBlob { .. } => Ok(Reply::Stored {
                blob: BlobHash::of(&self.bytes),
                size: self.bytes.len() as u64,
            }),
            Request::MatchFiles { files } => Ok(self.matched(files)),
            Request::ReadCalendar => Ok(Reply::CalendarRead {
                proposals: self.calendar.0.clone(),
                refused: self.calendar.1.clone(),
            }),
            Request::Practice => Ok(Reply::Practice(self.practice.clone())),
            Request::DealPractice { .. } => match &self.case {
                Some(case) => Ok(Reply::PracticeDealt(Box::new(case.clone()))),
                None => Err(problem("practice-none", "no scan to practise on is here")),
            },
            Request::KeepPractice { result } => {
                self.practice.results.push(result.clone());
                Ok(Reply::Practice(self.practice.clone()))
            }
            Request::GetBlob { blob, offset, .. } => match self.files.get(blob) {
                Some(file) => Ok(Reply::Bytes {
                    offset: *offset,
                    total: file.len() as u64,
                }),
                None => Err(problem(
                    "blob-not-here",
                    "this file is not on the laptop yet",
                )),
            },
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

    /// Raw bytes that follow a reply: as much of a file as was asked for.
    pub fn bytes(&self, request: &Request) -> Vec<u8> {
        let Request::GetBlob {
            blob,
            offset,
            length,
        } = request
        else {
            return Vec::new();
        };
        let file = self.files.get(blob).map(Vec::as_slice).unwrap_or_default();
        let from = (*offset as usize).min(file.len());
        let to = (from + *length as usize).min(file.len());
        file[from..to].to_vec()
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

    fn matched(&self, files: &[FoundFile]) -> Reply {
        let inspections: Vec<Inspection> = self.own().into_iter().cloned().collect();
        let offers = |file: &FoundFile| {
            let facts = ImageFacts {
                units: file.units.clone(),
                taken_at: file.taken_at,
            };
            let fits = fits(&facts, &inspections, now());
            let offer = |(id, fit)| {
                let inspection = inspections.iter().find(|i| i.id == id).unwrap();
                FileOffer {
                    inspection: id,
                    version: inspection.version,
                    reference: inspection.reference.clone(),
                    unit: inspection.units[0].number.spaced(),
                    goods: inspection.consignment.items[0].description.clone(),
                    fit,
                    already: false,
                }
            };
            fits.into_iter().map(offer).collect()
        };
        let told = files.iter().map(|file| FileMatch {
            key: file.key,
            offers: offers(file),
        });
        Reply::Matched {
            files: told.collect(),
        }
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
