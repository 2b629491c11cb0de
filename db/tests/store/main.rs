//! The store as its callers see it: what was saved is there, what is stuck says why, what is damaged is left alone.
#![allow(clippy::unwrap_used)]

mod blobs;
mod changes;
mod crowd;
mod damage;
mod insights;
mod journal;
mod known_keys;
mod lifecycle;
mod lists;
mod outbox;
mod people;
mod practice;
mod projections;
mod receipts;
mod refused;
mod search;
mod storage;
mod world;
mod yard;
