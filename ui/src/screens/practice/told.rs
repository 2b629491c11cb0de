//! Outcomes and times in words.

use outpost_domain::PracticeOutcome;

use crate::design::Tone;
use crate::moment::decimal;
use crate::text::tr_args;

/// The colour of an outcome; its word stands beside it.
pub const fn tone(outcome: PracticeOutcome) -> Tone {
    match outcome {
        PracticeOutcome::Hit | PracticeOutcome::CorrectRejection => Tone::Green,
        PracticeOutcome::Miss => Tone::Red,
        PracticeOutcome::FalseAlarm => Tone::Amber,
    }
}

/// A time in seconds.
pub fn seconds(milliseconds: u32) -> String {
    let number = decimal(f64::from(milliseconds) / 1000.0, 1);
    tr_args("practice-seconds", &[("n", number.into())])
}
