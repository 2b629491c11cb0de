//! The reference central as a program under test.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::poll::SOON;
use crate::program::{Program, binary};
use crate::stage::Stage;

/// The demonstration world that a central serves.
#[derive(Debug, Clone, Copy)]
pub struct World {
    /// Inspections of the land post.
    pub inspections: u32,
    /// Another seed is another world.
    pub seed: u64,
    /// Whether radiographs are computed, which takes a processor for a while.
    pub scans: bool,
}

/// A central that can be stopped and started again at the same address.
#[derive(Debug)]
pub struct Central {
    data: PathBuf,
    world: World,
    address: String,
    program: Option<Program>,
}

impl Central {
    /// Starts a central on a free port of the loopback.
    pub fn start(stage: &Stage, data: &Path, world: World) -> Result<Self> {
        let mut central = Self {
            data: data.to_owned(),
            world,
            address: "127.0.0.1:0".to_owned(),
            program: None,
        };
        central.up(stage)?;
        Ok(central)
    }

    /// Starts it again where it was.
    pub fn up(&mut self, stage: &Stage) -> Result<()> {
        let mut command = stage.command(binary("outpost-central")?);
        command
            .args(["--listen", &self.address, "--demo"])
            .args(["--inspections", &self.world.inspections.to_string()])
            .args(["--seed", &self.world.seed.to_string()])
            .arg("--data")
            .arg(&self.data);
        if !self.world.scans {
            command.arg("--no-scans");
        }
        let mut program = stage.start("outpost-central", &mut command)?;
        self.address = program.line(SOON, |line| {
            Some(line.split_once("http://")?.1.trim().to_owned())
        })?;
        self.program = Some(program);
        Ok(())
    }

    /// Starts it again where it was, with more inspections than before.
    pub fn grow(&mut self, stage: &Stage, inspections: u32) -> Result<()> {
        self.world.inspections = inspections;
        self.up(stage)
    }

    /// Stops it as a machine that is shut down does.
    pub fn down(&mut self) -> Result<()> {
        if let Some(mut program) = self.program.take() {
            let status = program.stop(SOON)?;
            if !status.success() {
                bail!("the central ended with {status}\n{}", program.said());
            }
        }
        Ok(())
    }

    /// Kills it with -9.
    pub fn kill(&mut self) -> Result<()> {
        self.program
            .take()
            .map_or(Ok(()), |mut program| program.kill())
    }

    /// Its URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Reads a page.
    pub fn page(&self, path: &str) -> Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(
            stream,
            "GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n",
            self.address
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer
            .split_once("\r\n\r\n")
            .context("an answer has a head")?;
        if !head
            .lines()
            .next()
            .is_some_and(|line| line.contains(" 200 "))
        {
            bail!("{path}: {head}");
        }
        Ok(body.to_owned())
    }
}
