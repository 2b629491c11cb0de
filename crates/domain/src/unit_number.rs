//! Unit numbers: ISO 6346 container codes, and the plates and wagon numbers of units that have none.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::InvalidIdentifier;

/// The number on a unit as read: an ISO 6346 code, or a plate. A wrong check digit is kept and reported, never
/// refused: shipper-owned units exist, and what stands on the door is a fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String)]
pub struct UnitNumber(String);

/// What the check digit of a unit number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckDigit {
    /// The number has the form of ISO 6346 and its check digit fits.
    Valid,
    /// The number has the form of ISO 6346; this digit was expected.
    Wrong {
        /// The digit that the ten characters before it give, 0 to 9.
        expected: u8,
    },
    /// The number is not an ISO 6346 code (a plate, a wagon): there is nothing to check.
    NotApplicable,
}

/// Sum of value · 2^position over ISO 6346's letter values (10..38 without multiples of 11), mod 11, mod 10.
/// Characters other than letters and digits count as nought.
pub(crate) fn weighted_check(characters: &[u8]) -> u8 {
    let sum: u64 = characters
        .iter()
        .enumerate()
        .map(|(position, &c)| letter_value(c) << position)
        .sum();
    (sum % 11 % 10) as u8
}

fn letter_value(c: u8) -> u64 {
    match c {
        b'0'..=b'9' => u64::from(c - b'0'),
        b'A' => 10,
        b'B'..=b'K' => u64::from(c - b'B') + 12,
        b'L'..=b'U' => u64::from(c - b'L') + 23,
        b'V'..=b'Z' => u64::from(c - b'V') + 34,
        _ => 0,
    }
}

impl UnitNumber {
    /// The longest number that is taken, in characters.
    pub const MAX_CHARACTERS: usize = 24;

    /// The number without spaces or hyphens when it has ISO 6346's form, else as it stands on the plate.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The numbers of ISO 6346's form in a text such as a file's name, each once, whatever separates their parts:
    /// `20261123_msku-601167-2_gate.tif`. Whether their check digits fit is another question.
    pub fn found_in(text: &str) -> Vec<Self> {
        let upper: Vec<char> = text.chars().map(|c| c.to_ascii_uppercase()).collect();
        let mut found = Vec::new();
        for start in 0..upper.len() {
            let begins = start == 0 || !upper[start - 1].is_ascii_uppercase();
            if let Some(number) = begins.then(|| read_at(&upper[start..])).flatten()
                && !found.contains(&number)
            {
                found.push(number);
            }
        }
        found
    }

    /// What its check digit says (ISO 6346:2022, annex A).
    pub fn check_digit(&self) -> CheckDigit {
        if !has_iso_form(&self.0) {
            return CheckDigit::NotApplicable;
        }
        let expected = weighted_check(&self.0.as_bytes()[..10]);
        if self.0.as_bytes()[10] == b'0' + expected {
            CheckDigit::Valid
        } else {
            CheckDigit::Wrong { expected }
        }
    }

    /// The number as officers read it aloud: `MSKU 601167 2`; a plate as it is.
    pub fn spaced(&self) -> String {
        if has_iso_form(&self.0) {
            format!("{} {} {}", &self.0[..4], &self.0[4..10], &self.0[10..])
        } else {
            self.0.clone()
        }
    }
}

/// The number with which a text begins; owner, serial number and check digit may each be set apart by one character.
fn read_at(text: &[char]) -> Option<UnitNumber> {
    let mut rest = text.iter().copied().peekable();
    let mut number = String::with_capacity(11);
    while number.len() < 11 {
        if matches!(number.len(), 4 | 10) && matches!(rest.peek(), Some(' ' | '-' | '_' | '.')) {
            rest.next();
        }
        number.push(rest.next().filter(char::is_ascii_alphanumeric)?);
    }
    let ends = rest.next().is_none_or(|c| !c.is_ascii_digit());
    (ends && has_iso_form(&number)).then_some(UnitNumber(number))
}

fn has_iso_form(text: &str) -> bool {
    let b = text.as_bytes();
    b.len() == 11
        && b[..3].iter().all(u8::is_ascii_uppercase)
        && matches!(b[3], b'U' | b'J' | b'Z')
        && b[4..].iter().all(u8::is_ascii_digit)
}

impl std::str::FromStr for UnitNumber {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, InvalidIdentifier> {
        let wrong = |why| InvalidIdentifier {
            kind: "unit number",
            text: text.chars().take(80).collect(),
            why,
        };
        let upper = text.trim().to_uppercase();
        if upper.is_empty() {
            return Err(wrong("it is empty"));
        }
        if upper.chars().count() > Self::MAX_CHARACTERS {
            return Err(wrong("it has more than 24 characters"));
        }
        if upper.chars().any(char::is_control) {
            return Err(wrong("it has a control character"));
        }
        let joined: String = upper.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        Ok(Self(if has_iso_form(&joined) { joined } else { upper }))
    }
}

impl TryFrom<String> for UnitNumber {
    type Error = InvalidIdentifier;

    fn try_from(text: String) -> Result<Self, InvalidIdentifier> {
        text.parse()
    }
}

impl From<UnitNumber> for String {
    fn from(number: UnitNumber) -> Self {
        number.0
    }
}

impl std::fmt::Display for UnitNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn published_numbers_have_a_valid_check_digit() {
        for text in ["CSQU3054383", "MSKU6011672", "TEXU3070079", "msku 601167-2"] {
            let number: UnitNumber = text.parse().unwrap();
            assert_eq!(number.check_digit(), CheckDigit::Valid, "{text}");
        }
    }

    #[test]
    fn a_wrong_check_digit_is_kept_and_reported() {
        let number: UnitNumber = "MSKU6011675".parse().unwrap();
        assert_eq!(number.check_digit(), CheckDigit::Wrong { expected: 2 });
        assert_eq!(number.spaced(), "MSKU 601167 5");
    }

    #[test]
    fn a_plate_is_a_unit_number_without_check_digit() {
        let number: UnitNumber = " t 482 dkp ".parse().unwrap();
        assert_eq!(number.as_str(), "T 482 DKP");
        assert_eq!(number.check_digit(), CheckDigit::NotApplicable);
    }

    #[test]
    fn unit_numbers_are_found_in_the_names_of_files() {
        let found = |name: &str| -> Vec<String> {
            let numbers = UnitNumber::found_in(name);
            numbers.iter().map(ToString::to_string).collect()
        };
        for name in [
            "MSKU6011672.tif",
            "20261123_msku-601167-2_gate.dcs",
            "scan MSKU 601167 2 (1).png",
            "MSKU6011672_MSKU6011672.raw",
            "é12MSKU6011672",
        ] {
            assert_eq!(found(name), ["MSKU6011672"], "{name}");
        }
        assert_eq!(
            found("MSKU6011672 and CSQU3054383.jpg"),
            ["MSKU6011672", "CSQU3054383"]
        );
        for name in [
            "IMG_20261123.jpg",
            "XMSKU6011672",
            "MSKU60116721",
            "MSKX6011672",
            "MSKU60116",
            "",
        ] {
            assert_eq!(found(name), [""; 0], "{name}");
        }
    }

    proptest! {
        #[test]
        fn the_check_digit_agrees_with_the_iso6346_crate(owner in "[A-Z]{3}[UJZ]", serial in "[0-9]{6}") {
            let mine = weighted_check(format!("{owner}{serial}").as_bytes());
            for digit in 0..10u8 {
                let text = format!("{owner}{serial}{digit}");
                let number: UnitNumber = text.parse().unwrap();
                prop_assert_eq!(
                    number.check_digit() == CheckDigit::Valid,
                    digit == mine
                );
                prop_assert_eq!(oracle_accepts(&text), digit == mine);
            }
        }

        #[test]
        fn reading_never_panics_and_is_idempotent(text in "\\PC{0,40}") {
            if let Ok(number) = text.parse::<UnitNumber>() {
                prop_assert_eq!(number.as_str().parse::<UnitNumber>().unwrap(), number);
            }
        }
    }

    fn oracle_accepts(text: &str) -> bool {
        iso6346::validate(text).is_ok()
    }
}
