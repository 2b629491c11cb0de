//! One module a screen: each draws from the model and its own small state, and returns what the officer wants.

pub mod agenda;
pub mod calendar;
pub mod import;
pub mod insights;
pub mod inspection;
pub mod keys;
pub mod palette;
pub mod practice;
pub mod settings;
pub mod sign_in;
pub mod start;
pub mod status;
pub mod sync;
pub mod worklist;
