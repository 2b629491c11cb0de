//! Laptops with the real store and replicator, a real central, and a line of its own for each laptop.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use outpost_api::SessionRequest;
use outpost_central::Running;
use outpost_db::{KeySource, NewEntry, Sent, Store};
use outpost_domain::*;
use outpost_sync::{Address, Client, News, Replicator};
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::proxy::{Plan, Proxy};

const KEY: KeySource = KeySource::Raw([5; 32]);
pub const LAPTOPS: usize = 5;
const INSPECTIONS: usize = 8;

/// A central and laptops that have signed in and pulled once, to copy for each run.
pub struct Template {
    folder: tempfile::TempDir,
    officer: Officer,
    pub inspections: Vec<InspectionId>,
}

/// A central over a folder.
pub struct Central {
    data: PathBuf,
    running: Option<Running>,
}

impl Central {
    pub fn start(runtime: &Runtime, data: &Path, restored: bool) -> Self {
        let mut config = outpost_central::Config::demonstration(data, 11, INSPECTIONS);
        config.restored = restored;
        let running = runtime.block_on(outpost_central::serve(config)).unwrap();
        Self {
            data: data.to_owned(),
            running: Some(running),
        }
    }

    pub fn address(&self) -> SocketAddr {
        let url = &self.running.as_ref().unwrap().url;
        url.trim_start_matches("http://").parse().unwrap()
    }

    pub fn stop(&mut self, runtime: &Runtime) {
        if let Some(running) = self.running.take() {
            runtime.block_on(running.shutdown());
        }
    }

    /// The same folder served again.
    pub fn again(&self, runtime: &Runtime) -> Self {
        Self::start(runtime, &self.data, false)
    }

    /// The accepted entries, as id and hash: from the central's own database.
    pub fn accepted(&self) -> Vec<(EntryId, EntryHash)> {
        let database = outpost_central::database(&self.data);
        let connection = rusqlite::Connection::open(database).unwrap();
        let mut select = connection
            .prepare("SELECT id, hash FROM entries WHERE outcome = 'accepted'")
            .unwrap();
        let rows = select
            .query_map([], |r| {
                let id = EntryId(Uuid::from_bytes(r.get(0)?));
                Ok((id, EntryHash(BlobHash(r.get(1)?))))
            })
            .unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }
}

impl Template {
    pub fn make(runtime: &Runtime) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut central = Central::start(runtime, &folder.path().join("central"), false);
        let url = format!("http://{}", central.address());
        let mut officer = None;
        let mut inspections = Vec::new();
        for n in 0..LAPTOPS {
            let data = folder.path().join(format!("laptop-{n}"));
            let store = Store::create(&data, &KEY).unwrap();
            let client = client(&url, &store);
            let info = runtime.block_on(client.post()).unwrap();
            let fits = |o: &&Officer| o.agency == Agency::Customs && o.role == Role::Inspector;
            let customs = info.officers.iter().find(fits).unwrap().clone();
            store.put_post_info(&info).unwrap();
            sign_in(runtime, &client, &store, customs.id);
            let token = store.sessions().unwrap()[0].token.clone();
            loop {
                let cursor = store.cursor().unwrap();
                let page = client.changes(&token, cursor.as_deref());
                let page = runtime.block_on(page).unwrap();
                store.apply_changes(cursor.as_deref(), &page).unwrap();
                if !page.more {
                    break;
                }
            }
            inspections = open_for_customs(&store);
            officer = Some(customs);
        }
        central.stop(runtime);
        assert!(inspections.len() >= 2, "{inspections:?}");
        Self {
            folder,
            officer: officer.unwrap(),
            inspections,
        }
    }

    pub fn central_in(&self, run: &Path) -> PathBuf {
        let data = run.join(format!("central-{}", Uuid::now_v7()));
        copy(&self.folder.path().join("central"), &data);
        data
    }
}

fn open_for_customs(store: &Store) -> Vec<InspectionId> {
    let waits = |w: &AgencyState| w.agency == Agency::Customs && w.state == SectionState::Waiting;
    let rows = store.rows(None, None, 100).unwrap().rows;
    rows.into_iter()
        .filter(|r| r.row.agencies.iter().any(waits))
        .map(|r| r.row.id)
        .collect()
}

fn client(url: &str, store: &Store) -> Client {
    let address = Address {
        url: url.to_owned(),
        ..Address::default()
    };
    Client::new(&address, store.device()).unwrap()
}

fn sign_in(runtime: &Runtime, client: &Client, store: &Store, officer: OfficerId) {
    let info = runtime.block_on(client.post()).unwrap();
    let request = SessionRequest {
        officer,
        pin: info.demonstration.unwrap().pin,
        device: store.device(),
        key: public_key(&store.signing_key(officer).unwrap()),
    };
    let session = runtime.block_on(client.sign_in(&request)).unwrap();
    store.put_session(&session).unwrap();
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A workstation as the desk puts it together, without window and keyring.
pub struct Laptop {
    pub store: Arc<Store>,
    pub proxy: Proxy,
    replicator: Replicator,
    officer: Officer,
    /// Whether it was told that somebody has to sign in again.
    asked_to_sign_in: Arc<Mutex<bool>>,
}

impl Laptop {
    pub fn open(
        runtime: &Runtime,
        template: &Template,
        run: &Path,
        central: SocketAddr,
        plan: Plan,
    ) -> Self {
        let name = format!("laptop-{}", plan.laptop);
        copy(&template.folder.path().join(&name), &run.join(&name));
        let store = Arc::new(Store::open(&run.join(&name), &KEY).unwrap());
        let proxy = Proxy::start(runtime.handle(), central, plan);
        let asked_to_sign_in: Arc<Mutex<bool>> = Arc::default();
        let asked = asked_to_sign_in.clone();
        let listener = Arc::new(move |news| {
            if matches!(news, News::SessionExpired(_)) {
                *asked.lock().unwrap() = true;
            }
        });
        let client = client(&proxy.url, &store);
        let replicator = Replicator::start(store.clone(), client, 0, listener).unwrap();
        Self {
            store,
            proxy,
            replicator,
            officer: template.officer.clone(),
            asked_to_sign_in,
        }
    }

    /// Records an act and returns its id: from here on it is acknowledged.
    pub fn record(&self, inspection: InspectionId, body: EntryBody) -> EntryId {
        let key = self.store.signing_key(self.officer.id).unwrap();
        let recorded = self
            .store
            .append(NewEntry {
                id: EntryId(Uuid::now_v7()),
                inspection,
                author: &self.officer,
                on_behalf_of: None,
                body,
                supersedes: None,
                based_on: 1,
                recorded_at: Timestamp::now(),
                offset_seconds: 0,
                server_time: self.store.server_time().unwrap(),
                key: &key,
            })
            .unwrap();
        self.replicator.wake();
        recorded.entry.payload.id
    }

    /// What an officer does who was asked to: signs in again. Without having been asked nothing is to be done.
    pub fn sign_in_if_asked(&self, runtime: &Runtime) {
        if !self.store.sessions().unwrap().is_empty() {
            return;
        }
        assert!(*self.asked_to_sign_in.lock().unwrap(), "nobody was asked");
        let client = client(&self.proxy.url, &self.store);
        sign_in(runtime, &client, &self.store, self.officer.id);
        self.replicator.wake();
    }

    /// Entries here by id, with their hash, and the own ones that are stuck or behind a stuck one, with the reason.
    pub fn entries(
        &self,
        inspections: &[InspectionId],
    ) -> (BTreeMap<EntryId, EntryHash>, BTreeSet<EntryId>) {
        let (mut here, mut named) = (BTreeMap::new(), BTreeSet::new());
        for id in inspections {
            for entry in self.store.open_inspection(None, *id).unwrap().history {
                let id = entry.entry.payload.id;
                here.insert(id, entry.entry.hash);
                let is_named = match &entry.sent {
                    Sent::Stuck(stuck) => !stuck.code.is_empty(),
                    Sent::Behind => true,
                    _ => false,
                };
                if is_named {
                    named.insert(id);
                }
            }
        }
        (here, named)
    }
}
