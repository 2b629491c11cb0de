//! A small consignment, its officers and a hand that signs: what the tests of this crate stand on.
#![allow(dead_code, clippy::unwrap_used)] // each test binary uses a part of it

use ed25519_dalek::SigningKey;
use jiff::{SignedDuration, Timestamp};
use outpost_domain::*;
use uuid::Uuid;

pub fn at(seconds: i64) -> Timestamp {
    "2026-11-23T06:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
}

pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | n)
}

pub fn officer(n: u128, agency: Agency) -> Officer {
    Officer {
        id: OfficerId(id(n)),
        name: format!("Officer {n}"),
        agency,
        role: Role::Inspector,
        keys: Vec::new(),
    }
}

pub fn task(agency: Agency, required: bool) -> AgencyTask {
    AgencyTask {
        agency,
        required,
        control: "physical".into(),
    }
}

pub fn item(number: u32, gross: f64, packages: u32) -> GoodsItem {
    GoodsItem {
        number,
        description: "Frozen fish fillets".into(),
        hs: Some("030489".parse().unwrap()),
        described_chapters: vec![3],
        origin: "NA".parse().unwrap(),
        packages,
        package_code: "CT".into(),
        gross: Kilograms(gross),
        net: Kilograms(gross * 0.95),
        un_number: None,
    }
}

pub const SCAN: BlobHash = BlobHash([7; 32]);

pub fn inspection() -> Inspection {
    Inspection {
        id: InspectionId(id(1)),
        version: 3,
        reference: "KAS-2026-000001".into(),
        post: "TZKSU".parse().unwrap(),
        lane: Lane::Red,
        priority: Priority::High,
        trusted: false,
        selection: None,
        exams: vec![ExamType::FullDevan],
        agencies: vec![
            task(Agency::Customs, true),
            task(Agency::Veterinary, true),
            task(Agency::Police, false),
        ],
        assigned_to: vec![],
        ordered_at: at(-7200),
        presented_at: None,
        due_at: None,
        consignment: Consignment {
            mrn: Some("10NL5663962BE1E825".parse().unwrap()),
            bills: vec![Bill {
                number: "MAEU218443907".into(),
                level: BillLevel::Master,
            }],
            parties: vec![],
            from: "NAWVB".parse().unwrap(),
            to: "TZDAR".parse().unwrap(),
            items: vec![item(1, 20_000.0, 1000), item(2, 5_100.0, 240)],
            declared_gross: Kilograms(25_100.0),
            declared_packages: 1240,
        },
        units: vec![Unit {
            number: "MSKU6011672".parse().unwrap(),
            kind: UnitKind::Container,
            size_type: Some("45R1".into()),
            seals: vec![DeclaredSeal {
                number: "ML-0093311".into(),
                party: SealParty::Carrier,
                class: Some(SealClass::HighSecurity),
            }],
            seal_count: Some(1),
            weighing: None,
            reefer: None,
            alerts: vec![],
        }],
        scans: vec![Scan {
            blob: SCAN,
            bytes: 10,
            media_type: "image/tiff".into(),
            scanner: "S".into(),
            site: "1".into(),
            taken_at: at(-600),
            pitch_mm: Some(4.0),
            width: 3750,
            height: 1100,
            unit_read: Some("MSKU6011672".into()),
            description: None,
        }],
        slot: None,
        holds: vec![],
        tracking: vec![],
        references: Vec::new(),
    }
}

fn english(text: &str) -> Translated {
    Translated([("en".to_owned(), text.to_owned())].into())
}

fn question(key: &str, kind: QuestionKind, when: Option<AskedWhen>) -> Question {
    Question {
        key: key.into(),
        text: english(key),
        help: Translated::default(),
        kind,
        required: true,
        when,
    }
}

/// The veterinary agency's list: is it frozen, and if so, how cold.
pub fn checklist() -> Checklist {
    Checklist {
        name: "cold".into(),
        version: 2,
        agency: Agency::Veterinary,
        title: english("Cold goods"),
        exams: vec![],
        commodities: vec!["03".into()],
        questions: vec![
            question(
                "frozen",
                QuestionKind::YesNo {
                    expected: Some(true),
                },
                None,
            ),
            question(
                "core",
                QuestionKind::Number {
                    unit: "Cel".into(),
                    least: Some(-60_000),
                    most: Some(60_000),
                    from: None,
                    to: Some(-15_000),
                },
                Some(AskedWhen::Yes {
                    question: "frozen".into(),
                }),
            ),
        ],
        withdrawn: false,
    }
}

/// The lists that the central serves: two versions of one.
pub fn lists() -> Vec<Checklist> {
    let newer = Checklist {
        version: 3,
        ..checklist()
    };
    vec![checklist(), newer]
}

/// A device that writes entries one after the other.
pub struct Pen {
    pub key: SigningKey,
    pub device: DeviceId,
    pub head: (EntryHash, u64),
    next: u128,
}

impl Pen {
    pub fn new(device: u128) -> Self {
        Self {
            key: SigningKey::from_bytes(&[device as u8; 32]),
            device: DeviceId(id(1000 + device)),
            head: (EntryHash::GENESIS, 0),
            next: device << 64,
        }
    }

    pub fn write(
        &mut self,
        author: &Officer,
        seconds: i64,
        body: EntryBody,
        supersedes: Option<EntryId>,
    ) -> Entry {
        self.next += 1;
        let payload = EntryPayload {
            id: EntryId(Uuid::from_u128(self.next)),
            inspection: InspectionId(id(1)),
            author: author.id,
            author_name: author.name.clone(),
            agency: author.agency,
            device: self.device,
            sequence: self.head.1 + 1,
            recorded_at: at(seconds),
            offset_seconds: 7200,
            server_time: None,
            based_on: 3,
            supersedes,
            on_behalf_of: None,
            previous: self.head.0,
            body,
        };
        let entry = sign_entry(&payload, &self.key).unwrap().open().unwrap();
        self.head = (entry.hash, payload.sequence);
        entry
    }
}

pub fn hold(n: u128) -> EntryBody {
    EntryBody::HoldPlaced {
        hold: HoldId(id(5000 + n)),
        hold_type: HoldType::Veterinary,
        level: HoldLevel::Unit {
            number: "MSKU6011672".into(),
        },
        reason: HoldReason::LabPending,
        note: "laboratory result pending".into(),
        review: Some("2026-11-24".parse().unwrap()),
    }
}

pub fn lift(n: u128) -> EntryBody {
    EntryBody::HoldLifted {
        hold: HoldId(id(5000 + n)),
        reason: "result satisfactory".into(),
    }
}

pub fn accept() -> EntryBody {
    EntryBody::Decided {
        decision: Decision::Acceptable {
            purpose: Purpose::InternalMarket,
            conditions: String::new(),
            coded: Vec::new(),
        },
        items: Vec::new(),
    }
}

pub fn refuse() -> EntryBody {
    EntryBody::Decided {
        decision: Decision::NotAcceptable {
            action: RefusalAction::ReExport,
            reason: "temperature".into(),
            deadline: None,
            family: None,
        },
        items: Vec::new(),
    }
}
