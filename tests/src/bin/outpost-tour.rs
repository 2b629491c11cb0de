//! `outpost-tour`: goes the whole way in the real window on a virtual display and leaves numbered pictures.
#![forbid(unsafe_code)]

use std::path::PathBuf;

use clap::Parser;
use outpost_tests::central::World;
use outpost_tests::post::Kind;
use outpost_tests::walk::{Plan, walk};

/// Goes the whole way in the real window on a virtual display and leaves numbered pictures.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    /// Where the pictures go
    #[arg(long, value_name = "DIR")]
    pictures: PathBuf,
    /// Inspections of the demonstration world
    #[arg(long, value_name = "N", default_value_t = 41)]
    inspections: u32,
    /// Seed of the demonstration world
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The workstation without the Tauri shell
    #[arg(long)]
    no_shell: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let report = walk(&Plan {
        kind: if arguments.no_shell {
            Kind::Desk
        } else {
            Kind::Shell
        },
        world: World {
            inspections: arguments.inspections,
            seed: arguments.seed,
            scans: true,
        },
        pictures: Some(arguments.pictures.clone()),
    })?;
    println!(
        "The whole way was gone in the real window; {} places, light and dark, are in {}. \
         The outbox was empty {:.1} s after the line came back.",
        report.pictures,
        arguments.pictures.display(),
        report.emptied.as_secs_f64(),
    );
    Ok(())
}
