//! Identifiers that are read from papers: MRN, HS code, UN/LOCODE, country. They cannot be built malformed.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A text that does not have the form its identifier asks for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a {kind}: {why}")]
pub struct InvalidIdentifier {
    /// The identifier that was expected.
    pub kind: &'static str,
    /// The text as read.
    pub text: String,
    /// What is wrong with it.
    pub why: &'static str,
}

macro_rules! text_identifier {
    ($($(#[$meta:meta])* $name:ident = $parse:path),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(try_from = "String", into = "String")]
        #[schema(value_type = String)]
        pub struct $name(String);

        impl $name {
            /// The normalised text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidIdentifier;

            fn from_str(text: &str) -> Result<Self, InvalidIdentifier> {
                let normal: String = text
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .map(|c| c.to_ascii_uppercase())
                    .collect();
                match $parse(&normal) {
                    Ok(()) => Ok(Self(normal)),
                    Err(why) => Err(InvalidIdentifier { kind: stringify!($name), text: text.to_owned(), why }),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidIdentifier;

            fn try_from(text: String) -> Result<Self, InvalidIdentifier> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

text_identifier! {
    /// A movement or declaration reference number: 18 characters, two digits of the year, two letters of the
    /// country, then 13 letters or digits of which the last is a check character (`F` marks fallback).
    Mrn = mrn,
    /// A Harmonized System code of 4, 6, 8 or 10 digits, chapters 01 to 97.
    HsCode = hs_code,
    /// A UN/LOCODE: two letters of the country and three letters or digits 2–9 of the place.
    UnLocode = un_locode,
    /// An ISO 3166-1 alpha-2 country code by its form; whether it is assigned is not checked.
    CountryCode = country,
}

fn mrn(text: &str) -> Result<(), &'static str> {
    let bytes = text.as_bytes();
    if bytes.len() != 18 {
        return Err("an MRN has 18 characters");
    }
    if !bytes[..2].iter().all(u8::is_ascii_digit) {
        return Err("the first two characters are the year");
    }
    if !bytes[2..4].iter().all(u8::is_ascii_uppercase) {
        return Err("characters three and four are the country");
    }
    if !bytes[4..].iter().all(u8::is_ascii_alphanumeric) {
        return Err("only letters and digits may follow the country");
    }
    Ok(())
}

fn hs_code(text: &str) -> Result<(), &'static str> {
    let bytes = text.as_bytes();
    if !matches!(bytes.len(), 4 | 6 | 8 | 10) || !bytes.iter().all(u8::is_ascii_digit) {
        return Err("an HS code has 4, 6, 8 or 10 digits");
    }
    match (bytes[0] - b'0') * 10 + (bytes[1] - b'0') {
        1..=97 => Ok(()),
        _ => Err("the chapter is between 01 and 97"),
    }
}

fn un_locode(text: &str) -> Result<(), &'static str> {
    let bytes = text.as_bytes();
    if bytes.len() != 5 {
        return Err("a UN/LOCODE has five characters");
    }
    if !bytes[..2].iter().all(u8::is_ascii_uppercase) {
        return Err("the first two characters are the country");
    }
    let place = |b: &u8| b.is_ascii_uppercase() || matches!(b, b'2'..=b'9');
    if bytes[2..].iter().all(place) {
        Ok(())
    } else {
        Err("the place has letters or the digits 2 to 9")
    }
}

fn country(text: &str) -> Result<(), &'static str> {
    if text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase()) {
        Ok(())
    } else {
        Err("a country code has two letters")
    }
}

impl Mrn {
    /// The check character that ISO 7064 arithmetic gives for the first 17 characters: letters count from
    /// A = 10 up, skipping multiples of eleven as in ISO 6346; sum of value · 2^position, mod 11, mod 10.
    pub fn expected_check(&self) -> char {
        char::from(b'0' + crate::unit_number::weighted_check(&self.0.as_bytes()[..17]))
    }

    /// Whether the check character fits, or is the fallback procedure's `F`.
    pub fn check_fits(&self) -> bool {
        self.0
            .chars()
            .last()
            .is_some_and(|last| last == 'F' || last == self.expected_check())
    }
}

impl HsCode {
    /// The chapter, 1 to 97.
    pub fn chapter(&self) -> u8 {
        let bytes = self.0.as_bytes();
        (bytes[0] - b'0') * 10 + (bytes[1] - b'0')
    }

    /// The code in the officers' writing: `0304.89`.
    pub fn dotted(&self) -> String {
        let (heading, rest) = self.0.split_at(4);
        if rest.is_empty() {
            heading.to_owned()
        } else {
            format!("{heading}.{rest}")
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn published_mrns_are_read_and_their_check_fits() {
        for text in ["10NL5663962BE1E825", "06DE586600006143E1"] {
            let mrn: Mrn = text.parse().unwrap();
            assert!(mrn.check_fits(), "{text} wants {}", mrn.expected_check());
        }
    }

    #[test]
    fn a_changed_digit_no_longer_fits() {
        let mrn: Mrn = "10NL5663962BE1E835".parse().unwrap();
        assert!(!mrn.check_fits());
    }

    #[test]
    fn malformed_identifiers_say_what_is_wrong() {
        let why = |r: Result<Mrn, InvalidIdentifier>| r.unwrap_err().why;
        assert_eq!(why("12".parse()), "an MRN has 18 characters");
        assert!("9912".parse::<HsCode>().is_err());
        assert!("0012".parse::<HsCode>().is_err());
        assert!("TZD1R".parse::<UnLocode>().is_err());
        assert!("tz dar".parse::<UnLocode>().is_ok());
        assert!("T1".parse::<CountryCode>().is_err());
    }

    #[test]
    fn hs_codes_are_shown_with_a_dot() {
        let code: HsCode = "030489".parse().unwrap();
        assert_eq!((code.chapter(), code.dotted().as_str()), (3, "0304.89"));
    }
}
