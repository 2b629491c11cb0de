//! The one way from a foreign text onto paper: a name may be in any script, and may have been written to deceive.

use std::fmt::{self, Write};

use askama::filters::Escaper;

/// Escapes for HTML text and quoted attributes, and keeps what is no text, or turns other text around, off the paper.
///
/// - Control characters and noncharacters are errors in HTML (WHATWG §13.2.2): each becomes U+FFFD, to be seen.
/// - Bidirectional embeddings and overrides (UAX #9 §2.1, §2.2) could show a number in another order: U+FFFD too.
/// - Isolates stay, as Fluent puts them round arguments; each string closes what it opened and closes no other.
/// - Marks (LRM, RLM, ALM) belong to names and stay.
#[derive(Debug, Clone, Copy)]
pub struct Printable;

impl Escaper for Printable {
    fn write_escaped_str<W: Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        let mut open = 0_usize;
        for c in text.chars() {
            match c {
                '<' => dest.write_str("&lt;")?,
                '>' => dest.write_str("&gt;")?,
                '&' => dest.write_str("&amp;")?,
                '"' => dest.write_str("&quot;")?,
                '\'' => dest.write_str("&#39;")?,
                '\u{2066}'..='\u{2068}' => {
                    open += 1;
                    dest.write_char(c)?;
                }
                '\u{2069}' if open > 0 => {
                    open -= 1;
                    dest.write_char(c)?;
                }
                c if is_unprintable(c) => dest.write_char(char::REPLACEMENT_CHARACTER)?,
                c => dest.write_char(c)?,
            }
        }
        for _ in 0..open {
            dest.write_char('\u{2069}')?;
        }
        Ok(())
    }
}

/// Whether a character has no place on paper.
pub fn is_unprintable(c: char) -> bool {
    let point = u32::from(c);
    let noncharacter = (0xFDD0..=0xFDEF).contains(&point) || point & 0xFFFE == 0xFFFE;
    let control = c.is_control() && c != '\n' && c != '\t';
    control || noncharacter || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = String::new();
        assert!(Printable.write_escaped_str(&mut out, text).is_ok());
        out
    }

    #[test]
    fn markup_becomes_text() {
        assert_eq!(
            written(r#"<script>alert("1 & '2'")</script>"#),
            "&lt;script&gt;alert(&quot;1 &amp; &#39;2&#39;&quot;)&lt;/script&gt;"
        );
    }

    #[test]
    fn what_turns_text_around_is_shown_and_isolates_close_with_their_string() {
        assert_eq!(written("gpj\u{202E}exe\0"), "gpj\u{FFFD}exe\u{FFFD}");
        assert_eq!(written("\u{2069}a\u{2067}b"), "\u{FFFD}a\u{2067}b\u{2069}");
        assert_eq!(written("شركة\u{200F} 7"), "شركة\u{200F} 7");
    }
}
