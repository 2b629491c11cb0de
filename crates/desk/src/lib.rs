//! The desk service: joins store, sync, keyring and session, and serves the window.
//!
//! It knows neither Tauri nor egui. Start reading at [`Desk`]: it is opened over a data folder, serves any
//! number of windows over pipes ([`Desk::serve`]), and tells subscribers of its status. Requests are carried out in
//! `requests`, settings are kept in `settings` and `central`, papers and calendars are written in `papers`, figures counted in `insights`,
//! what the window sees is made in `view`, changes are told by one thread in `teller`, and what an officer
//! should hear of is found in `alerts`.
#![forbid(unsafe_code)]

mod alerts;
mod assign;
mod bundles;
mod central;
mod desk;
mod diagnosis;
mod folder;
mod found;
mod insights;
mod links;
mod logs;
mod managed;
mod opening;
mod options;
mod papers;
mod photo;
mod pipe;
mod practice;
mod preview;
mod requests;
mod session;
mod settings;
mod supervisor;
mod teller;
mod view;
mod words;

pub use desk::{Config, Desk, KeyChoice};
pub use links::{LinkRefused, inspection_of};
pub use logs::Logs;
pub use managed::{Fault, Managed};
pub use options::{Options, OptionsError};
pub use outpost_sync::{Address, Pem};
pub use preview::Preview;
pub use settings::AtLogin;
pub use supervisor::{Supervisor, WindowError};
