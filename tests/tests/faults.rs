//! The faults that `docs/reliability.md` names have the tests that it names.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    let tests = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo tells where the package is");
    Path::new(&tests).join("..")
}

fn read_sources(folder: &Path, read: &mut Vec<String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_sources(&path, read)?;
        } else if path.extension().is_some_and(|e| e == "rs") {
            read.push(std::fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

/// Whether a function of this name stands right behind a test's attribute.
fn is_a_test(name: &str, source: &str) -> bool {
    let head = format!("fn {name}(");
    let mut before = "";
    source.lines().map(str::trim).any(|line| {
        let found = line.contains(&head)
            && (before.starts_with("#[test]") || before.starts_with("#[tokio::test"));
        before = line;
        found
    })
}

#[test]
fn each_named_fault_has_its_tests() -> std::io::Result<()> {
    let told = std::fs::read_to_string(root().join("docs/reliability.md"))?;
    let table = told
        .split("## Faults by name")
        .nth(1)
        .and_then(|rest| rest.split("\n## ").next())
        .expect("the page has the table");
    let rows = table.lines().filter(|line| line.starts_with("| "));
    let rows: Vec<&str> = rows.skip(1).collect();
    assert!(rows.len() > 20, "{} faults", rows.len());
    let mut sources = Vec::new();
    for folder in ["crates", "db", "tests"] {
        read_sources(&root().join(folder), &mut sources)?;
    }
    for row in rows {
        let names: Vec<&str> = row.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "no test: {row}");
        for name in names {
            let there = sources.iter().any(|source| is_a_test(name, source));
            assert!(there, "there is no test {name}");
        }
    }
    Ok(())
}
