//! Files from outside: chosen in the system's dialog, or dropped onto the window.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use egui::Ui;

/// Nobody chooses or puts away a dialog in less.
const QUICKEST: Duration = Duration::from_millis(150);

/// The desktop has no dialog for files: neither a portal nor a helper program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoDialog;

/// Asks with the system's dialog; to be called off the window's thread. The dialog's library answers "nothing" both
/// when the officer put the dialog away and when the desktop has none to show; the second comes at once.
///
/// # Errors
/// When no dialog appeared.
pub fn ask<T>(show: impl FnOnce() -> Option<T>) -> Result<Option<T>, NoDialog> {
    let begun = Instant::now();
    match show() {
        None if begun.elapsed() < QUICKEST => Err(NoDialog),
        answer => Ok(answer),
    }
}

/// The files that were dropped onto the window since the last frame.
pub fn dropped(ui: &Ui) -> Vec<PathBuf> {
    ui.input_mut(|input| std::mem::take(&mut input.raw.dropped_files))
        .into_iter()
        .map(|file| file.path().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialog_that_was_put_away_is_none_and_one_that_never_came_is_told() {
        assert_eq!(ask(|| None::<u8>), Err(NoDialog));
        assert_eq!(ask(|| Some(1)), Ok(Some(1)));
        let put_away = ask(|| {
            std::thread::park_timeout(QUICKEST * 2);
            None::<u8>
        });
        assert_eq!(put_away, Ok(None));
    }
}
