//! A small world for the inspection screen: one consignment with trouble in it, and a desk in memory that answers.
#![allow(clippy::unwrap_used, missing_docs, dead_code)]

pub mod image;

use std::collections::{BTreeMap, HashMap};

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use outpost_domain::*;
use outpost_protocol::{
    Badge, Draft, HistoryLine, Line, Opened, Problem, Reply, Request, Sent, Signer, Status,
    StoreState,
};
use outpost_ui::screens::inspection::{Act, Outcome, View};
use uuid::Uuid;

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn now() -> Timestamp {
    at("2026-11-23T07:26:20Z")
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// An officer of an agency.
pub fn officer(agency: Agency, name: &str, role: Role) -> Officer {
    Officer {
        id: OfficerId(id(agency as u128 + 100)),
        name: name.to_owned(),
        agency,
        role,
        keys: Vec::new(),
    }
}

fn item(
    number: u32,
    description: &str,
    hs: &str,
    packages: u32,
    gross: f64,
    net: f64,
) -> GoodsItem {
    GoodsItem {
        number,
        description: description.to_owned(),
        hs: hs.parse().ok(),
        described_chapters: vec![3],
        origin: "NA".parse().unwrap(),
        packages,
        package_code: "CT".to_owned(),
        gross: Kilograms(gross),
        net: Kilograms(net),
        un_number: None,
    }
}

fn party(role: PartyRole, name: &str, country: &str, number: Option<&str>) -> Party {
    Party {
        role,
        name: name.to_owned(),
        country: country.parse().unwrap(),
        register_number: number.map(str::to_owned),
    }
}

fn task(agency: Agency, required: bool, control: &str) -> AgencyTask {
    AgencyTask {
        agency,
        required,
        control: control.to_owned(),
    }
}

fn fish_unit() -> Unit {
    let seal = |number: &str, party, class| DeclaredSeal {
        number: number.to_owned(),
        party,
        class,
    };
    Unit {
        number: "MSKU6011672".parse().unwrap(),
        kind: UnitKind::Container,
        size_type: Some("45R1".to_owned()),
        seals: vec![
            seal(
                "ML-0093311",
                SealParty::Carrier,
                Some(SealClass::HighSecurity),
            ),
            seal("NA 44120", SealParty::Customs, None),
        ],
        seal_count: Some(3),
        weighing: Some(Weighing {
            gross: Kilograms(27_940.0),
            scale: "terminal scale".to_owned(),
            at: at("2026-11-23T04:12:00Z"),
        }),
        reefer: Some(Reefer {
            set_celsius: -18.0,
            actual_celsius: Some(-14.2),
            tolerance: 2.0,
        }),
        alerts: Vec::new(),
    }
}

/// The consignment of the drawings: frozen fish with a replaced seal.
pub fn fish(scan: &[u8], size: (u32, u32)) -> Inspection {
    let mut packaging = item(3, "Carton packaging", "481910", 0, 0.0, 0.0);
    packaging.described_chapters = Vec::new();
    Inspection {
        id: InspectionId(id(1)),
        version: 4,
        reference: "KAS-2026-000123".to_owned(),
        post: "TZKSM".parse().unwrap(),
        lane: Lane::Red,
        priority: Priority::High,
        trusted: false,
        selection: Some(Selection {
            criterion: "Consignee changed carrier twice within a month".to_owned(),
            random: false,
        }),
        exams: vec![ExamType::FullDevan, ExamType::Nii, ExamType::SealCheck],
        agencies: vec![
            task(Agency::Customs, true, "Full devan, X-ray"),
            task(Agency::Veterinary, true, "Fishery products, temperature"),
            task(Agency::Police, false, "May attend"),
        ],
        assigned_to: vec![OfficerId(id(100))],
        ordered_at: at("2026-11-23T05:10:00Z"),
        presented_at: Some(at("2026-11-23T05:16:00Z")),
        due_at: Some(at("2026-11-23T10:00:00Z")),
        consignment: Consignment {
            mrn: "26MW9021K44B7E0184".parse().ok(),
            bills: vec![
                Bill {
                    number: "MAEU 218 443 907".to_owned(),
                    level: BillLevel::Master,
                },
                Bill {
                    number: "LF-2026-1187".to_owned(),
                    level: BillLevel::House,
                },
            ],
            parties: vec![
                party(
                    PartyRole::Consignor,
                    "Walvis Bay Fishing Company (Pty) Ltd",
                    "NA",
                    None,
                ),
                party(
                    PartyRole::Consignee,
                    "Lakeside Foods Ltd",
                    "MW",
                    Some("MW 30-118844"),
                ),
                party(
                    PartyRole::Declarant,
                    "J. Banda, agent",
                    "MW",
                    Some("DEC 0412"),
                ),
                party(PartyRole::Carrier, "Maersk Line", "DK", None),
            ],
            from: "NAWVB".parse().unwrap(),
            to: "TZKSM".parse().unwrap(),
            items: vec![
                item(
                    1,
                    "Frozen fish fillets, hake",
                    "030489",
                    1240,
                    21_700.0,
                    20_460.0,
                ),
                item(2, "Frozen squid", "030743", 200, 3_400.0, 3_200.0),
                packaging,
            ],
            declared_gross: Kilograms(25_100.0),
            declared_packages: 1_440,
        },
        units: vec![fish_unit()],
        scans: vec![Scan {
            blob: BlobHash::of(scan),
            bytes: scan.len() as u64,
            media_type: "image/tiff".to_owned(),
            scanner: "Smiths HCVP 6030".to_owned(),
            site: "site 2".to_owned(),
            taken_at: at("2026-11-23T04:20:00Z"),
            pitch_mm: Some(4.0),
            width: size.0,
            height: size.1,
            unit_read: Some("MSKU6011672".to_owned()),
            description: None,
        }],
        slot: Some(Slot {
            bay: "bay 2".to_owned(),
            start: at("2026-11-23T08:00:00Z"),
            end: at("2026-11-23T10:00:00Z"),
            agencies: Vec::new(),
        }),
        tracking: tracking(),
        references: Vec::new(),
        holds: vec![Hold {
            id: HoldId(id(70)),
            agency: Agency::Veterinary,
            hold_type: HoldType::Veterinary,
            level: HoldLevel::Unit {
                number: "MSKU6011672".to_owned(),
            },
            reason: HoldReason::LabPending,
            note: "Histamine sample taken on arrival; the laboratory answers on Tuesday."
                .to_owned(),
            placed_by: None,
            placed_by_name: "Dr G. Phiri".to_owned(),
            placed_at: at("2026-11-23T06:58:00Z"),
            review: Some(jiff::civil::date(2026, 11, 24)),
        }],
    }
}

/// The PIN of every officer.
pub const PIN: &str = "246810";

/// A desk that keeps everything in memory and answers at once.
pub struct Desk {
    pub inspection: Inspection,
    pub entries: Vec<Entry>,
    pub drafts: BTreeMap<String, String>,
    pub blobs: HashMap<BlobHash, Vec<u8>>,
    pub status: Status,
    pub zone: TimeZone,
    /// Every request, in the order in which they came.
    pub asked: Vec<Request>,
    /// Refuses the next record with this problem.
    pub refuse: Option<Problem>,
    /// The checklists that the desk tells of.
    pub lists: Vec<Checklist>,
    opened: Opened,
}

impl Desk {
    pub fn new(inspection: Inspection, officer: Officer) -> Self {
        let opened = Opened {
            state: project(&inspection, &[]),
            mismatches: Vec::new(),
            history: Vec::new(),
            sync: Badge::Untouched,
            drafts: Vec::new(),
            checklists: Vec::new(),
            blobs_here: Vec::new(),
            inspection: inspection.clone(),
        };
        let mut desk = Self {
            inspection,
            entries: Vec::new(),
            drafts: BTreeMap::new(),
            blobs: HashMap::new(),
            status: status(officer),
            zone: TimeZone::get("Africa/Blantyre").unwrap(),
            asked: Vec::new(),
            refuse: None,
            lists: Vec::new(),
            opened,
        };
        desk.rebuild();
        desk
    }

    pub fn view(&self) -> View<'_> {
        View {
            opened: &self.opened,
            status: &self.status,
            zone: &self.zone,
            now: now(),
        }
    }

    /// Another officer writes an entry.
    pub fn enter(&mut self, by: &Officer, time: &str, body: EntryBody) -> EntryId {
        self.push(by.clone(), at(time), body, None)
    }

    fn push(
        &mut self,
        by: Officer,
        time: Timestamp,
        body: EntryBody,
        supersedes: Option<EntryId>,
    ) -> EntryId {
        let sequence = self.entries.len() as u64 + 1;
        let payload = EntryPayload {
            id: EntryId(id(1000 + u128::from(sequence))),
            inspection: self.inspection.id,
            author: by.id,
            author_name: by.name,
            agency: by.agency,
            device: DeviceId(id(9)),
            sequence,
            recorded_at: time,
            offset_seconds: 7200,
            server_time: None,
            based_on: self.inspection.version,
            supersedes,
            on_behalf_of: None,
            previous: self.entries.last().map_or(EntryHash::GENESIS, |e| e.hash),
            body,
        };
        let text = serde_json::to_string(&payload).unwrap();
        let hash = EntryHash(BlobHash::of(text.as_bytes()));
        let id = payload.id;
        self.entries.push(Entry {
            payload,
            hash,
            key: String::new(),
        });
        self.rebuild();
        id
    }

    pub fn rebuild(&mut self) {
        let state = project(&self.inspection, &self.entries);
        let waiting = self.entries.len() as u64;
        self.opened = Opened {
            mismatches: mismatches(&self.inspection, &state),
            state,
            history: self.entries.iter().map(|entry| self.line(entry)).collect(),
            sync: if waiting == 0 {
                Badge::Untouched
            } else {
                Badge::NotSent {
                    entries: waiting.min(3),
                }
            },
            drafts: self
                .drafts
                .iter()
                .map(|(form, text)| Draft {
                    inspection: self.inspection.id,
                    form: form.clone(),
                    text: text.clone(),
                })
                .collect(),
            checklists: self.lists.clone(),
            blobs_here: self.blobs.keys().copied().collect(),
            inspection: self.inspection.clone(),
        };
    }

    fn line(&self, entry: &Entry) -> HistoryLine {
        let last = self.entries.len().saturating_sub(3) as u64;
        HistoryLine {
            entry: entry.payload.clone(),
            hash: entry.hash,
            sent: if entry.payload.sequence > last {
                Sent::Waiting
            } else {
                Sent::Yes
            },
            superseded_by: self
                .entries
                .iter()
                .find(|other| other.payload.supersedes == Some(entry.payload.id))
                .map(|other| other.payload.id),
        }
    }

    /// Answers what the screen asked.
    pub fn answer(&mut self, acts: Vec<Act>) -> Vec<(u64, Outcome)> {
        acts.into_iter()
            .filter_map(|act| match act {
                Act::Back | Act::Import | Act::Practise | Act::Write(_) => None,
                Act::Ask {
                    token,
                    request,
                    bytes,
                } => {
                    self.asked.push((*request).clone());
                    Some((token, self.carry_out(*request, bytes)))
                }
            })
            .collect()
    }

    fn carry_out(&mut self, request: Request, bytes: Option<Vec<u8>>) -> Outcome {
        let reply = match request {
            Request::Record {
                body,
                supersedes,
                by,
                ..
            } => return self.record(body, supersedes, by),
            Request::SaveDraft { draft } => {
                if draft.text.is_empty() {
                    self.drafts.remove(&draft.form);
                } else {
                    self.drafts.insert(draft.form, draft.text);
                }
                self.rebuild();
                Reply::Done
            }
            Request::PutBlob { .. } => {
                let bytes = bytes.unwrap();
                let (blob, size) = (BlobHash::of(&bytes), bytes.len() as u64);
                self.blobs.insert(blob, bytes);
                Reply::Stored { blob, size }
            }
            Request::GetBlob {
                blob,
                offset,
                length,
            } => {
                let all = &self.blobs[&blob];
                let end = (offset + length).min(all.len() as u64);
                let part = all[offset as usize..end as usize].to_vec();
                let total = all.len() as u64;
                return Ok((Reply::Bytes { offset, total }, part));
            }
            _ => Reply::Done,
        };
        Ok((reply, Vec::new()))
    }

    fn record(
        &mut self,
        body: EntryBody,
        supersedes: Option<EntryId>,
        by: Option<Signer>,
    ) -> Outcome {
        if let Some(problem) = self.refuse.take() {
            return Err(problem);
        }
        let officer = match by {
            Some(signer) if signer.pin == PIN => {
                let officers = &self.status.officers;
                officers.iter().find(|o| o.id == signer.officer).cloned()
            }
            Some(_) => {
                return Err(Problem {
                    code: "pin-wrong".to_owned(),
                    args: BTreeMap::new(),
                    detail: "this PIN is not the officer's".to_owned(),
                });
            }
            None => self.status.officer.clone(),
        };
        let officer = officer.unwrap();
        let author = supersedes.map(|entry| {
            let known = self.entries.iter().find(|e| e.payload.id == entry);
            (entry, known.map(|e| e.payload.agency))
        });
        let state = project(&self.inspection, &self.entries);
        if let Err(refusal) = allow(&officer, &self.inspection, &state, &body, author) {
            return Err(Problem {
                code: refusal.code().to_owned(),
                args: BTreeMap::new(),
                detail: refusal.to_string(),
            });
        }
        let time = now() + (self.entries.len() as i64).seconds();
        let entry = self.push(officer, time, body, supersedes);
        let reply = Reply::Saved {
            entry,
            sequence: self.entries.len() as u64,
            at: time,
        };
        Ok((reply, Vec::new()))
    }

    /// The bodies recorded through the screen.
    pub fn recorded(&self) -> Vec<EntryBody> {
        self.asked
            .iter()
            .filter_map(|request| match request {
                Request::Record { body, .. } => Some(body.clone()),
                _ => None,
            })
            .collect()
    }
}

fn status(officer: Officer) -> Status {
    Status {
        store: StoreState::Open,
        line: Line::Down {
            since: at("2026-11-23T04:42:00Z"),
            problem: Problem {
                code: "line".to_owned(),
                args: BTreeMap::new(),
                detail: "The central does not answer.".to_owned(),
            },
        },
        last_exchange: Some(at("2026-11-23T04:41:00Z")),
        entries_waiting: 7,
        blobs_waiting: 2,
        stuck: 0,
        stuck_reason: None,
        progress: None,
        post: None,
        officers: vec![
            officer.clone(),
            self::officer(Agency::Veterinary, "Dr G. Phiri", Role::Inspector),
            self::officer(Agency::Police, "S. Juma", Role::Inspector),
        ],
        officer: Some(officer),
        session_expired: false,
        demonstration_pin: None,
        line_pulled: false,
        device: Some(DeviceId(id(9))),
        central: "https://central.example".to_owned(),
        clock_difference_ms: None,
        settings: BTreeMap::new(),
        managed: Vec::new(),
        workstation: Default::default(),
    }
}

/// The drawings' state: the seal replaced, 70 cartons too many, two findings, a region, police waived.
pub fn busy() -> Desk {
    let (bytes, size) = image::radiograph();
    let inspection = fish(&bytes, size);
    let scan = inspection.scans[0].blob;
    let me = officer(Agency::Customs, "A. Mwale", Role::Inspector);
    let vet = officer(Agency::Veterinary, "Dr G. Phiri", Role::Inspector);
    let police = officer(Agency::Police, "S. Juma", Role::Inspector);
    let mut desk = Desk::new(inspection, me.clone());
    desk.blobs.insert(scan, bytes);
    desk.enter(&vet, "2026-11-23T06:40:00Z", EntryBody::SectionClaimed);
    desk.enter(&me, "2026-11-23T06:44:00Z", EntryBody::SectionClaimed);
    desk.enter(
        &me,
        "2026-11-23T06:52:10Z",
        seal_found("ML-0093311", "ML-0093317"),
    );
    desk.enter(
        &me,
        "2026-11-23T06:52:40Z",
        seal_found("NA 44120", "NA 44120"),
    );
    let region = desk.enter(
        &me,
        "2026-11-23T06:59:00Z",
        EntryBody::RegionDrawn {
            scan,
            shape: RegionShape::Box {
                x: 960,
                y: 395,
                width: 180,
                height: 105,
            },
            category: RegionCategory::Undeclared,
            confidence: None,
            comment: "Denser than the cartons around it".to_owned(),
            item: Some(1),
        },
    );
    desk.enter(
        &me,
        "2026-11-23T07:05:00Z",
        finding(FindingCategory::Seal, "Seal replaced", None, "art. 12"),
    );
    desk.enter(
        &me,
        "2026-11-23T07:12:00Z",
        EntryBody::ItemCompared {
            item: 1,
            outcome: ItemOutcome::Excess,
            differences: vec![ItemDifference {
                field: "packages".to_owned(),
                declared: "1240".to_owned(),
                found: "1310".to_owned(),
            }],
            note: String::new(),
        },
    );
    desk.enter(
        &me,
        "2026-11-23T07:14:00Z",
        finding(
            FindingCategory::Undeclared,
            "Undeclared cartons, 70",
            Some(region),
            "",
        ),
    );
    desk.enter(
        &police,
        "2026-11-23T07:20:00Z",
        EntryBody::Decided {
            decision: Decision::Waived {
                reason: "no interest".to_owned(),
            },
            items: Vec::new(),
        },
    );
    desk.enter(
        &me,
        "2026-11-23T07:26:11Z",
        EntryBody::CheckConcluded {
            check: CheckKind::Documentary,
            result: CheckResult::Satisfactory,
            reason: String::new(),
        },
    );
    desk
}

fn seal_found(declared: &str, found: &str) -> EntryBody {
    EntryBody::SealCompared {
        seal: SealComparison {
            unit: "MSKU6011672".to_owned(),
            declared: Some(declared.to_owned()),
            found: SealFound {
                number: Some(found.to_owned()),
                condition: SealCondition::Intact,
                party: None,
                class: None,
            },
        },
        photos: Vec::new(),
    }
}

fn finding(
    category: FindingCategory,
    text: &str,
    region: Option<EntryId>,
    rule: &str,
) -> EntryBody {
    EntryBody::FindingRecorded {
        category,
        severity: Severity::Major,
        text: text.to_owned(),
        item: region.map(|_| 1),
        region,
        photos: if region.is_none() {
            vec![BlobHash::of(b"a"), BlobHash::of(b"b")]
        } else {
            Vec::new()
        },
        legal_reference: rule.to_owned(),
    }
}

/// The same consignment before anybody did anything.
pub fn fresh() -> Desk {
    let (bytes, size) = image::radiograph();
    let inspection = fish(&bytes, size);
    let scan = inspection.scans[0].blob;
    let mut desk = Desk::new(
        inspection,
        officer(Agency::Customs, "A. Mwale", Role::Inspector),
    );
    desk.blobs.insert(scan, bytes);
    desk.rebuild();
    desk
}

/// Where the unit has been: it passed the gate and the weighbridge, the scanner, and stands in the bay.
fn tracking() -> Vec<Passage> {
    let node = |node, place: &str, at: Option<&str>| Passage {
        unit: "MSKU6011672".to_owned(),
        node,
        place: place.to_owned(),
        at: at.map(|at| at.parse().unwrap()),
        readings: Vec::new(),
    };
    vec![
        node(NodeKind::GateIn, "Gate 1", Some("2026-11-23T04:02:00Z")),
        node(
            NodeKind::Weighbridge,
            "Weighbridge 1",
            Some("2026-11-23T04:11:00Z"),
        ),
        node(NodeKind::Yard, "Yard B", None),
        node(NodeKind::Scanner, "Scanner 2", Some("2026-11-23T05:40:00Z")),
        node(NodeKind::Bay, "Bay 2", None),
        node(NodeKind::GateOut, "Gate 2", None),
    ]
}
