//! A workstation on a stage: started, signed in at, killed and started again over the same data.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::poll::{SOON, until};
use crate::program::{Program, binary};
use crate::stage::Stage;
use crate::window::{Role, Window};
use crate::words::Words;

/// Which program is the workstation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The Tauri shell.
    Shell,
    /// `outpost-desk` with the window, without Tauri.
    Desk,
    /// The Tauri shell as a package installed it, which finds its window by itself. The store's key is read from a file
    /// beside the data, since the keyring ends with the stage.
    Installed,
}

/// Where a package installs the shell.
const INSTALLED: &str = "/usr/bin/outpost";

/// A workstation and its data.
#[derive(Debug)]
pub struct Post<'a> {
    stage: &'a Stage,
    kind: Kind,
    data: PathBuf,
    central: String,
    window: PathBuf,
    /// More words of its command line.
    words: Vec<String>,
    program: Option<Program>,
}

impl<'a> Post<'a> {
    /// Starts a workstation over `data`, enrolled at the central.
    pub fn start(stage: &'a Stage, kind: Kind, data: &Path, central: &str) -> Result<Self> {
        let window = binary("outpost-window")?;
        Self::start_with(stage, kind, data, central, window)
    }

    /// As [`Post::start`], with another program for its window.
    pub fn start_with(
        stage: &'a Stage,
        kind: Kind,
        data: &Path,
        central: &str,
        window: PathBuf,
    ) -> Result<Self> {
        let mut post = Self::prepare(stage, kind, data, central, window);
        post.up()?;
        Ok(post)
    }

    /// A workstation that is not started yet.
    pub fn prepare(
        stage: &'a Stage,
        kind: Kind,
        data: &Path,
        central: &str,
        window: PathBuf,
    ) -> Self {
        Self {
            stage,
            kind,
            data: data.to_owned(),
            central: central.to_owned(),
            window,
            words: Vec::new(),
            program: None,
        }
    }

    /// With these words on its command line from now on.
    #[must_use]
    pub fn with_words(mut self, words: &[&str]) -> Self {
        self.words = words.iter().map(|&word| word.to_owned()).collect();
        self
    }

    /// Starts it over the data that are there.
    pub fn up(&mut self) -> Result<()> {
        let program = self.stage.start(self.name(), &mut self.command()?)?;
        self.program = Some(program);
        Ok(())
    }

    /// Starts it once more beside the one that runs, with more words, and waits until that start has ended well.
    pub fn start_second(&self, words: &[&str]) -> Result<()> {
        let mut command = self.command()?;
        let output = command.args(words).output().context("a second start")?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("the second start ended with {}\n{said}", output.status);
        }
        Ok(())
    }

    /// Waits until it has ended by itself, and every process of it.
    pub fn ends(&mut self) -> Result<()> {
        let program = self.program.take().context("the workstation runs")?;
        let family = crate::program::family(program.pid());
        until("the workstation ends", SOON, || {
            Ok(family
                .iter()
                .all(|pid| !crate::program::alive(*pid))
                .then_some(()))
        })
    }

    fn command(&self) -> Result<Command> {
        let program = match self.kind {
            Kind::Shell | Kind::Desk => binary(self.name())?,
            Kind::Installed => INSTALLED.into(),
        };
        let mut command = self.stage.command(program);
        command
            .arg("--data")
            .arg(&self.data)
            .args(["--central", &self.central])
            .args(&self.words);
        match self.kind {
            Kind::Shell => command.env("OUTPOST_WINDOW", &self.window),
            Kind::Desk => command.arg("--window").arg(&self.window),
            Kind::Installed => command
                .arg("--key-file")
                .arg(self.data.with_extension("key")),
        };
        Ok(command)
    }

    const fn name(&self) -> &'static str {
        match self.kind {
            Kind::Shell | Kind::Installed => "outpost",
            Kind::Desk => "outpost-desk",
        }
    }

    /// The process id of the program that owns the data.
    pub fn pid(&self) -> Result<u32> {
        let program = self.program.as_ref().context("the workstation runs")?;
        Ok(program.pid())
    }

    /// Its window.
    pub fn window(&self) -> Result<Window<'a>> {
        let program = self.program.as_ref().context("the workstation runs")?;
        Window::of(self.stage, program.pid()).with_context(|| program.said())
    }

    /// Ends it as a log-out does, and waits until every process of it is gone.
    pub fn quit(&mut self) -> Result<()> {
        let mut program = self.program.take().context("the workstation runs")?;
        let family = crate::program::family(program.pid());
        program.stop(SOON)?;
        until("the window ends with the workstation", SOON, || {
            Ok(family
                .iter()
                .all(|pid| !crate::program::alive(*pid))
                .then_some(()))
        })
    }

    /// Kills the program that owns the data with -9, and leaves its window.
    pub fn kill_owner(&mut self) -> Result<()> {
        let mut program = self.program.take().context("the workstation runs")?;
        crate::program::signal(program.pid(), rustix::process::Signal::KILL)?;
        program.ended(SOON).map(drop)
    }

    /// Kills every process of it with -9.
    pub fn kill(&mut self) -> Result<()> {
        self.program.take().context("the workstation runs")?.kill()
    }

    /// Signs in as the first officer whose card says all of `who`; does nothing when someone is still signed in.
    pub fn sign_in(&self, window: &Window<'_>, words: &Words, who: &[&str]) -> Result<()> {
        let asks = words.get("sign-in-who")?;
        let rows = words.get("worklist-search")?;
        let asked = until(
            "somebody is asked for or the worklist is there",
            SOON,
            || {
                let asked = window.shows(asks)?;
                Ok((asked || !window.all(Role::Field, rows)?.is_empty()).then_some(asked))
            },
        )?;
        if !asked {
            return Ok(());
        }
        // A card that goes away between the look and the press is looked for again.
        until("the officer's card can be pressed", SOON, || {
            let cards = window.all(Role::Radio, "")?;
            let card = cards
                .into_iter()
                .find(|card| who.iter().all(|word| card.name.contains(word)));
            card.map(|card| window.act(&card)).transpose()
        })?;
        let hint = window.sees(words.get("sign-in-demonstration")?)?;
        let pin: String = hint.chars().filter(char::is_ascii_digit).collect();
        window.write(words.get("sign-in-pin")?, &pin)?;
        window.press(Role::Button, words.get("sign-in")?)?;
        window.find(Role::Field, rows).map(drop)
    }
}
