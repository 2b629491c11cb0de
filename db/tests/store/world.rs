//! A small world to test in: a store in a temporary folder, officers, inspections and a central that answers.

use std::sync::atomic::{AtomicU64, Ordering};

use ed25519_dalek::SigningKey;
use jiff::{SignedDuration, Timestamp};
use outpost_api::{Change, ChangesPage, PushOutcome, PushResponse, PushResult};
use outpost_db::{Applied, KeySource, NewEntry, Recorded, Store};
use outpost_domain::*;
use serde_json::value::RawValue;
use uuid::Uuid;

pub const KEY: KeySource = KeySource::Raw([42; 32]);
pub const EPOCH: Uuid = Uuid::from_u128(0xE0);

pub fn id(n: u128) -> InspectionId {
    InspectionId(Uuid::from_u128(n))
}

pub fn time(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

pub fn officer(n: u128, agency: Agency) -> Officer {
    Officer {
        id: OfficerId(Uuid::from_u128(0x0FF1_0000 + n)),
        name: format!("Officer {n}"),
        agency,
        role: Role::Inspector,
        keys: Vec::new(),
    }
}

pub fn finding(text: &str) -> EntryBody {
    finding_with(text, Vec::new())
}

pub fn finding_with(text: &str, photos: Vec<BlobHash>) -> EntryBody {
    EntryBody::FindingRecorded {
        category: FindingCategory::Other,
        severity: Severity::Minor,
        text: text.to_owned(),
        item: None,
        region: None,
        photos,
        legal_reference: String::new(),
    }
}

pub fn inspection(n: u128, unit: &str, goods: &str) -> Inspection {
    Inspection {
        id: id(n),
        version: 1,
        reference: format!("KAS-2026-{n:06}"),
        post: "TZDAR".parse().unwrap(),
        lane: Lane::Red,
        priority: Priority::Normal,
        trusted: false,
        selection: None,
        exams: vec![ExamType::Nii],
        agencies: vec![
            AgencyTask {
                agency: Agency::Customs,
                required: true,
                control: "seals and goods".to_owned(),
            },
            AgencyTask {
                agency: Agency::Veterinary,
                required: true,
                control: "temperature".to_owned(),
            },
        ],
        assigned_to: Vec::new(),
        ordered_at: time(n as i64 * 60),
        presented_at: None,
        due_at: None,
        consignment: consignment(n, goods),
        units: vec![Unit {
            number: unit.parse().unwrap(),
            kind: UnitKind::Container,
            size_type: Some("45R1".to_owned()),
            seals: Vec::new(),
            seal_count: None,
            weighing: None,
            reefer: None,
            alerts: Vec::new(),
        }],
        scans: Vec::new(),
        slot: None,
        holds: Vec::new(),
        tracking: Vec::new(),
        references: Vec::new(),
    }
}

fn consignment(n: u128, goods: &str) -> Consignment {
    Consignment {
        mrn: format!("26TZ{n:014}").parse().ok(),
        bills: vec![Bill {
            number: format!("MAEU-{n:07}/1"),
            level: BillLevel::Master,
        }],
        parties: vec![Party {
            role: PartyRole::Consignee,
            name: "Pêcheries du Lac Ltd".to_owned(),
            country: "TZ".parse().unwrap(),
            register_number: None,
        }],
        from: "NLRTM".parse().unwrap(),
        to: "TZDAR".parse().unwrap(),
        items: vec![GoodsItem {
            number: 1,
            description: goods.to_owned(),
            hs: "030489".parse().ok(),
            described_chapters: Vec::new(),
            origin: "NL".parse().unwrap(),
            packages: 10,
            package_code: "CT".to_owned(),
            gross: Kilograms(100.0),
            net: Kilograms(90.0),
            un_number: None,
        }],
        declared_gross: Kilograms(100.0),
        declared_packages: 10,
    }
}

/// A page as it comes over the wire.
pub fn page(cursor: &str, changes: &[Change]) -> ChangesPage<Box<RawValue>> {
    ChangesPage {
        epoch: EPOCH,
        cursor: cursor.to_owned(),
        more: false,
        remaining: 0,
        server_time: time(0),
        changes: changes
            .iter()
            .map(|c| RawValue::from_string(serde_json::to_string(c).unwrap()).unwrap())
            .collect(),
    }
}

pub fn snapshot(inspection: Inspection) -> Change {
    Change::Inspection {
        inspection: Box::new(inspection),
    }
}

/// An entry as the feed gives it.
pub fn entry(recorded: &Recorded) -> Change {
    Change::Entry {
        entry: recorded.signed.clone(),
    }
}

/// The officers who wrote the entries among `changes`, with their keys.
pub fn introductions(changes: &[Change]) -> impl Iterator<Item = Change> {
    changes.iter().filter_map(|change| match change {
        Change::Entry { entry } => introduction(entry),
        _ => None,
    })
}

/// The author of an entry with the key it is signed with; `None` for what is no entry.
pub fn introduction(signed: &SignedEntry) -> Option<Change> {
    let payload = signed.open_trusted().ok()?.payload;
    let officer = Officer {
        id: payload.author,
        name: payload.author_name,
        agency: payload.agency,
        role: Role::Inspector,
        keys: vec![signed.key.clone()],
    };
    Some(Change::Officer { officer })
}

/// A store in a folder that goes with it.
pub struct World {
    pub store: Store,
    pub dir: tempfile::TempDir,
}

impl World {
    pub fn empty() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::create(dir.path(), &KEY).unwrap();
        Self { store, dir }
    }

    /// With inspections 1 and 2.
    pub fn with_two_inspections() -> Self {
        let world = Self::empty();
        world.pull(&[
            snapshot(inspection(1, "MSKU6011672", "Frozen tilapia fillets")),
            snapshot(inspection(2, "CSQU3054383", "Maize seed")),
        ]);
        world
    }

    /// Pulls a page as the central gives it: what it says of an officer's keys comes before the officer's entries.
    pub fn pull(&self, changes: &[Change]) -> Applied {
        let told: Vec<Change> = introductions(changes).chain(changes.to_vec()).collect();
        self.pull_as_is(&told)
    }

    pub fn pull_as_is(&self, changes: &[Change]) -> Applied {
        static PAGE: AtomicU64 = AtomicU64::new(0);
        let next = format!("page-{}", PAGE.fetch_add(1, Ordering::Relaxed));
        let since = self.store.cursor().unwrap();
        self.store
            .apply_changes(since.as_deref(), &page(&next, changes))
            .unwrap()
    }

    pub fn reopened(self) -> Self {
        let Self { store, dir } = self;
        drop(store);
        let store = Store::open(dir.path(), &KEY).unwrap();
        Self { store, dir }
    }

    pub fn record(&self, inspection: u128, body: EntryBody) -> Recorded {
        self.record_as(&officer(1, Agency::Customs), inspection, body, None)
    }

    pub fn record_as(
        &self,
        author: &Officer,
        inspection: u128,
        body: EntryBody,
        supersedes: Option<EntryId>,
    ) -> Recorded {
        let key = self.store.signing_key(author.id).unwrap();
        self.store
            .append(new_entry(author, &key, inspection, body, supersedes))
            .unwrap()
    }

    /// Sends everything that may be sent and answers as `central` says, until nothing more may be sent.
    pub fn push(&self, central: impl Fn(&SignedEntry) -> PushResult) -> Vec<EntryId> {
        let mut all = Vec::new();
        loop {
            let batch = self.store.outbox_batch(200, None).unwrap();
            if batch.is_empty() {
                return all;
            }
            let sent: Vec<EntryId> = batch.iter().map(|o| o.id).collect();
            let results = batch.iter().map(|o| central(&o.signed)).collect();
            self.store
                .record_push(&sent, &answer(&sent, results))
                .unwrap();
            all.extend(sent);
        }
    }

    pub fn file(&self, name: &str) -> std::path::PathBuf {
        self.dir.path().join(name)
    }
}

pub fn new_entry<'a>(
    author: &'a Officer,
    key: &'a SigningKey,
    inspection: u128,
    body: EntryBody,
    supersedes: Option<EntryId>,
) -> NewEntry<'a> {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let n = COUNT.fetch_add(1, Ordering::Relaxed);
    NewEntry {
        id: EntryId(Uuid::from_u128(0xE_0000_0000 + u128::from(n))),
        inspection: id(inspection),
        author,
        on_behalf_of: None,
        body,
        supersedes,
        based_on: 1,
        recorded_at: time(0) + SignedDuration::from_secs(n as i64),
        offset_seconds: 7_200,
        server_time: None,
        key,
    }
}

pub fn answer(sent: &[EntryId], results: Vec<PushResult>) -> PushResponse {
    PushResponse {
        epoch: EPOCH,
        server_time: time(0),
        outcomes: sent
            .iter()
            .zip(results)
            .enumerate()
            .map(|(index, (id, result))| PushOutcome {
                id: Some(*id),
                index: index as u32,
                result,
            })
            .collect(),
        receipt: None,
    }
}

pub fn refused() -> PushResult {
    PushResult::Refused {
        code: "not-concerned".to_owned(),
        detail: "the agency has no part in it".to_owned(),
    }
}
