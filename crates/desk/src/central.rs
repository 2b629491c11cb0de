//! Which central this laptop works for: laid down, given at the start, or chosen in the window.
//!
//! What is recorded here belongs to one central: its officers, its inspections, the key of its receipts. Another address
//! is taken only when that same central answers there, so that no entry is offered to a stranger and none is left
//! without the central that waits for it.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use outpost_api::PostInfo;
use outpost_db::{Store, StoreError};
use outpost_protocol::{CentralFrom, Certificate, Problem, Workstation};
use outpost_sync::{Address, Client, Fault, Pem, Unfit};
use serde::{Deserialize, Serialize};

use crate::desk::{Config, Desk, Opened};
use crate::requests::{Answered, done, store_problem};
use crate::words::problem;

/// The name under which the store keeps what was chosen; no window is told it, since it holds a private key.
const CHOSEN: &str = "central";

/// The most bytes of a file with certificates.
const MAX_PEM: u64 = 64 * 1024;

/// The central as it is reached now.
#[derive(Debug, Clone, Default)]
pub(crate) struct Central {
    pub(crate) address: Address,
    from: CentralFrom,
    /// The files from which the certificates were read, for the settings page.
    ca: Option<String>,
    identity: Option<String>,
}

/// What was chosen in the window, as the store keeps it.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Chosen {
    url: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ca: Option<Kept>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    identity: Option<Kept>,
}

/// A certificate that was read from a file.
#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    file: String,
    pem: String,
}

/// Never the text: it may hold a private key.
impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Kept({})", self.file)
    }
}

impl Kept {
    fn pem(&self) -> Pem {
        Pem::Text(self.pem.clone())
    }
}

impl Central {
    /// As far as it is known before the store is open.
    pub(crate) fn given(config: &Config) -> Self {
        let file = |pem: &Option<Pem>| match pem {
            Some(Pem::File(path)) => Some(path.display().to_string()),
            _ => None,
        };
        let from = match (&config.managed.central, config.address.url.as_str()) {
            (Some(_), _) => CentralFrom::Managed,
            (None, "") => CentralFrom::Window,
            (None, _) => CentralFrom::Start,
        };
        Self {
            address: config.address.clone(),
            from,
            ca: file(&config.address.ca),
            identity: file(&config.address.identity),
        }
    }

    /// With what was chosen in the window, where nobody else has said which central it is.
    fn of(config: &Config, store: &Store) -> Result<Self, StoreError> {
        let given = Self::given(config);
        if given.from != CentralFrom::Window {
            return Ok(given);
        }
        let Some(text) = store.settings()?.remove(CHOSEN) else {
            return Ok(given);
        };
        match serde_json::from_str::<Chosen>(&text) {
            Ok(chosen) => Ok(given.with(&chosen)),
            Err(error) => {
                // Work goes on without a central, and the page asks for it.
                tracing::error!(%error, "what was chosen as the central cannot be read");
                Ok(given)
            }
        }
    }

    /// Certificates that were given at the start or laid down go before chosen ones.
    fn with(mut self, chosen: &Chosen) -> Self {
        self.address.url.clone_from(&chosen.url);
        if self.address.ca.is_none() {
            self.address.ca = chosen.ca.as_ref().map(Kept::pem);
            self.ca = chosen.ca.as_ref().map(|kept| kept.file.clone());
        }
        if self.address.identity.is_none() {
            self.address.identity = chosen.identity.as_ref().map(Kept::pem);
            self.identity = chosen.identity.as_ref().map(|kept| kept.file.clone());
        }
        self
    }

    /// What the window is told of it.
    pub(crate) fn tell(&self, workstation: &mut Workstation) {
        workstation.central_from = self.from;
        workstation.ca.clone_from(&self.ca);
        workstation.identity.clone_from(&self.identity);
    }
}

impl Desk {
    /// How the central is reached now.
    pub(crate) fn address(&self) -> Address {
        self.state().central.address.clone()
    }

    /// Takes up what the store says of the central.
    pub(crate) fn take_up_central(&self, store: &Store) -> Result<(), StoreError> {
        let central = Central::of(&self.inner.config, store)?;
        self.state().central = central;
        Ok(())
    }

    /// Goes on over new connections: the laptop has slept or the network is another one.
    pub fn network_changed(&self) {
        let Ok(open) = self.opened() else {
            return;
        };
        tracing::info!("the network may have changed; the line is tried at once");
        match Client::new(&self.address(), open.store.device()) {
            Ok(client) => open.replicator.turn_to(client),
            Err(fault) => tracing::warn!(code = fault.code(), "no new client for the line"),
        }
    }

    /// Works with the central at another address, or with other certificates.
    pub(crate) fn set_central(
        &self,
        url: &str,
        ca: &Certificate,
        identity: &Certificate,
    ) -> Answered {
        let open = self.opened()?;
        match self.state().central.from {
            CentralFrom::Window => {}
            CentralFrom::Managed => {
                return Err(problem("setting-managed", [], "the central is laid down"));
            }
            CentralFrom::Start => {
                let words = "the central was given on the command line";
                return Err(problem("setting-from-start", [], words));
            }
        }
        let before = chosen(&open.store)?;
        let chosen = Chosen {
            url: base(url)?,
            ca: kept(ca, before.ca, "ca-unreadable")?,
            identity: kept(identity, before.identity, "identity-unreadable")?,
        };
        fits(
            &open,
            chosen.ca.as_ref(),
            "ca-unreadable",
            |address, pem| {
                address.ca = Some(pem);
            },
        )?;
        fits(
            &open,
            chosen.identity.as_ref(),
            "identity-unreadable",
            |address, pem| address.identity = Some(pem),
        )?;
        let central = Central::given(&self.inner.config).with(&chosen);
        let client = Client::new(&central.address, open.store.device()).map_err(|f| f.problem())?;
        self.is_the_same(&open, &client)?;
        let text =
            serde_json::to_string(&chosen).map_err(|error| problem("store-failed", [], error))?;
        open.store
            .set_setting(CHOSEN, &text)
            .map_err(store_problem)?;
        tracing::info!("the central is reached at another address or with other certificates");
        self.state().central = central;
        open.replicator.turn_to(client);
        self.inner.teller.status();
        Ok(done())
    }

    /// A laptop that has worked for a central goes on with that one only.
    fn is_the_same(&self, open: &Opened, client: &Client) -> Result<(), Problem> {
        let Some(known) = open.store.post_info().map_err(store_problem)? else {
            return Ok(());
        };
        let pinned = open.store.central_keys().map_err(store_problem)?.pop();
        if self.state().line_pulled {
            return Err(Fault::Pulled.problem());
        }
        let told = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|e| Fault::Unreachable(e.to_string()))
            .and_then(|runtime| runtime.block_on(client.post()))
            .map_err(|fault| fault.problem())?;
        if same_central(pinned, &known, &told) {
            return Ok(());
        }
        Err(another(&open.store))
    }
}

/// Whether what answers is the central that is known: by the key of its receipts, and where that is not told by the
/// life that it names.
fn same_central(pinned: Option<String>, known: &PostInfo, told: &PostInfo) -> bool {
    let key = pinned.or_else(|| known.receipt_key.clone());
    match (key, &told.receipt_key) {
        (Some(key), Some(told)) => key.eq_ignore_ascii_case(told),
        _ => known.epoch == told.epoch,
    }
}

/// Another central answers: what waits here, and whose it is.
fn another(store: &Store) -> Problem {
    let waiting = store.waiting_by_author().unwrap_or_default();
    let entries: u64 = waiting.iter().map(|(_, entries)| entries).sum();
    let officers = store.officers().unwrap_or_default();
    let who: Vec<String> = waiting
        .iter()
        .map(|(id, entries)| {
            let officer = officers.iter().find(|officer| officer.id == *id);
            let name = officer.map_or_else(|| id.to_string(), |officer| officer.name.clone());
            format!("{name} ({entries})")
        })
        .collect();
    let detail =
        "another central answers at this address; what is recorded here belongs to the one before";
    if entries == 0 {
        return problem("another-central", [], detail);
    }
    let args = [("entries", entries.to_string()), ("who", who.join(", "))];
    problem("another-central-waiting", args, detail)
}

fn chosen(store: &Store) -> Result<Chosen, Problem> {
    match store.settings().map_err(store_problem)?.remove(CHOSEN) {
        Some(text) => {
            serde_json::from_str(&text).map_err(|error| problem("store-failed", [], error))
        }
        None => Ok(Chosen::default()),
    }
}

fn base(typed: &str) -> Result<String, Problem> {
    Address::base(typed).map_err(|unfit| {
        let code = match unfit {
            Unfit::NoAddress => "central-no-address",
            Unfit::NotSecure => "central-not-secure",
        };
        problem(code, [], unfit)
    })
}

/// What becomes of a certificate; a file is read now and may go afterwards.
fn kept(wish: &Certificate, before: Option<Kept>, code: &str) -> Result<Option<Kept>, Problem> {
    match wish {
        Certificate::Keep => Ok(before),
        Certificate::Leave => Ok(None),
        Certificate::File { path } => {
            let file = PathBuf::from(path);
            let pem = read(&file).map_err(|reason| unreadable(code, path, reason))?;
            Ok(Some(Kept {
                file: path.clone(),
                pem,
            }))
        }
    }
}

fn unreadable(code: &str, file: &str, reason: String) -> Problem {
    let detail = format!("{file}: {reason}");
    let args = [("file", file.to_owned()), ("reason", reason)];
    problem(code, args, detail)
}

fn read(file: &Path) -> Result<String, String> {
    let mut text = String::new();
    File::open(file)
        .and_then(|file| file.take(MAX_PEM + 1).read_to_string(&mut text))
        .map_err(|error| error.to_string())?;
    if text.len() as u64 > MAX_PEM {
        return Err(format!("more than {MAX_PEM} bytes"));
    }
    Ok(text)
}

/// Whether the line could be had with this certificate: what does not fit is told by its file.
fn fits(
    open: &Opened,
    kept: Option<&Kept>,
    code: &str,
    put: impl FnOnce(&mut Address, Pem),
) -> Result<(), Problem> {
    let Some(kept) = kept else { return Ok(()) };
    let mut address = Address::default();
    put(&mut address, kept.pem());
    let tried = Client::new(&address, open.store.device());
    tried.map(drop).map_err(|fault| {
        let reason = fault.to_string();
        unreadable(code, &kept.file, reason)
    })
}
