//! What is told on the desktop, and what becomes of it in the quiet hours: what is grave is shown without a sound, the
//! rest is kept, counted in the tray, and told afterwards. Nothing is told there alone: the window shows it too.

use std::sync::{Mutex, PoisonError};

use outpost_protocol::Notice;

/// Notices told one by one after the quiet hours; more are told as their number.
const ONE_BY_ONE: usize = 3;

/// What becomes of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It is shown as the desktop shows notifications.
    Aloud,
    /// It is shown without a sound.
    Silent,
    /// It is kept until the quiet hours are over.
    Later,
}

/// What becomes of a notice now.
pub const fn how(grave: bool, quiet: bool) -> How {
    match (quiet, grave) {
        (false, _) => How::Aloud,
        (true, true) => How::Silent,
        (true, false) => How::Later,
    }
}

/// The key of a notification's title; `None` for what is told in the window only.
pub fn title(code: &str) -> Option<&'static str> {
    match code {
        "new-assignment" | "new-assignments" => Some("tell-assignment"),
        "slot-changed" | "slots-changed" | "slot-gone" | "slots-gone" => Some("tell-slot"),
        "entry-refused" | "entries-refused" => Some("tell-refused"),
        "hold-review-due" | "hold-reviews-due" => Some("tell-review"),
        _ => None,
    }
}

/// Notices that wait for the end of the quiet hours.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Vec<Notice>>);

/// What is told when they are over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// These, one by one.
    Each(Vec<Notice>),
    /// So many at once.
    Number(usize),
}

impl Kept {
    /// Keeps one.
    pub fn keep(&self, notice: Notice) {
        self.list().push(notice);
    }

    /// How many wait.
    pub fn count(&self) -> usize {
        self.list().len()
    }

    /// Takes all that wait; `None` when nothing does.
    pub fn take(&self) -> Option<After> {
        let kept = std::mem::take(&mut *self.list());
        match kept.len() {
            0 => None,
            few if few <= ONE_BY_ONE => Some(After::Each(kept)),
            many => Some(After::Number(many)),
        }
    }

    fn list(&self) -> std::sync::MutexGuard<'_, Vec<Notice>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use outpost_protocol::Problem;

    fn notice(code: &str) -> Notice {
        Notice {
            grave: false,
            problem: Problem {
                code: code.to_owned(),
                args: Default::default(),
                detail: String::new(),
            },
        }
    }

    #[test]
    fn only_what_is_grave_is_shown_in_the_quiet_hours_and_without_a_sound() {
        assert_eq!(how(false, false), How::Aloud);
        assert_eq!(how(true, false), How::Aloud);
        assert_eq!(how(true, true), How::Silent);
        assert_eq!(how(false, true), How::Later);
    }

    #[test]
    fn what_was_kept_is_told_once_and_many_as_their_number() {
        let kept = Kept::default();
        assert_eq!(kept.take(), None);
        kept.keep(notice("new-assignment"));
        kept.keep(notice("slot-changed"));
        assert_eq!(kept.count(), 2);
        let each = vec![notice("new-assignment"), notice("slot-changed")];
        assert_eq!(kept.take(), Some(After::Each(each)));
        assert_eq!(kept.take(), None);
        for _ in 0..4 {
            kept.keep(notice("new-assignment"));
        }
        assert_eq!(kept.take(), Some(After::Number(4)));
        assert_eq!(kept.count(), 0);
    }

    #[test]
    fn what_is_only_for_the_window_is_not_told_on_the_desktop() {
        assert_eq!(title("link-refused"), None);
        assert_eq!(title("slot-changed"), Some("tell-slot"));
    }
}
