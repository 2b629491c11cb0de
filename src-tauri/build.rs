//! Lets Tauri read `tauri.conf.json` and prepare what its context needs.

fn main() {
    tauri_build::build();
}
