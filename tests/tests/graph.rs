//! The arrows between the crates point down only. This is the design's dependency graph, held.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// What each package may depend on directly, among ours, outside its tests.
const ALLOWED: &[(&str, &[&str])] = &[
    ("outpost-domain", &[]),
    ("outpost-charts", &[]),
    ("outpost-documents", &["outpost-charts", "outpost-domain"]),
    ("outpost-imaging", &[]),
    ("outpost-protocol", &["outpost-domain"]),
    ("outpost-api", &["outpost-domain"]),
    ("outpost-bundle", &["outpost-api", "outpost-domain"]),
    (
        "outpost-db",
        &["outpost-api", "outpost-bundle", "outpost-domain"],
    ),
    (
        "outpost-sync",
        &[
            "outpost-api",
            "outpost-db",
            "outpost-domain",
            "outpost-protocol",
        ],
    ),
    (
        "outpost-desk",
        &[
            "outpost-api",
            "outpost-bundle",
            "outpost-db",
            "outpost-documents",
            "outpost-domain",
            "outpost-protocol",
            "outpost-sync",
        ],
    ),
    ("outpost-demo", &["outpost-api", "outpost-domain"]),
    (
        "outpost-central",
        &[
            "outpost-api",
            "outpost-bundle",
            "outpost-demo",
            "outpost-domain",
        ],
    ),
    (
        "outpost-ui",
        &[
            "outpost-charts",
            "outpost-domain",
            "outpost-imaging",
            "outpost-protocol",
        ],
    ),
    (
        "outpost",
        &["outpost-desk", "outpost-domain", "outpost-protocol"],
    ),
    ("outpost-tests", &[]),
];

fn graph() -> BTreeMap<String, BTreeSet<String>> {
    let out = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
            "--offline",
        ])
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| {
            let needs = package["dependencies"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|d| d["kind"].is_null())
                .map(|d| d["name"].as_str().unwrap().to_owned())
                .filter(|name| name.starts_with("outpost"))
                .collect();
            (package["name"].as_str().unwrap().to_owned(), needs)
        })
        .collect()
}

#[test]
fn arrows_between_crates_point_down_only() {
    let allowed: BTreeMap<_, _> = ALLOWED.iter().copied().collect();
    for (package, needs) in graph() {
        let may = allowed
            .get(package.as_str())
            .unwrap_or_else(|| panic!("{package} has no place in the graph yet"));
        for need in needs {
            assert!(
                may.contains(&need.as_str()),
                "{package} must not depend on {need}"
            );
        }
    }
}
