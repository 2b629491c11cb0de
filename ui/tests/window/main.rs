//! The window as an officer sees it: every screen in its states, driven by key and by name, with snapshots.
//! Fonts come from `assets` only, so that the pictures are the same on every machine.

#[path = "../support/stage.rs"]
mod stage;
#[path = "../support/mod.rs"]
mod support;
#[path = "../world/mod.rs"]
mod world;

mod agenda;
mod compare;
mod gallery;
mod import;
mod insights;
mod inspection;
mod joint;
mod marks;
mod opinion;
mod papers;
mod photos;
mod practice;
mod questions;
mod queues;
mod radiograph;
mod review;
mod screens;
mod settings;
mod suggest;
mod work;
