//! The shell: keeps the window running over the desk, says what the officer should hear when it is closed, and ends
//! everything in order.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use outpost_desk::{AtLogin, Desk, Supervisor, WindowError};
use outpost_protocol::{Notice, Status};
use tauri::{AppHandle, Manager as _};
use tauri_plugin_notification::NotificationExt as _;

use crate::login::{Entry, NoEntry};
use crate::notify::{self, After, How, Kept};
use crate::platform;
use crate::preview;
use crate::tray::Tray;
use crate::words::Words;

/// The desk, its window, and the application around them.
pub struct Shell {
    desk: Desk,
    window: Supervisor,
    /// Whether a window runs, or is being started again.
    open: AtomicBool,
    app: AppHandle,
    /// What is told after the quiet hours.
    kept: Kept,
}

/// How often it is looked whether the quiet hours are over.
const A_MINUTE: Duration = Duration::from_mins(1);

impl Shell {
    /// Over an open desk, with the window program at `window`.
    pub fn new(app: AppHandle, desk: Desk, window: PathBuf) -> Arc<Self> {
        Arc::new(Self {
            desk,
            window: Supervisor::new(window),
            open: AtomicBool::new(false),
            app,
            kept: Kept::default(),
        })
    }

    /// Shows the tray and listens to the desk. A desktop without a tray is no fault.
    pub fn start(self: &Arc<Self>) {
        match Tray::build(&self.app, self) {
            Ok(tray) => {
                self.app.manage(tray);
            }
            Err(error) => tracing::warn!(%error, "there is no tray"),
        }
        let app = self.app.clone();
        let shell = Arc::downgrade(self);
        self.desk.subscribe(move |status| {
            show(&app, status);
            // The quiet hours may have been changed.
            if let Some(shell) = shell.upgrade() {
                shell.tell_what_was_kept();
            }
        });
        self.watch_the_clock();
        let app = self.app.clone();
        let desk = Arc::downgrade(self);
        self.desk.on_preview(move |paper| {
            let shell = desk.upgrade().ok_or("the program ends")?;
            preview::show(&app, &Words::chosen(&shell.status()), paper)
        });
        let shell = Arc::downgrade(self);
        self.desk.on_notice(move |notice| {
            if let Some(shell) = shell.upgrade() {
                shell.tell(notice);
            }
        });
    }

    /// Opens the window, or brings it to the front when it is open.
    pub fn open_window(self: &Arc<Self>) {
        if self.open.swap(true, Ordering::SeqCst) {
            self.desk.raise_window();
            return;
        }
        let shell = self.clone();
        let started = std::thread::Builder::new()
            .name("window".to_owned())
            .spawn(move || shell.keep_window());
        if let Err(error) = started {
            self.open.store(false, Ordering::SeqCst);
            tracing::error!(%error, "no thread for the window");
        }
    }

    /// Follows a link that another program opened.
    pub fn follow(&self, link: &str) {
        self.desk.follow(link);
    }

    /// Sends and fetches at once.
    pub fn send_now(&self) {
        self.desk.sync_now();
    }

    /// How everything stands.
    pub fn status(&self) -> Status {
        self.desk.status()
    }

    /// Ends the program; [`Self::end`] follows on the main thread.
    pub fn quit(&self) {
        self.app.exit(0);
    }

    /// Ends the window, which keeps what is being typed, then the desk.
    pub fn end(&self) {
        self.window.stop(&self.desk);
        self.desk.shutdown();
    }

    fn keep_window(&self) {
        let ended = self.window.run(&self.desk);
        self.open.store(false, Ordering::SeqCst);
        match ended {
            Ok(()) if platform::tray_is_shown() => {
                tracing::info!("the window is closed; sending goes on from the tray");
            }
            Ok(()) => {
                tracing::info!("the window is closed and no tray is shown: the program ends");
                self.quit();
            }
            Err(error) => self.give_up(&error),
        }
    }

    /// The window does not stay open: says so where the officer sees it.
    fn give_up(&self, error: &WindowError) {
        tracing::error!(%error, "the window is left alone");
        let reachable = platform::tray_is_shown();
        let words = Words::chosen(&self.status());
        let title = words.say("window-gone");
        let safe = words.say_of("window-gone-safe", "reason", &error.to_string());
        let next = if reachable {
            "window-gone-tray"
        } else {
            "window-gone-end"
        };
        let text = format!("{safe} {}", words.say(next));
        self.notify(&title, &text);
        let app = self.app.clone();
        let said = self.app.run_on_main_thread(move || {
            platform::message(&title, &text, move || {
                if !reachable {
                    app.exit(1);
                }
            });
        });
        if let Err(error) = said {
            tracing::error!(%error, "the message could not be shown");
        }
    }

    fn tell(&self, notice: &Notice) {
        let Some(title) = notify::title(&notice.problem.code) else {
            return;
        };
        let status = self.status();
        let words = Words::chosen(&status);
        let (title, text) = (words.say(title), words.problem(&notice.problem));
        match notify::how(notice.grave, self.desk.is_quiet()) {
            How::Aloud => self.notify(&title, &text),
            How::Silent => platform::notify_silently(&title, &text),
            How::Later => {
                self.kept.keep(notice.clone());
                show(&self.app, &status);
            }
        }
    }

    /// Tells what was kept, once the quiet hours are over.
    fn tell_what_was_kept(&self) {
        if self.kept.count() == 0 || self.desk.is_quiet() {
            return;
        }
        let status = self.status();
        match self.kept.take() {
            None => return,
            Some(After::Each(notices)) => notices.iter().for_each(|notice| self.tell(notice)),
            Some(After::Number(count)) => {
                let words = Words::chosen(&status);
                let what = words.say_count("tell-after-what", count as u64);
                self.notify(&words.say("tell-after"), &what);
            }
        }
        show(&self.app, &status);
    }

    /// Looks every minute whether the quiet hours are over.
    fn watch_the_clock(self: &Arc<Self>) {
        let shell = Arc::downgrade(self);
        tauri::async_runtime::spawn(async move {
            loop {
                tokio::time::sleep(A_MINUTE).await;
                let Some(shell) = shell.upgrade() else { return };
                shell.tell_what_was_kept();
            }
        });
    }

    /// Offers the start at login, where the system has a place for it.
    pub fn offer_login(&self, entry: Result<Entry, NoEntry>) {
        match entry {
            Ok(entry) => {
                let to_turn = entry.clone();
                self.desk.on_at_login(AtLogin {
                    is_on: Box::new(move || entry.is_on()),
                    turn: Box::new(move |on| to_turn.turn(on).map_err(|error| error.to_string())),
                });
            }
            Err(error) => tracing::warn!(%error, "the start at login is not offered"),
        }
    }

    /// The laptop has woken or the network is another one.
    pub fn network_changed(&self) {
        self.desk.network_changed();
    }

    fn notify(&self, title: &str, text: &str) {
        let shown = self
            .app
            .notification()
            .builder()
            .title(title)
            .body(text)
            .show();
        if let Err(error) = shown {
            tracing::warn!(%error, "a notification could not be shown");
        }
    }
}

/// Brings a status to the tray without waiting: the desk's thread that tells it must go on.
fn show(app: &AppHandle, status: &Status) {
    let (status, handle) = (status.clone(), app.clone());
    let kept = app
        .try_state::<Arc<Shell>>()
        .map_or(0, |shell| shell.kept.count());
    let brought = app.run_on_main_thread(move || {
        preview::seat(&handle, status.officer.as_ref().map(|officer| officer.id));
        if let Some(tray) = handle.try_state::<Tray>()
            && let Err(error) = tray.show(&status, &Words::chosen(&status), kept)
        {
            tracing::warn!(%error, "the tray could not be changed");
        }
    });
    if let Err(error) = brought {
        tracing::debug!(%error, "the program ends; the tray is not changed");
    }
}
