//! Bundles: written for the central, and its answers taken in.

use std::path::Path;

use jiff::Timestamp;
use outpost_bundle::BundleError;
use outpost_db::StoreError;
use outpost_protocol::{BundleTaken, Problem, Reply};
use outpost_sync::News;
use uuid::Uuid;

use crate::desk::Desk;
use crate::requests::{Answered, store_problem};
use crate::words::problem;

impl Desk {
    /// Writes what waits into a bundle, signed by the officer who is signed in.
    pub(crate) fn write_bundle(&self) -> Answered {
        let officer = self.officer()?;
        let open = self.opened()?;
        let key = open.store.signing_key(officer.id).map_err(store_problem)?;
        let folder = &self.inner.config.documents;
        let written = open
            .store
            .write_bundle(folder, Uuid::now_v7(), officer.id, &key, Timestamp::now())
            .map_err(|error| bundle_problem(folder, error))?;
        tracing::info!(
            number = written.number,
            entries = written.entries,
            files = written.files,
            "a bundle was written"
        );
        let reply = Reply::BundleWritten {
            path: written.path.display().to_string(),
            entries: written.entries,
            files: written.files,
        };
        Ok((reply, Vec::new()))
    }

    /// Takes in the central's answer, as if a line had brought it.
    pub(crate) fn take_bundle(&self, path: &str) -> Answered {
        self.officer()?;
        let open = self.opened()?;
        let path = Path::new(path);
        let taken = open
            .store
            .take_answer(path, Timestamp::now())
            .map_err(|error| bundle_problem(path, error))?;
        tracing::info!(
            again = taken.again,
            accepted = taken.accepted,
            stuck = taken.stuck,
            changes = taken.changes,
            files = taken.files.len(),
            "the answer to a bundle was taken in"
        );
        if let Some(unfit) = &taken.unfit_receipt {
            tracing::error!(%unfit, "a receipt does not fit");
        }
        if let Some(post) = taken.post {
            self.hear(News::Post(post));
        }
        let files = taken.files.len() as u64;
        for file in taken.files {
            self.hear(News::Blob(file));
        }
        self.hear(News::Changed(taken.touched));
        self.hear(News::Outbox);
        let reply = Reply::BundleTaken(BundleTaken {
            again: taken.again,
            accepted: taken.accepted,
            stuck: taken.stuck,
            changes: taken.changes,
            files,
        });
        Ok((reply, Vec::new()))
    }
}

fn bundle_problem(path: &Path, error: StoreError) -> Problem {
    let file = ("file", path.display().to_string());
    match &error {
        StoreError::NoBundles => problem("bundle-no-reader", [], &error),
        StoreError::ForeignAnswer { .. } => problem("bundle-foreign", [file], &error),
        StoreError::Io { path, source } => problem(
            "bundle-file",
            [
                ("file", path.display().to_string()),
                ("reason", source.to_string()),
            ],
            &error,
        ),
        StoreError::Bundle(bundle) => match bundle {
            BundleError::CutOff => problem("bundle-cut-off", [file], &error),
            BundleError::OtherReader => problem("bundle-other-reader", [file], &error),
            BundleError::OtherDirection => problem("bundle-other-direction", [file], &error),
            BundleError::Newer { .. } => problem("bundle-newer", [file], &error),
            BundleError::Io(source) => problem(
                "bundle-file",
                [file, ("reason", source.to_string())],
                &error,
            ),
            BundleError::Damaged(_)
            | BundleError::WrongSignature
            | BundleError::NoReader(_)
            | BundleError::OtherLength { .. } => problem("bundle-damaged", [file], &error),
        },
        _ => store_problem(error),
    }
}
