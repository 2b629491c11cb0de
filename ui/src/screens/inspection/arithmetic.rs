//! Counts and masses as officers work them out: a number, or `31 × 40 + 7`.

use crate::text::{Language, spoken};

/// The longest text that is worked out, characters.
const LONGEST: usize = 120;

/// What a text says: a number, or a small calculation with + − × ÷ and brackets. In French the comma is before the
/// fraction, in English it sets thousands apart. `None` when it is neither, is negative or has no end.
pub fn value(text: &str) -> Option<f64> {
    if text.chars().count() > LONGEST {
        return None;
    }
    let plain: String = text.chars().filter_map(plain).collect();
    let known =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-' | '*' | '/' | '(' | ')');
    if plain.is_empty() || !plain.chars().all(known) {
        return None;
    }
    let value = match plain.parse::<f64>() {
        Ok(value) => value,
        Err(_) => exmex::eval_str::<f64>(&plain).ok()?,
    };
    (value.is_finite() && (0.0..1e12).contains(&value)).then_some(value)
}

/// Whether a text is more than a number.
pub fn is_calculation(text: &str) -> bool {
    let plain: String = text.chars().filter_map(plain).collect();
    plain.parse::<f64>().is_err() && value(text).is_some()
}

/// A number as it is recorded: a point before the fraction, at most three digits behind it.
pub fn recorded(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A sign as the calculation knows it; nothing for what only sets apart.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '×' | 'x' | 'X' | '·' => '*',
        '÷' | ':' => '/',
        '\u{2212}' => '-',
        ',' if spoken() == Language::French => '.',
        ',' => return None,
        c if c.is_whitespace() => return None,
        c => c,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::speak;

    #[test]
    fn a_count_is_worked_out_as_it_was_made() {
        speak(Language::English);
        assert_eq!(value("1,240"), Some(1240.0));
        assert_eq!(value("31 × 40 + 7"), Some(1247.0));
        assert_eq!(value("31x40+7"), Some(1247.0));
        assert_eq!(value("(12+3)*8 \u{2212} 5"), Some(115.0));
        assert_eq!(value("1 \u{202f}240"), Some(1240.0));
        assert_eq!(recorded(value("10:4").unwrap_or_default()), "2.5");
        assert!(is_calculation("2×3") && !is_calculation("1,240") && !is_calculation("many"));
    }

    #[test]
    fn the_comma_is_read_in_the_language_spoken() {
        speak(Language::French);
        assert_eq!(value("25,5"), Some(25.5));
        speak(Language::English);
        assert_eq!(value("25,500"), Some(25_500.0));
    }

    #[test]
    fn what_is_no_calculation_has_no_value() {
        speak(Language::English);
        for text in [
            "",
            "many",
            "sin(1)",
            "2 +",
            "2 ** 3",
            "1/0",
            "5-6",
            "1e300",
            "((((",
            "9".repeat(130).as_str(),
        ] {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
