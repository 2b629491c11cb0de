//! The desk over a real central: the whole cycle, and what the line does to it.
#![allow(clippy::unwrap_used)]

mod alerts;
mod bundles;
mod cycle;
mod diagnosis;
mod faults;
mod found;
mod insights;
mod joint;
mod keeping;
mod links;
mod lists;
mod logs;
mod managed;
mod network;
mod papers;
mod practice;
mod proxy;
mod receipts;
mod review;
mod settings;
mod support;
mod tls;
