//! The options that every program around a desk takes: where the data are, how they are opened, and the central.

use std::path::{Path, PathBuf};

use clap::Args;
use outpost_sync::{Address, Pem};

use crate::{Config, KeyChoice, Managed};

/// Where the data are, how they are opened, and which central it is.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// The data folder; the system's own place for it when not given
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    /// A file with the passphrase of the store; without it the keyring is used, or the window asks
    #[arg(long, global = true)]
    passphrase_file: Option<PathBuf>,
    /// A file with the store's key, 64 hexadecimal digits, for an authority that keeps the keys
    #[arg(long, global = true, conflicts_with = "passphrase_file")]
    key_file: Option<PathBuf>,
    /// The central's address, for example https://central.example; the one chosen in the window when not given
    #[arg(long)]
    central: Option<String>,
    /// A PEM file with the certificate authority of the central
    #[arg(long)]
    ca: Option<PathBuf>,
    /// A PEM file with this workstation's certificate and key (PKCS#8)
    #[arg(long)]
    identity: Option<PathBuf>,
    /// Megabytes of the disk that stay free for what is recorded; below it no radiograph is fetched
    #[arg(long, value_name = "MB", default_value_t = Config::KEEP_FREE / 1_000_000)]
    keep_free: u64,
    /// The folder for the log; `logs` in the data folder when not given
    #[arg(long, value_name = "FOLDER")]
    log_folder: Option<PathBuf>,
    /// The folder for papers and calendars; `Outpost` in the documents of the user when not given
    #[arg(long, value_name = "FOLDER")]
    documents: Option<PathBuf>,
    /// The file with what an administrator has laid down; the system's own place for it when not given
    #[arg(long, value_name = "FILE")]
    managed: Option<PathBuf>,
}

/// Why the options lead to no desk.
#[derive(Debug, thiserror::Error)]
pub enum OptionsError {
    /// The system names no folder.
    #[error("this system tells no folder for data; name one with --data")]
    NoDataFolder,
    /// A file of secrets cannot be read.
    #[error("{} cannot be read: {error}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The key file holds something else.
    #[error("{} has no 64 hexadecimal digits", .path.display())]
    NoKey {
        /// The file.
        path: PathBuf,
    },
}

impl Options {
    /// What the desk is opened with. Files of secrets are read here.
    /// What an administrator has laid down goes before the options.
    pub fn config(&self) -> Result<Config, OptionsError> {
        let place = self.managed.clone().unwrap_or_else(Managed::place);
        let managed = Managed::read(&place);
        Ok(Config {
            data: self.data_folder()?,
            address: Address {
                url: first(managed.central.as_ref(), self.central.as_ref()).unwrap_or_default(),
                ca: first(managed.ca.as_ref(), self.ca.as_ref()).map(Pem::File),
                identity: first(managed.identity.as_ref(), self.identity.as_ref()).map(Pem::File),
            },
            key: self.key()?,
            logs: Some(self.log_folder()?),
            documents: self.documents_folder()?,
            keep_free: self.keep_free.saturating_mul(1_000_000),
            managed,
        })
    }

    /// The data folder; the system's own place when none was named.
    pub fn data_folder(&self) -> Result<PathBuf, OptionsError> {
        if let Some(data) = &self.data {
            return Ok(data.clone());
        }
        let dirs = directories::ProjectDirs::from("org", "Outpost", "outpost")
            .ok_or(OptionsError::NoDataFolder)?;
        Ok(dirs.data_local_dir().to_owned())
    }

    /// The folder for the log: the one that was named, else one in the data folder, so that each has its own.
    pub fn log_folder(&self) -> Result<PathBuf, OptionsError> {
        match &self.log_folder {
            Some(folder) => Ok(folder.clone()),
            None => Ok(self.data_folder()?.join("logs")),
        }
    }

    /// The folder for papers: the one that was named, else in the user's documents, else beside the data.
    fn documents_folder(&self) -> Result<PathBuf, OptionsError> {
        if let Some(documents) = &self.documents {
            return Ok(documents.clone());
        }
        let users = directories::UserDirs::new();
        match users.as_ref().and_then(directories::UserDirs::document_dir) {
            Some(documents) => Ok(documents.join("Outpost")),
            None => Ok(self.data_folder()?.join("documents")),
        }
    }

    fn key(&self) -> Result<KeyChoice, OptionsError> {
        if let Some(path) = &self.passphrase_file {
            let words = read(path)?.trim_end_matches(['\r', '\n']).to_owned();
            return Ok(KeyChoice::Passphrase(words));
        }
        if let Some(path) = &self.key_file {
            let mut key = [0; 32];
            hex::decode_to_slice(read(path)?.trim(), &mut key)
                .map_err(|_| OptionsError::NoKey { path: path.clone() })?;
            return Ok(KeyChoice::Raw(key));
        }
        Ok(KeyChoice::Ask)
    }
}

/// What is laid down, else what was given.
fn first<T: Clone>(managed: Option<&T>, given: Option<&T>) -> Option<T> {
    managed.or(given).cloned()
}

fn read(path: &Path) -> Result<String, OptionsError> {
    std::fs::read_to_string(path).map_err(|error| OptionsError::Unreadable {
        path: path.to_owned(),
        error,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        options: Options,
    }

    #[test]
    fn what_an_administrator_has_laid_down_goes_before_the_options() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("managed.json");
        std::fs::write(&file, r#"{"central": "https://central.example"}"#).unwrap();
        let file = file.to_str().unwrap();
        let line = ["outpost", "--data", "/data", "--managed", file];
        let options = |more: &[&str]| Cli::parse_from([&line[..], more].concat()).options;
        let config = options(&["--central", "http://other", "--ca", "/own/ca.pem"]).config();
        let address = config.unwrap().address;
        assert_eq!(address.url, "https://central.example");
        assert_eq!(address.ca, Some(Pem::File("/own/ca.pem".into())));
        let nothing = options(&[]).config().unwrap().address;
        assert_eq!(nothing.url, "https://central.example");
        let chosen = Cli::parse_from(["outpost", "--data", "/data", "--managed", "/nowhere"]);
        assert_eq!(chosen.options.config().unwrap().address, Address::default());
    }
}
