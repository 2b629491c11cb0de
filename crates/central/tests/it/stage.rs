//! A small stage: a central with a demonstration world, officers and workstations.

use std::path::Path;

use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use outpost_api::{
    ChangesPage, DEVICE_HEADER, InspectionView, MEDIA_TYPE, PROBLEM_TYPE, PostInfo, Problem,
    PushRequest, PushResponse, PushResult, Session, SessionRequest,
};
use outpost_central::{Config, Database, Running, serve};
use outpost_domain::{
    DeviceId, EntryBody, EntryHash, EntryId, EntryPayload, Inspection, InspectionId, Officer,
    SignedEntry, sign_entry,
};
use reqwest::{Client, Response, StatusCode};
use tempfile::TempDir;
use uuid::Uuid;

use crate::Kept;

pub const PIN: &str = outpost_demo::PIN;

/// A central of its own.
pub struct Stage {
    pub data: TempDir,
    pub running: Running,
    pub http: Client,
    kept: Kept,
}

impl Stage {
    pub async fn with(inspections: usize) -> Self {
        Self::configured(inspections, |_| ()).await
    }

    pub async fn configured(inspections: usize, change: impl FnOnce(&mut Config)) -> Self {
        let data = tempfile::tempdir().unwrap();
        let kept = Kept::new();
        let mut config = Config::demonstration(data.path(), 1, inspections);
        config.database = kept.url.clone();
        change(&mut config);
        let running = serve(config).await.unwrap();
        Self {
            data,
            running,
            http: client(),
            kept,
        }
    }

    /// Where its database is.
    pub fn database(&self) -> Database {
        Database::of(self.data.path(), self.kept.url.as_deref())
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.url)
    }

    /// Stops the server and starts it again over the same data.
    pub async fn again(self, change: impl FnOnce(&Path, &mut Config)) -> Self {
        let Self {
            data,
            running,
            http,
            kept,
        } = self;
        running.shutdown().await;
        let mut config = Config::demonstration(data.path(), 1, 0);
        config.database = kept.url.clone();
        change(data.path(), &mut config);
        let running = serve(config).await.unwrap();
        Self {
            data,
            running,
            http,
            kept,
        }
    }

    pub async fn post(&self) -> PostInfo {
        let response = self.http.get(self.url("/v1/post")).send().await.unwrap();
        json(response).await
    }

    pub async fn officer(&self, name: &str) -> Officer {
        let info = self.post().await;
        info.officers.into_iter().find(|o| o.name == name).unwrap()
    }

    /// A new workstation with an officer signed in.
    pub async fn desk(&self, name: &str) -> Desk {
        let device = DeviceId(Uuid::now_v7());
        self.desk_on(name, device).await
    }

    pub async fn desk_on(&self, name: &str, device: DeviceId) -> Desk {
        sign_in(&self.http, &self.running.url, name, device).await
    }
}

/// Signs an officer in at a workstation, at the central with this URL.
pub async fn sign_in(http: &Client, base: &str, name: &str, device: DeviceId) -> Desk {
    let info: PostInfo = json(http.get(format!("{base}/v1/post")).send().await.unwrap()).await;
    let officer = info.officers.into_iter().find(|o| o.name == name).unwrap();
    let key = key();
    let request = SessionRequest {
        officer: officer.id,
        pin: PIN.to_owned(),
        device,
        key: public(&key),
    };
    let asked = http.post(format!("{base}/v1/session")).json(&request);
    let session: Session = json(asked.send().await.unwrap()).await;
    Desk {
        http: http.clone(),
        base: base.to_owned(),
        officer: session.officer,
        token: session.token,
        device,
        key,
        head: (EntryHash::GENESIS, 0),
    }
}

/// A workstation as the central sees it.
pub struct Desk {
    pub http: Client,
    pub base: String,
    pub officer: Officer,
    pub token: String,
    pub device: DeviceId,
    pub key: SigningKey,
    pub head: (EntryHash, u64),
}

impl Desk {
    pub fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(&self.token)
            .header(DEVICE_HEADER, self.device.to_string())
    }

    pub fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.request(reqwest::Method::GET, path)
    }

    pub async fn page(&self, since: &str, limit: u32) -> ChangesPage {
        let path = format!("/v1/changes?since={since}&limit={limit}");
        json(self.get(&path).send().await.unwrap()).await
    }

    /// Every change after `since`, and the cursor behind it.
    pub async fn pull(&self, since: &str) -> (Vec<outpost_api::Change>, String) {
        let mut cursor = since.to_owned();
        let mut all = Vec::new();
        loop {
            let page = self.page(&cursor, 100).await;
            all.extend(page.changes);
            cursor = page.cursor;
            if !page.more {
                return (all, cursor);
            }
        }
    }

    pub async fn inspections(&self) -> Vec<Inspection> {
        let (changes, _) = self.pull("").await;
        changes
            .into_iter()
            .filter_map(|change| match change {
                outpost_api::Change::Inspection { inspection } => Some(*inspection),
                _ => None,
            })
            .collect()
    }

    /// An inspection in which nobody has done anything.
    pub async fn untouched(&self) -> Inspection {
        for inspection in self.inspections().await {
            let concerned = inspection
                .agencies
                .iter()
                .any(|t| t.agency == self.officer.agency);
            if concerned
                && self.view(inspection.id).await.entries.is_empty()
                && inspection.holds.is_empty()
            {
                return inspection;
            }
        }
        panic!("no untouched inspection");
    }

    pub async fn view(&self, id: InspectionId) -> InspectionView {
        json(
            self.get(&format!("/v1/inspections/{id}"))
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    /// The next entry of this workstation.
    pub fn write(&mut self, inspection: &Inspection, body: EntryBody) -> SignedEntry {
        self.write_with(inspection, body, |_| ())
    }

    pub fn write_with(
        &mut self,
        inspection: &Inspection,
        body: EntryBody,
        change: impl FnOnce(&mut EntryPayload),
    ) -> SignedEntry {
        let mut payload = EntryPayload {
            id: EntryId(Uuid::now_v7()),
            inspection: inspection.id,
            author: self.officer.id,
            author_name: self.officer.name.clone(),
            agency: self.officer.agency,
            device: self.device,
            sequence: self.head.1 + 1,
            recorded_at: Timestamp::now(),
            offset_seconds: 7_200,
            server_time: None,
            based_on: inspection.version,
            supersedes: None,
            on_behalf_of: None,
            previous: self.head.0,
            body,
        };
        change(&mut payload);
        let signed = sign_entry(&payload, &self.key).unwrap();
        self.head = (signed.hash(), payload.sequence);
        signed
    }

    pub async fn push(&self, entries: &[SignedEntry]) -> PushResponse {
        let request = PushRequest {
            entries: entries.to_vec(),
        };
        let sent = self
            .request(reqwest::Method::POST, "/v1/entries")
            .json(&request);
        json(sent.send().await.unwrap()).await
    }

    pub async fn results(&self, entries: &[SignedEntry]) -> Vec<PushResult> {
        let outcomes = self.push(entries).await.outcomes;
        outcomes.into_iter().map(|o| o.result).collect()
    }
}

/// A finding, which every officer may record at any time.
pub fn finding(text: &str) -> EntryBody {
    EntryBody::FindingRecorded {
        category: outpost_domain::FindingCategory::Other,
        severity: outpost_domain::Severity::Note,
        text: text.to_owned(),
        item: None,
        region: None,
        photos: Vec::new(),
        legal_reference: String::new(),
    }
}

pub fn refused(result: &PushResult) -> &str {
    match result {
        PushResult::Refused { code, .. } => code,
        other => panic!("{other:?} is no refusal"),
    }
}

pub fn client() -> Client {
    Client::builder().no_proxy().build().unwrap()
}

pub fn key() -> SigningKey {
    let mut secret = [0; 32];
    secret[..16].copy_from_slice(Uuid::now_v7().as_bytes());
    secret[16..].copy_from_slice(Uuid::now_v7().as_bytes());
    SigningKey::from_bytes(&secret)
}

pub fn public(key: &SigningKey) -> String {
    hex::encode(key.verifying_key().to_bytes())
}

/// Reads an answer of the contract's media type.
pub async fn json<T: serde::de::DeserializeOwned>(response: Response) -> T {
    let status = response.status();
    let kind = header(&response, "content-type");
    let text = response.text().await.unwrap();
    assert_eq!(status, StatusCode::OK, "{text}");
    assert_eq!(kind, MEDIA_TYPE, "{text}");
    serde_json::from_str(&text).unwrap()
}

/// Reads a problem and checks that it says the same status; returns its code.
pub async fn problem(response: Response, status: u16) -> String {
    assert_eq!(response.status().as_u16(), status);
    assert_eq!(header(&response, "content-type"), PROBLEM_TYPE);
    let problem: Problem = response.json().await.unwrap();
    assert_eq!(problem.status, status);
    assert!(!problem.title.is_empty() && problem.title != "The server failed");
    problem
        .kind
        .strip_prefix("urn:outpost:problem:")
        .unwrap()
        .to_owned()
}

pub fn header(response: &Response, name: &str) -> String {
    let value = response.headers().get(name);
    value
        .map(|v| v.to_str().unwrap().to_owned())
        .unwrap_or_default()
}
