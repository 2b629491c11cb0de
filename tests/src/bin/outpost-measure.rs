//! `outpost-measure`: what an officer waits for with many inspections, over the real binaries on a virtual display:
//! the first pull, the desk's memory in it, the first frame with and without rows, the processor at rest, and the
//! start of the shell.
#![forbid(unsafe_code)]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Parser;
use outpost_tests::central::{Central, World};
use outpost_tests::poll::until;
use outpost_tests::post::{Kind, Post};
use outpost_tests::program::binary;
use outpost_tests::stage::Stage;
use outpost_tests::words::Words;

/// Measures the first pull, the desk's memory, the first frame and rest over the real binaries.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    /// Inspections of the demonstration world
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    inspections: u32,
    /// Starts over the data that were fetched
    #[arg(long, value_name = "N", default_value_t = 5)]
    starts: u32,
    /// Seconds over which the processor at rest is watched
    #[arg(long, value_name = "N", default_value_t = 20)]
    rest: u64,
}

/// The longest that a first pull is waited for.
const PULLED: Duration = Duration::from_mins(15);

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let stage = Stage::raise()?;
    let words = Words::english()?;
    let world = World {
        inspections: arguments.inspections,
        seed: 1,
        scans: false,
    };
    let central = Central::start(&stage, &stage.folder().join("central"), world)?;
    let frames = stage.folder().join("frames.log");
    let window = timed_window(stage.folder(), &frames)?;
    let data = stage.folder().join("workstation");
    let began = Instant::now();
    let mut post = Post::start_with(&stage, Kind::Desk, &data, &central.url(), window)?;
    let shown = post.window()?;
    post.sign_in(&shown, &words, &["Customs", "Inspector"])?;
    until("every inspection is in the window", PULLED, || {
        Ok((rows(&frames)? >= arguments.inspections).then_some(()))
    })?;
    let took = began.elapsed();
    println!(
        "first pull of {} inspections, from the start of the desk until the window has them all: {:.1} s, {:.0} a second; \
         the desk's memory at its highest {} MB, the window's {} MB",
        arguments.inspections,
        took.as_secs_f64(),
        f64::from(arguments.inspections) / took.as_secs_f64(),
        status_kb(post.pid()?, "VmHWM:")? / 1_000,
        status_kb(shown.pid(), "VmHWM:")? / 1_000,
    );
    let longest = frame_lines(&frames)?
        .iter()
        .skip(1)
        .map(|frame| frame.own)
        .fold(0.0, f64::max);
    println!("the longest frame of our own code in the pull, after the first: {longest:.2} ms");
    rests(&frames)?;
    let (desk, window) = (ticks(post.pid()?)?, ticks(shown.pid())?);
    std::thread::sleep(Duration::from_secs(arguments.rest));
    let per_second = |before: u64, now: u64| (now - before) as f64 / arguments.rest as f64;
    println!(
        "at rest over {} s: the window takes {:.2} % of a processor, the desk {:.2} %",
        arguments.rest,
        per_second(window, ticks(shown.pid())?),
        per_second(desk, ticks(post.pid()?)?),
    );
    for start in 1..=arguments.starts {
        post.quit()?;
        std::fs::write(&frames, "")?;
        post.up()?;
        let shown = post.window()?;
        post.sign_in(&shown, &words, &["Customs", "Inspector"])?;
        until("the rows are in the window", PULLED, || {
            Ok((rows(&frames)? >= arguments.inspections).then_some(()))
        })?;
        let lines = frame_lines(&frames)?;
        let first = lines.first().context("a first frame")?;
        let with_rows = lines
            .iter()
            .find(|frame| frame.rows >= arguments.inspections)
            .context("a frame with every row")?;
        let longest = lines
            .iter()
            .skip(1)
            .map(|frame| frame.own)
            .fold(0.0, f64::max);
        println!(
            "start {start}: first frame after {} ms; the first frame with every row took {:.2} ms of our own, the \
             longest after the first {longest:.2} ms",
            first.after, with_rows.own
        );
    }
    post.quit()?;
    drop(post);
    shell(&stage, &data, &central.url(), &frames, arguments.starts)
}

/// How long the Tauri shell takes over the same data, from the start of its process until the window has drawn.
fn shell(stage: &Stage, data: &Path, central: &str, frames: &Path, starts: u32) -> Result<()> {
    let window = timed_window(stage.folder(), frames)?;
    for start in 1..=starts {
        std::fs::write(frames, "")?;
        let began = Instant::now();
        let mut post = Post::start_with(stage, Kind::Shell, data, central, window.clone())?;
        let (first, took) = until("the window has drawn", PULLED, || {
            let first = frame_lines(frames)?.into_iter().next();
            Ok(first.map(|first| (first, began.elapsed())))
        })?;
        println!(
            "shell, start {start}: the window had drawn {} ms after the shell's start, {} ms after its own",
            took.as_millis(),
            first.after,
        );
        if start == starts {
            at_rest(&post, frames)?;
        }
        post.quit()?;
    }
    Ok(())
}

/// What shell and window hold once somebody is signed in and nothing is drawn any more: their share of the memory
/// (PSS), in which a page that several processes map counts by parts.
fn at_rest(post: &Post<'_>, frames: &Path) -> Result<()> {
    let window = post.window()?;
    post.sign_in(&window, &Words::english()?, &["Customs", "Inspector"])?;
    rests(frames)?;
    let (shell, window) = (share_kb(post.pid()?)?, share_kb(window.pid())?);
    println!(
        "at rest after the sign-in: the shell's share of the memory {} MB, the window's {} MB, together {} MB",
        shell / 1_000,
        window / 1_000,
        (shell + window) / 1_000
    );
    Ok(())
}

/// Waits until nothing was drawn for three seconds.
fn rests(frames: &Path) -> Result<()> {
    until("nothing is drawn for a while", PULLED, || {
        let quiet = std::fs::metadata(frames)?.modified()?.elapsed()?;
        Ok((quiet > Duration::from_secs(3)).then_some(()))
    })
}

/// A process's share of the memory in kB.
fn share_kb(pid: u32) -> Result<u64> {
    field_kb(&format!("/proc/{pid}/smaps_rollup"), "Pss:")
}

/// A program that runs the window and writes down its frames.
fn timed_window(folder: &Path, frames: &Path) -> Result<PathBuf> {
    let path = folder.join("timed-window");
    let window = binary("outpost-window")?;
    let quoted = |path: &Path| format!("'{}'", path.display());
    std::fs::write(
        &path,
        format!(
            "#!/bin/sh\nexec {} --time-first-frame \"$@\" 2>>{}\n",
            quoted(&window),
            quoted(frames)
        ),
    )?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755))?;
    Ok(path)
}

/// A frame as the window told it.
struct Frame {
    after: u64,
    own: f64,
    rows: u32,
}

fn frame_lines(frames: &Path) -> Result<Vec<Frame>> {
    let text = std::fs::read_to_string(frames).unwrap_or_default();
    text.lines()
        .filter(|line| line.starts_with("frame ") && line.ends_with(" rows"))
        .map(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            let word = |at: usize| words.get(at).copied().with_context(|| line.to_owned());
            Ok(Frame {
                after: word(3)?.parse()?,
                own: word(5)?.parse()?,
                rows: word(10)?.parse()?,
            })
        })
        .collect()
}

fn rows(frames: &Path) -> Result<u32> {
    Ok(frame_lines(frames)?.last().map_or(0, |frame| frame.rows))
}

/// A line of `/proc/PID/status` in kB.
fn status_kb(pid: u32, field: &str) -> Result<u64> {
    field_kb(&format!("/proc/{pid}/status"), field)
}

fn field_kb(path: &str, field: &str) -> Result<u64> {
    let status = std::fs::read_to_string(path)?;
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.with_context(|| field.to_owned())?.parse()?)
}

/// Hundredths of a second of processor time that a process has had.
fn ticks(pid: u32) -> Result<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let after_name = stat.rsplit_once(')').context("a process has a name")?.1;
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let field = |at: usize| -> Result<u64> {
        Ok(fields.get(at).context("a process has its times")?.parse()?)
    };
    Ok(field(11)? + field(12)?)
}
