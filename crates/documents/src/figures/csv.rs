//! Figures as CSV (RFC 4180), in UTF-8 with its mark, as spreadsheets want it.

use csv::WriterBuilder;

use super::{Figures, HEADS, span, told};
use crate::escape::is_unprintable;
use crate::paper::{DocumentError, Paper};

/// What tells a spreadsheet that the bytes are UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The figures as CSV: a line for every value, times in minutes, shares from 0 to 1.
///
/// # Errors
/// Only when the text cannot be written.
pub fn figures_csv(figures: &Figures<'_>, paper: &Paper<'_>) -> Result<Vec<u8>, DocumentError> {
    let words = paper.words();
    let [from, to] = span(figures, paper, &words);
    let mut writer = WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(MARK.to_vec());
    let sheet = |error: csv::Error| DocumentError::Sheet(error.to_string());
    writer.write_record(HEADS).map_err(sheet)?;
    for one in told(figures, &words) {
        let line = [
            one.figure.to_owned(),
            safe(&one.name),
            safe(&one.group),
            safe(&one.measure),
            one.value.to_string(),
            one.unit.to_owned(),
            one.sample.to_string(),
            u8::from(one.few).to_string(),
            from.clone(),
            to.clone(),
        ];
        writer.write_record(line).map_err(sheet)?;
    }
    let done = writer.into_inner();
    done.map_err(|error| DocumentError::Sheet(error.to_string()))
}

/// A text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it, as OWASP
/// advises against CSV injection. What is not printable is shown as such.
fn safe(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| match c {
            c if is_unprintable(c) => char::REPLACEMENT_CHARACTER,
            // A line of its own would begin a cell anew for a careless reader.
            '\n' | '\t' => ' ',
            c => c,
        })
        .collect();
    // Some readers look past what does not show, and past the wide forms of the signs.
    let starts = clean
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{2066}'..='\u{2069}'))
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%']);
    if starts { format!("'{clean}") } else { clean }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn nothing_begins_like_a_formula() {
        for text in [
            "=HYPERLINK(\"http://x\")",
            "+1",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "  =1",
            "\u{2068}=1",
            "＝1",
            "|cmd",
        ] {
            assert!(safe(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(safe("Bay 1 = 2"), "Bay 1 = 2");
        assert_eq!(safe("a\nb\0"), "a b\u{fffd}");
    }
}
