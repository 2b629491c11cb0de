//! The tray: the line and what waits, and three acts. It may have no host and is never the only way to learn something.

use std::sync::{Arc, Mutex, PoisonError};

use outpost_protocol::{Line, Status};
use tauri::image::Image;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{AppHandle, Wry, include_image};

use crate::shell::Shell;
use crate::words::Words;

const UP: Image<'static> = include_image!("../icons/tray-up.png");
const DOWN: Image<'static> = include_image!("../icons/tray-down.png");
const STUCK: Image<'static> = include_image!("../icons/tray-stuck.png");

/// What the icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The line is up.
    Up,
    /// It is not, or was not tried yet.
    Down,
    /// Something is stuck.
    Stuck,
}

impl Mark {
    /// For a status: what is stuck goes before the line.
    pub fn of(status: &Status) -> Self {
        match &status.line {
            _ if status.stuck > 0 => Self::Stuck,
            Line::Up { .. } if !status.line_pulled => Self::Up,
            _ => Self::Down,
        }
    }

    const fn image(self) -> Image<'static> {
        match self {
            Self::Up => UP,
            Self::Down => DOWN,
            Self::Stuck => STUCK,
        }
    }
}

/// The icon and its menu.
pub struct Tray {
    icon: TrayIcon,
    standing: MenuItem<Wry>,
    open: MenuItem<Wry>,
    send: MenuItem<Wry>,
    quit: MenuItem<Wry>,
    /// What was shown last: the status changes more often than what is said of it.
    shown: Mutex<Option<(String, Mark, &'static str)>>,
}

impl Tray {
    /// Puts the icon into the tray; its acts go to the shell.
    pub fn build(app: &AppHandle, shell: &Arc<Shell>) -> tauri::Result<Self> {
        let status = shell.status();
        let words = Words::chosen(&status);
        let standing = MenuItem::with_id(app, "standing", "", false, None::<&str>)?;
        let open = MenuItem::with_id(app, "open", "", true, None::<&str>)?;
        let send = MenuItem::with_id(app, "send", "", true, None::<&str>)?;
        let quit = MenuItem::with_id(app, "quit", "", true, None::<&str>)?;
        let rule = PredefinedMenuItem::separator(app)?;
        let menu = Menu::with_items(app, &[&standing, &rule, &open, &send, &quit])?;
        let acting = shell.clone();
        let icon = TrayIconBuilder::with_id("outpost")
            .icon(Mark::of(&status).image())
            .menu(&menu)
            .on_menu_event(move |_, event| match event.id().as_ref() {
                "open" => acting.open_window(),
                "send" => acting.send_now(),
                "quit" => acting.quit(),
                _ => {}
            })
            .build(app)?;
        let tray = Self {
            icon,
            standing,
            open,
            send,
            quit,
            shown: Mutex::default(),
        };
        tray.show(&status, &words, 0)?;
        Ok(tray)
    }

    /// Shows a status; from the main thread.
    pub fn show(&self, status: &Status, words: &Words, kept: usize) -> tauri::Result<()> {
        let now = (words.standing(status, kept), Mark::of(status), words.code());
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if shown.as_ref() == Some(&now) {
            return Ok(());
        }
        self.standing.set_text(&now.0)?;
        self.open.set_text(words.say("tray-open"))?;
        self.send.set_text(words.say("tray-send"))?;
        self.quit.set_text(words.say("tray-quit"))?;
        self.icon.set_tooltip(Some(&now.0))?;
        self.icon.set_icon(Some(now.1.image()))?;
        *shown = Some(now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::status;

    #[test]
    fn what_is_stuck_goes_before_the_line_on_the_icon() {
        let mut status = status();
        assert_eq!(Mark::of(&status), Mark::Up);
        status.line_pulled = true;
        assert_eq!(Mark::of(&status), Mark::Down);
        status.stuck = 1;
        assert_eq!(Mark::of(&status), Mark::Stuck);
    }
}
