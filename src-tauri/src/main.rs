//! `outpost`: the Tauri shell around the desk. It owns the desk within its own process, starts the window as a child,
//! and carries what the window does not: tray, single instance, notifications, and the web view in which papers are shown.
//!
//! It knows no rule and stores nothing. Start reading at [`shell::Shell`].
#![forbid(unsafe_code)]
#![cfg_attr(windows, windows_subsystem = "windows")]

mod login;
mod notify;
mod platform;
mod preview;
mod shell;
mod tray;
mod words;
#[cfg(test)]
mod world;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Parser;
use outpost_desk::{Desk, Logs, Options};
use tauri::{App, AppHandle, Manager as _, RunEvent};

use crate::login::{Entry, NoEntry};
use crate::preview::{Previews, SCHEME};
use crate::shell::Shell;

/// The workstation of an officer who inspects cargo at a border.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    #[command(flatten)]
    options: Options,
    /// The window program; when not given, OUTPOST_WINDOW or the one beside this program
    #[arg(long)]
    window: Option<PathBuf>,
    /// Start in the tray, without opening the window: for the start of the session
    #[arg(long)]
    hidden: bool,
    /// A link to an inspection, outpost://inspection/ID, which the window shows
    link: Option<String>,
}

fn main() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    Logs::begin("outpost", Some(&cli.options.log_folder()?));
    if !platform::has_display() {
        eprintln!("{}", platform::NO_DISPLAY);
        return Ok(ExitCode::FAILURE);
    }
    platform::outlive_the_bus();
    let config = cli.options.config()?;
    let window = cli.window.map_or_else(window_program, Ok)?;
    // A second start over the same data ends within this call, after it has handed its wish over.
    let app = build(&config.data)?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "the shell starts");
    let entry = login_entry(&app.config().identifier, cli.link.as_deref());
    let shell = Shell::new(app.handle().clone(), Desk::open(config), window);
    app.manage(shell.clone());
    shell.start();
    shell.offer_login(entry);
    let waking = shell.clone();
    platform::on_another_network(move || waking.network_changed());
    let hidden = cli.hidden && cli.link.is_none();
    if let Some(link) = &cli.link {
        shell.follow(link);
    }
    if !hidden || !platform::tray_is_shown() {
        shell.open_window();
    }
    end_on_signals(shell.clone());
    app.run(move |_, event| match event {
        // The window is another process: that Tauri has none of its own is no reason to end.
        RunEvent::ExitRequested {
            code: None, api, ..
        } => api.prevent_exit(),
        RunEvent::Exit => shell.end(),
        _ => {}
    });
    Ok(ExitCode::SUCCESS)
}

fn build(data: &Path) -> anyhow::Result<App> {
    let mut context = tauri::generate_context!();
    context.config_mut().identifier = identifier(&context.config().identifier, data);
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(
            |app: &AppHandle, words, _| {
                if let Some(shell) = app.try_state::<Arc<Shell>>() {
                    if let Some(link) = link_of(words) {
                        shell.follow(&link);
                    }
                    shell.open_window();
                }
            },
        ))
        .plugin(tauri_plugin_notification::init())
        .manage(Previews::default())
        .register_uri_scheme_protocol(SCHEME, |context, request| {
            let previews = context.app_handle().state::<Previews>();
            previews.serve(context.webview_label(), request.uri().path())
        })
        .on_menu_event(|app, event| preview::chosen(app, event.id()))
        .build(context)
        .context("the shell could not be started")
}

/// The link among the words of a second start, which has read them itself and found nothing wrong.
fn link_of(words: Vec<String>) -> Option<String> {
    Cli::try_parse_from(words).ok()?.link
}

/// The entry that starts this workstation with the session: with the words of this start, but for the link.
fn login_entry(instance: &str, link: Option<&str>) -> Result<Entry, NoEntry> {
    // Within an AppImage the program lies in a folder that goes with it.
    let program = std::env::var_os("APPIMAGE").map_or_else(std::env::current_exe, |p| Ok(p.into()));
    let program = program.map_err(|_| NoEntry::NoFolder)?;
    let folder = std::env::current_dir().map_err(|_| NoEntry::NoFolder)?;
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--hidden" && Some(word.as_str()) != link)
        .collect();
    Entry::new(instance, &program, &words, &folder)
}

/// One instance for each data folder: two workstations on one machine are two programs.
fn identifier(product: &str, data: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    let folder = std::path::absolute(data).unwrap_or_else(|_| data.to_owned());
    folder.hash(&mut hasher);
    format!("{product}.d{:016x}", hasher.finish())
}

/// The window program that the environment names, or the one beside this program.
fn window_program() -> anyhow::Result<PathBuf> {
    if let Some(named) = std::env::var_os("OUTPOST_WINDOW").filter(|named| !named.is_empty()) {
        return Ok(named.into());
    }
    let me = std::env::current_exe().context("this program does not know where it stands")?;
    Ok(me.with_file_name(format!("outpost-window{}", std::env::consts::EXE_SUFFIX)))
}

/// SIGTERM and Ctrl C end the program as Quit does.
fn end_on_signals(shell: Arc<Shell>) {
    tauri::async_runtime::spawn(async move {
        if let Err(error) = end_wished().await {
            tracing::warn!(%error, "signals are not heard");
            return;
        }
        shell.quit();
    });
}

#[cfg(unix)]
async fn end_wished() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn end_wished() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_data_folder_has_an_instance_of_its_own() {
        let one = identifier("org.outpost.workstation", Path::new("/data/one"));
        assert_eq!(
            one,
            identifier("org.outpost.workstation", Path::new("/data/one"))
        );
        assert_ne!(
            one,
            identifier("org.outpost.workstation", Path::new("/data/two"))
        );
        assert!(one.starts_with("org.outpost.workstation.d"));
    }

    #[test]
    fn a_second_start_hands_its_link_over_and_nothing_else() {
        let link_of = |words: &[&str]| link_of(words.iter().map(|&word| word.into()).collect());
        assert_eq!(
            link_of(&["outpost", "outpost://x"]).as_deref(),
            Some("outpost://x")
        );
        assert_eq!(
            link_of(&["outpost", "--data", "/data/one", "--hidden", "outpost://x"]).as_deref(),
            Some("outpost://x")
        );
        assert_eq!(link_of(&["outpost", "--data", "outpost://x"]), None);
        assert_eq!(
            link_of(&["outpost", "--no-such-option", "outpost://x"]),
            None
        );
        assert_eq!(link_of(&[]), None);
    }

    /// They are built on the systems that they are for; here every key is one that Tauri knows, and every file is there.
    #[test]
    fn the_configurations_for_other_systems_say_only_what_tauri_knows() {
        use tauri::utils::config::Config;
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let read = |path: &str| -> serde_json::Value {
            let text = std::fs::read_to_string(here.join(path)).expect(path);
            serde_json::from_str(&text).expect(path)
        };
        for path in ["windows.json", "macos.json", "appimage.json"] {
            let mut whole = read("tauri.conf.json");
            whole["bundle"] = read(&format!("../packaging/{path}"))["bundle"].take();
            let config: Config = serde_json::from_value(whole).expect(path);
            let bundle = config.bundle;
            let files = bundle.icon.iter().map(PathBuf::from);
            for file in files.chain(bundle.license_file) {
                assert!(here.join(&file).is_file(), "{path}: {}", file.display());
            }
            assert_eq!(bundle.external_bin.map(|programs| programs.len()), Some(2));
        }
    }

    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }
}
