//! The Tauri shell around the desk.

fn main() {}
