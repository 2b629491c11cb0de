//! The shell: keeps the window running over the desk, says what the officer should hear when it is closed, and ends
//! everything in order.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use outpost_desk::{Desk, Supervisor, WindowError};
use outpost_protocol::{Notice, Status};
use tauri::{AppHandle, Manager as _};
use tauri_plugin_notification::NotificationExt as _;

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
}

impl Shell {
    /// Over an open desk, with the window program at `window`.
    pub fn new(app: AppHandle, desk: Desk, window: PathBuf) -> Arc<Self> {
        Arc::new(Self {
            desk,
            window: Supervisor::new(window),
            open: AtomicBool::new(false),
            app,
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
        self.desk.subscribe(move |status| show(&app, status));
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
        if notice.problem.code != "new-assignment" {
            return;
        }
        let unit = notice.problem.args.get("unit").map_or("", String::as_str);
        let words = Words::chosen(&self.status());
        let what = words.say_of("tell-assignment-what", "unit", unit);
        self.notify(&words.say("tell-assignment"), &what);
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
    let brought = app.run_on_main_thread(move || {
        preview::seat(&handle, status.officer.as_ref().map(|officer| officer.id));
        if let Some(tray) = handle.try_state::<Tray>()
            && let Err(error) = tray.show(&status, &Words::chosen(&status))
        {
            tracing::warn!(%error, "the tray could not be changed");
        }
    });
    if let Err(error) = brought {
        tracing::debug!(%error, "the program ends; the tray is not changed");
    }
}
