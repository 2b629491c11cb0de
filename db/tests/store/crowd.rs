//! A post's year in a store, made at once: inspections with whole stories, written past the journal's door and
//! projected by the store when it opens.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use outpost_db::Store;
use outpost_domain::*;
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::world::{KEY, inspection};

/// Entries of each inspection.
pub const ENTRIES: u64 = 20;
const MINUTES_A_YEAR: i64 = 365 * 24 * 60;
const CRITERIA: [&str; 14] = [
    "origin and value",
    "first import of the consignee",
    "route through a free zone",
    "weight against declared",
    "seal reported broken",
    "intelligence note 12",
    "tariff heading often misused",
    "agent with open cases",
    "empty weight too high",
    "perishable goods, long route",
    "reefer not switched on",
    "waste and scrap",
    "used vehicles",
    "chemicals without a permit",
];
const BAYS: [&str; 6] = [
    "Bay 1",
    "Bay 2",
    "Bay 3 · reefer",
    "Scanner",
    "Quay 4",
    "Yard",
];

/// When the year began.
pub fn begin() -> Timestamp {
    "2025-11-24T00:00:00Z".parse().unwrap()
}

/// When it ended: now.
pub fn end() -> Timestamp {
    begin() + SignedDuration::from_mins(MINUTES_A_YEAR)
}

/// A fixed sequence of numbers.
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    pub fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }
}

/// One inspection of the year.
pub fn one(n: u64, of: u64, dice: &mut Dice) -> Inspection {
    let mut made = inspection(u128::from(n), "MSKU6011672", "Maize seed");
    let ordered = n as i64 * MINUTES_A_YEAR / of as i64;
    let at = |minutes: i64| begin() + SignedDuration::from_mins(minutes);
    made.lane = Lane::ALL[dice.below(4) as usize];
    made.trusted = dice.one_in(5);
    made.ordered_at = at(ordered);
    made.presented_at = (!dice.one_in(20)).then(|| at(ordered + dice.below(300) as i64));
    made.due_at = (!dice.one_in(3)).then(|| at(ordered + 600 + dice.below(1_500) as i64));
    made.selection = Some(Selection {
        criterion: CRITERIA[dice.below(14) as usize].to_owned(),
        random: dice.one_in(6),
    });
    let start = ordered + 300 + dice.below(400) as i64;
    made.slot = dice.below(10).ge(&3).then(|| Slot {
        bay: BAYS[dice.below(6) as usize].to_owned(),
        start: at(start),
        end: at(start + 30 + dice.below(150) as i64),
        agencies: [Agency::Customs, Agency::Veterinary]
            .map(|agency| SlotAgency {
                agency,
                answer: Answer::Accepted,
            })
            .to_vec(),
    });
    made.scans = vec![Scan {
        blob: BlobHash([9; 32]),
        bytes: 1,
        media_type: "image/tiff".to_owned(),
        scanner: "HCV".to_owned(),
        site: BAYS[dice.below(3) as usize].to_owned(),
        taken_at: made.ordered_at,
        pitch_mm: None,
        width: 10,
        height: 10,
        unit_read: None,
        description: None,
    }];
    made
}

/// Its story: who did what, how many minutes after the order. What was ordered in the last days is not finished.
pub fn story(n: u64, of: u64, dice: &mut Dice) -> Vec<(Agency, i64, EntryBody)> {
    let (customs, vet) = (Agency::Customs, Agency::Veterinary);
    let start = 320 + dice.below(500) as i64;
    let check = |check, result| EntryBody::CheckConcluded {
        check,
        result,
        reason: "as seen".to_owned(),
    };
    let satisfactory = CheckResult::Satisfactory;
    let physical = if dice.one_in(4) {
        CheckResult::NotSatisfactory
    } else {
        satisfactory
    };
    let mut told = vec![
        (customs, start, EntryBody::SectionClaimed),
        (vet, start + 20, EntryBody::SectionClaimed),
        (customs, start + 25, image(dice.one_in(4))),
        (
            customs,
            start + 30,
            check(CheckKind::Documentary, satisfactory),
        ),
        (
            customs,
            start + 35,
            check(CheckKind::Identity, satisfactory),
        ),
        (customs, start + 60, check(CheckKind::Physical, physical)),
        (vet, start + 40, check(CheckKind::Documentary, satisfactory)),
        (vet, start + 70, check(CheckKind::Physical, satisfactory)),
    ];
    if dice.one_in(5) {
        told.push((customs, start + 61, note(Severity::Major)));
    }
    if dice.one_in(12) {
        told.push((
            customs,
            start + 50,
            EntryBody::NoShow {
                absent: vet,
                note: String::new(),
                proposal: None,
            },
        ));
    }
    let open = n * 100 / of >= 98 && dice.one_in(2);
    if dice.one_in(4) {
        let (hold, long) = (
            HoldId(Uuid::from_u128(u128::from(n))),
            dice.below(4_000) as i64,
        );
        let hold_type = HoldType::ALL[dice.below(11) as usize];
        told.push((vet, start + 45, place(hold, hold_type)));
        if !open {
            let reason = "result satisfactory".to_owned();
            told.push((
                vet,
                start + 50 + long,
                EntryBody::HoldLifted { hold, reason },
            ));
        }
    }
    if !open {
        told.push((customs, start + 70 + dice.below(200) as i64, accept()));
        told.push((vet, start + 90 + dice.below(400) as i64, accept()));
    }
    while told.len() < ENTRIES as usize {
        told.push((customs, start + 40, note(Severity::Note)));
    }
    told
}

fn image(anomaly: bool) -> EntryBody {
    EntryBody::ImageConcluded {
        scan: BlobHash([9; 32]),
        conclusion: if anomaly {
            ImageConclusion::Anomaly
        } else {
            ImageConclusion::NoAnomaly
        },
        reading_seconds: 90,
        opinion: None,
    }
}

fn note(severity: Severity) -> EntryBody {
    EntryBody::FindingRecorded {
        category: FindingCategory::Other,
        severity,
        text: "cartons behind the second row of pallets".to_owned(),
        item: None,
        region: None,
        photos: Vec::new(),
        legal_reference: String::new(),
    }
}

fn place(hold: HoldId, hold_type: HoldType) -> EntryBody {
    EntryBody::HoldPlaced {
        hold,
        hold_type,
        level: HoldLevel::Conveyance,
        reason: HoldReason::LabPending,
        note: "waits for the laboratory".to_owned(),
        review: None,
    }
}

fn accept() -> EntryBody {
    EntryBody::Decided {
        decision: Decision::Acceptable {
            purpose: Purpose::InternalMarket,
            conditions: String::new(),
            coded: Vec::new(),
        },
        items: Vec::new(),
    }
}

/// A store in `dir` with so many inspections and [`ENTRIES`] times as many entries.
pub fn store(dir: &Path, inspections: u64) -> Store {
    let device = {
        let store = Store::create(dir, &KEY).unwrap();
        store.device()
    };
    let mut db = Connection::open(dir.join("store.db")).unwrap();
    db.pragma_update(None, "key", format!("x'{}'", hex::encode([42; 32])))
        .unwrap();
    db.pragma_update(None, "synchronous", "OFF").unwrap();
    let mut dice = Dice::new(20_261_124);
    let mut sequence = 0;
    for first in (0..inspections).step_by(5_000) {
        let tx = db.transaction().unwrap();
        for n in first..(first + 5_000).min(inspections) {
            write_one(&tx, &one(n, inspections, &mut dice));
            for (agency, minutes, body) in story(n, inspections, &mut dice) {
                sequence += 1;
                let act = (
                    agency,
                    n as i64 * MINUTES_A_YEAR / inspections as i64 + minutes,
                );
                write_entry(&tx, device, sequence, n, act, body);
            }
        }
        tx.commit().unwrap();
    }
    // Another number than this build's: the store makes its projections anew.
    db.execute("DELETE FROM meta WHERE name = 'projection'", [])
        .unwrap();
    drop(db);
    Store::open(dir, &KEY).unwrap()
}

fn write_one(c: &Connection, one: &Inspection) {
    let body = serde_json::to_string(one).unwrap();
    c.prepare_cached(
        "INSERT INTO inspections (id, version, generation, body) VALUES (?1, 1, 0, ?2)",
    )
    .unwrap()
    .execute(params![one.id.0.into_bytes(), body])
    .unwrap();
}

fn write_entry(
    c: &Connection,
    device: DeviceId,
    sequence: u64,
    inspection: u64,
    (agency, minute): (Agency, i64),
    body: EntryBody,
) {
    let officer = sequence % 24;
    let id = EntryId(Uuid::from_u128(0xE_0000_0000 + u128::from(sequence)));
    let recorded_at = begin() + SignedDuration::from_mins(minute);
    let payload = EntryPayload {
        id,
        inspection: InspectionId(Uuid::from_u128(u128::from(inspection))),
        author: OfficerId(Uuid::from_u128(u128::from(officer))),
        author_name: format!("Officer {officer} of {agency}"),
        agency,
        device,
        sequence,
        recorded_at,
        offset_seconds: 7_200,
        server_time: None,
        based_on: 1,
        supersedes: None,
        on_behalf_of: None,
        previous: EntryHash::GENESIS,
        body,
    };
    let text = serde_json::to_string(&payload).unwrap();
    let hash = BlobHash::of(text.as_bytes());
    c.prepare_cached(
        "INSERT INTO journal (id, inspection, device, sequence, payload, signature, key, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, '', '', ?6)",
    )
    .unwrap()
    .execute(params![
        id.0.into_bytes(),
        payload.inspection.0.into_bytes(),
        device.0.into_bytes(),
        sequence as i64,
        text,
        hash.0,
    ])
    .unwrap();
    let waits = sequence.is_multiple_of(2_000);
    c.prepare_cached(
        "INSERT INTO outbox (entry, sequence, inspection, author, agency, recorded_at, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )
    .unwrap()
    .execute(params![
        id.0.into_bytes(),
        sequence as i64,
        payload.inspection.0.into_bytes(),
        payload.author.0.into_bytes(),
        agency.code(),
        recorded_at.as_millisecond(),
        if waits { "waiting" } else { "accepted" },
    ])
    .unwrap();
}
