//! `outpost-installed`: an officer's day at a workstation that a package installed, in two parts with an upgrade
//! between them. `scripts/package-test` runs it on a clean system as an ordinary user.
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use outpost_tests::central::{Central, World};
use outpost_tests::poll::{SOON, until};
use outpost_tests::post::{Kind, Post};
use outpost_tests::stage::Stage;
use outpost_tests::window::{Role, Window};
use outpost_tests::words::Words;

/// What the officer records before the upgrade and finds after it.
const FINDING: &str = "Rat droppings between the second and third pallet";

/// Where the package puts what the shell calls.
const WINDOW: &str = "/usr/lib/outpost/outpost-window";

/// An officer's day at an installed workstation.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    part: Part,
    /// Where the data of workstation and central stay between the parts
    #[arg(long)]
    data: PathBuf,
    /// Where the pictures go
    #[arg(long)]
    pictures: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Signs in for the first time and records a finding that is not sent
    Before,
    /// Finds it over the same data, and it is sent
    After,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    std::fs::create_dir_all(&arguments.data)?;
    std::fs::create_dir_all(&arguments.pictures)?;
    let stage = Stage::raise()?;
    let words = Words::english()?;
    let world = World {
        inspections: 41,
        seed: 1,
        scans: false,
    };
    let mut central = Central::start(&stage, &arguments.data.join("central"), world)?;
    let mut post = Post::start_with(
        &stage,
        Kind::Installed,
        &arguments.data.join("workstation"),
        &central.url(),
        WINDOW.into(),
    )?;
    let window = post.window()?;
    let shown = std::fs::read_link(format!("/proc/{}/exe", window.pid()))?;
    anyhow::ensure!(
        shown == Path::new(WINDOW),
        "the window is {} and not the installed one",
        shown.display()
    );
    window.sees(words.get("sign-in-who")?)?;
    picture(&stage, &arguments, &format!("sign-in-{:?}", arguments.part))?;
    post.sign_in(&window, &words, &["Customs", "Inspector"])?;
    match arguments.part {
        Part::Before => {
            opens_the_first(&window, &words, &arguments.data)?;
            central.down()?;
            window.sees(words.get("line-down")?)?;
            records(&window, &words)?;
        }
        Part::After => {
            opens_again(&window, &words, &arguments.data)?;
            window.sees(FINDING)?;
            window.sees(words.get("waiting-nothing")?)?;
            let page = central.page("/")?;
            anyhow::ensure!(
                page.matches(FINDING).count() == 1,
                "the central does not show the finding once"
            );
        }
    }
    picture(&stage, &arguments, &format!("checks-{:?}", arguments.part))?;
    if arguments.part == Part::After {
        follows_links(&post, &window, &words)?;
        picture(&stage, &arguments, "link-refused")?;
    }
    post.quit()
}

/// Opens the officer's first inspection and notes its unit for the second part.
fn opens_the_first(window: &Window<'_>, words: &Words, data: &Path) -> Result<()> {
    window.press(Role::Button, words.get("filter-mine")?)?;
    let untouched = words.get("badge-untouched")?;
    let unit = until("an inspection is assigned", SOON, || {
        let rows = window.all(Role::Row, "")?;
        let row = rows.into_iter().find(|row| row.name.contains(untouched));
        Ok(row.and_then(|row| Some(row.name.split_once(", ")?.0.to_owned())))
    })?;
    std::fs::write(data.join("unit"), &unit)?;
    opens(window, words, &unit)
}

fn opens_again(window: &Window<'_>, words: &Words, data: &Path) -> Result<()> {
    let unit = std::fs::read_to_string(data.join("unit")).context("the first part noted a unit")?;
    opens(window, words, &unit)
}

fn opens(window: &Window<'_>, words: &Words, unit: &str) -> Result<()> {
    window.press(Role::Button, words.get("filter-post")?)?;
    window.press(Role::Row, unit)?;
    window.press(Role::Button, words.get("preview-open")?)?;
    let checks = words.get("insp-tab-checks")?;
    window.press(Role::Tab, checks)?;
    until("checks and findings are shown", SOON, || {
        let tabs = window.all(Role::Tab, checks)?;
        Ok(tabs
            .iter()
            .any(outpost_tests::window::Control::on)
            .then_some(()))
    })
}

fn records(window: &Window<'_>, words: &Words) -> Result<()> {
    window.keys(&["f"])?;
    window.find(Role::Dialog, words.get("finding-title")?)?;
    window.press_in_dialog(Role::Button, words.get("severity-major")?)?;
    window.choose(
        words.get("finding-category")?,
        words.get("finding-undeclared")?,
    )?;
    window.write(words.get("finding-text")?, FINDING)?;
    window.press_in_dialog(Role::Button, words.get("finding-record")?)?;
    window.dialog_closes()?;
    window.sees(FINDING).map(drop)
}

/// A link that another program opens reaches the window that is there; what it says is not trusted.
fn follows_links(post: &Post<'_>, window: &Window<'_>, words: &Words) -> Result<()> {
    post.start_second(&["outpost://inspection/0197a2c4-5b1e-7c3d-8e4f-112233445566"])?;
    window.sees(words.get("problem-unknown-inspection")?)?;
    post.start_second(&["outpost://inspection/../../etc/passwd"])?;
    window
        .sees("nothing was opened: outpost://inspection/../../etc/passwd")
        .map(drop)
}

fn picture(stage: &Stage, arguments: &Arguments, name: &str) -> Result<()> {
    let path = arguments
        .pictures
        .join(format!("{}.png", name.to_lowercase()));
    stage.write_picture(&stage.settled(None)?, &path)
}
