//! Links to an inspection, as other programs open them: `outpost://inspection/<id>`.
//!
//! A link comes from anywhere, a web page or a mail of strangers. It may name one inspection and nothing else; what it
//! leads to is what the officer may see anyway.

use outpost_domain::InspectionId;
use outpost_protocol::{Event, Notice};

use crate::Desk;
use crate::words::problem;

/// What stands before the inspection's id.
const BEFORE: &str = "outpost://inspection/";

/// How many characters of a refused link are shown.
const SHOWN: usize = 80;

/// The inspection that a link names. The id is written as the central writes it: 36 characters, small letters.
///
/// # Errors
/// For everything else: another address, anything after the id, another spelling.
pub fn inspection_of(link: &str) -> Result<InspectionId, LinkRefused> {
    link.strip_prefix(BEFORE)
        .and_then(|id| Some((id, id.parse::<InspectionId>().ok()?)))
        .filter(|(id, named)| named.to_string() == *id)
        .map(|(_, named)| named)
        .ok_or_else(|| LinkRefused {
            link: shortened(link),
        })
}

/// A link that names no inspection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the link {link} names no inspection; one reads {BEFORE} and the inspection's id")]
pub struct LinkRefused {
    /// The link, shortened, with what is not to be shown escaped.
    pub link: String,
}

/// The start of a link without line breaks, control characters or characters that turn the line around.
fn shortened(link: &str) -> String {
    let mut shown: String = link
        .chars()
        .take(SHOWN)
        .flat_map(|c| {
            let plain = c.is_ascii_graphic() || (c.is_alphanumeric() && !c.is_ascii());
            let escaped = (!plain).then(|| c.escape_unicode());
            escaped.into_iter().flatten().chain(plain.then_some(c))
        })
        .collect();
    if link.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

impl Desk {
    /// Follows a link: the window shows the inspection, at once or when one is open and somebody is signed in. A link
    /// that names none is refused in words, in the window too.
    pub fn follow(&self, link: &str) {
        match inspection_of(link) {
            Ok(inspection) => self.tell_or_keep(Event::Show { inspection }),
            Err(refused) => {
                // Anybody may have written anything into it: it is shown to the officer, and not kept.
                tracing::warn!("a link was not followed: it names no inspection");
                let args = [("link", refused.link.clone())];
                self.tell_or_keep(Event::Notice(Notice {
                    grave: true,
                    problem: problem("link-refused", args, &refused),
                }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const ID: &str = "0197a2c4-5b1e-7c3d-8e4f-112233445566";

    #[test]
    fn a_link_names_one_inspection() {
        let named = inspection_of(&format!("outpost://inspection/{ID}")).unwrap();
        assert_eq!(named.to_string(), ID);
    }

    #[test]
    fn a_link_that_says_anything_else_is_refused() {
        let of = |rest: &str| format!("outpost://inspection/{rest}");
        let hostile = [
            String::new(),
            ID.to_owned(),
            "outpost://inspection".to_owned(),
            of(""),
            of("../../etc/passwd"),
            of(&format!("{ID}/")),
            of(&format!("{ID}?pin=1234")),
            of(&format!("{ID}#x")),
            of(&format!(" {ID}")),
            of(&format!("{ID}\n")),
            of(&format!("{ID}\0")),
            of(&ID.to_uppercase()),
            of(&ID.replace('-', "")),
            of(&format!("{{{ID}}}")),
            of(&format!("urn:uuid:{ID}")),
            of("'; DROP TABLE entry; --"),
            of(&"9".repeat(1_000_000)),
            format!("outpost://user@inspection/{ID}"),
            format!("outpost://inspection:80/{ID}"),
            format!("outpost:inspection/{ID}"),
            format!("https://inspection/{ID}"),
            format!("outpost://settings/{ID}"),
            format!("--data=/tmp/{ID}"),
        ];
        for link in hostile {
            let refused = inspection_of(&link).unwrap_err();
            assert!(refused.link.chars().count() <= SHOWN * 10, "{refused}");
        }
    }

    #[test]
    fn a_refused_link_is_shown_short_and_on_one_line() {
        let link = format!("outpost://\n\u{202e}<b>x</b> {}", "é".repeat(200));
        let refused = inspection_of(&link).unwrap_err();
        assert!(
            refused
                .link
                .starts_with("outpost://\\u{a}\\u{202e}<b>x</b>\\u{20}é")
        );
        assert!(refused.link.ends_with('…'));
        assert!(
            refused
                .link
                .chars()
                .all(|c| !c.is_control() && c != '\u{202e}')
        );
    }
}
