//! The search: every inspection's words in one block of memory, looked through from end to end.
//!
//! A full-text index answers common words slowly when all hits are to be counted, and one or two characters hardly
//! at all. A hundred thousand inspections are some 25 MB of text, which memory yields in milliseconds, whatever is
//! typed: see `docs/adr/0004-search-in-memory.md`. The texts are stored with the worklist, so that loading is one
//! read of one column.

use std::collections::HashMap;
use std::sync::PoisonError;

use memchr::memmem::Finder as Needle;
use outpost_domain::{Inspection, InspectionId};
use rusqlite::{Connection, OptionalExtension};

use crate::sql::{self, Id};
use crate::{Result, Store};

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The best first: whole unit numbers, other whole numbers, their beginnings, then the rest; within each, urgent
    /// first, then the longest waiting.
    pub inspections: Vec<InspectionId>,
    /// How many there are in all.
    pub total: u64,
}

/// What stands before a unit's number, another number, and other words; and after the last line of a text.
const UNIT: char = '\u{1}';
const NUMBER: char = '\u{2}';
const WORDS: char = '\u{3}';
const END: char = '\u{4}';

/// Characters of a query that are looked at.
const LONGEST_QUERY: usize = 200;
const MOST_TERMS: usize = 8;
/// A class that no hit has.
const NONE: u8 = u8::MAX;

impl Store {
    /// Finds inspections whose unit, declaration, bill, reference, consignee, goods or HS code contains what was
    /// typed: each word somewhere, in any order, without regard to case and accents; numbers also without their
    /// spaces, dots and hyphens. Any text is a valid query; an empty one finds nothing.
    pub fn search(&self, text: &str, limit: usize) -> Result<Found> {
        loop {
            let finder = self.finder.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(finder) = finder.as_ref() {
                return Ok(finder.search(text, limit));
            }
            drop(finder);
            self.load_search()?;
        }
    }

    /// Reads the texts that the search looks through. The first search does it too; a caller who does it before
    /// spares the officer that wait.
    pub fn load_search(&self) -> Result<()> {
        let mut finder = self.finder.write().unwrap_or_else(PoisonError::into_inner);
        if finder.is_none() {
            *finder = Some(self.read(Finder::load)?);
        }
        Ok(())
    }

    /// Tells the search which rows a commit has changed. The commit stands whatever comes of it: on an error, which says
    /// that the connection is not to be used again, the texts are read anew by the next search.
    pub(crate) fn tell_finder(&self, connection: &Connection, rows: &[InspectionId]) -> Result<()> {
        let mut finder = self.finder.write().unwrap_or_else(PoisonError::into_inner);
        let Some(loaded) = finder.as_mut() else {
            return Ok(());
        };
        loaded.follow(connection, rows).inspect_err(|error| {
            tracing::warn!(%error, "the search reads its texts anew");
            *finder = None;
        })
    }
}

/// The text of an inspection, folded, a line for each thing that people look for.
pub(crate) fn text_of(inspection: &Inspection) -> String {
    let mut text = String::with_capacity(320);
    let consignment = &inspection.consignment;
    for unit in &inspection.units {
        line(&mut text, UNIT, &joined(unit.number.as_str()));
    }
    number(&mut text, &inspection.reference);
    if let Some(mrn) = &consignment.mrn {
        number(&mut text, mrn.as_str());
    }
    for bill in &consignment.bills {
        number(&mut text, &bill.number);
    }
    for unit in &inspection.units {
        line(&mut text, WORDS, &folded(&unit.number.spaced()));
    }
    for party in &consignment.parties {
        line(&mut text, WORDS, &folded(&party.name));
    }
    for item in &consignment.items {
        line(&mut text, WORDS, &folded(&item.description));
        if let Some(hs) = &item.hs {
            line(&mut text, NUMBER, hs.as_str());
            line(&mut text, WORDS, &hs.dotted());
        }
    }
    text.push(END);
    text
}

/// A number as it is printed and, when that differs, without spaces and punctuation.
fn number(text: &mut String, printed: &str) {
    let (printed, bare) = (folded(printed), joined(printed));
    if bare != printed {
        line(text, NUMBER, &bare);
    }
    line(text, NUMBER, &printed);
}

fn line(text: &mut String, kind: char, words: &str) {
    if !words.is_empty() {
        text.push(kind);
        text.push_str(words);
    }
}

/// Lower case, without accents and control characters, white space as single spaces.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !c.is_control() {
            c.to_lowercase().for_each(|c| without_accent(c, &mut out));
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Folded, and only its letters and digits.
fn joined(text: &str) -> String {
    let mut out = folded(text);
    out.retain(char::is_alphanumeric);
    out
}

/// Writes a lower-case letter without its accent, for the Latin scripts.
fn without_accent(c: char, out: &mut String) {
    let base = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ạ'..='ặ' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ỉ' | 'ị' => 'i',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ'..='ợ' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ'..='ự' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' | 'ỳ'..='ỹ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'æ' => return out.push_str("ae"),
        'œ' => return out.push_str("oe"),
        'ß' => return out.push_str("ss"),
        '\u{300}'..='\u{36f}' => return,
        other => other,
    };
    out.push(base);
}

struct Place {
    id: InspectionId,
    start: usize,
    priority: i64,
    since: i64,
}

/// The texts of all worklist rows, one after the other.
#[derive(Default)]
pub(crate) struct Finder {
    texts: Vec<u8>,
    /// In the order of `texts`; a text that was overwritten stays as a gap until the next compaction.
    places: Vec<Place>,
    by_id: HashMap<InspectionId, usize>,
    gaps: usize,
}

impl Finder {
    fn load(c: &Connection) -> Result<Self> {
        let mut finder = Self::default();
        let mut select = c.prepare("SELECT inspection, priority, since, find FROM worklist")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let text = row.get_ref(3)?.as_bytes().map_err(rusqlite::Error::from)?;
            finder.put(sql::id(row, 0)?, row.get(1)?, row.get(2)?, text);
        }
        Ok(finder)
    }

    fn follow(&mut self, c: &Connection, rows: &[InspectionId]) -> Result<()> {
        let mut select =
            c.prepare_cached("SELECT priority, since, find FROM worklist WHERE inspection = ?1")?;
        for id in rows {
            self.remove(*id);
            let row = select
                .query_row([id.column()], |r| {
                    Ok((r.get(0)?, r.get(1)?, r.get::<_, String>(2)?))
                })
                .optional()?;
            if let Some((priority, since, text)) = row {
                self.put(*id, priority, since, text.as_bytes());
            }
        }
        if self.gaps * 4 > self.texts.len() {
            self.compact();
        }
        Ok(())
    }

    fn put(&mut self, id: InspectionId, priority: i64, since: i64, text: &[u8]) {
        self.by_id.insert(id, self.places.len());
        self.places.push(Place {
            id,
            start: self.texts.len(),
            priority,
            since,
        });
        self.texts.extend_from_slice(text);
    }

    fn remove(&mut self, id: InspectionId) {
        if let Some(place) = self.by_id.remove(&id) {
            let span = self.span(place);
            self.gaps += span.len();
            // No query has this byte, so nothing is found here.
            self.texts[span].fill(END as u8);
        }
    }

    fn compact(&mut self) {
        let old = std::mem::take(self);
        for (index, place) in old.places.iter().enumerate() {
            if old.by_id.get(&place.id) == Some(&index) {
                let text = &old.texts[old.span(index)];
                self.put(place.id, place.priority, place.since, text);
            }
        }
    }

    fn span(&self, place: usize) -> std::ops::Range<usize> {
        let end = self
            .places
            .get(place + 1)
            .map_or(self.texts.len(), |next| next.start);
        self.places[place].start..end
    }

    fn search(&self, text: &str, limit: usize) -> Found {
        let typed: String = text.chars().take(LONGEST_QUERY).collect();
        let whole = folded(&typed);
        let mut terms: Vec<&str> = whole.split(' ').filter(|t| !t.is_empty()).collect();
        terms.truncate(MOST_TERMS);
        terms.sort_by_key(|t| std::cmp::Reverse(t.len()));
        let Some((first, others)) = terms.split_first() else {
            return Found::default();
        };
        let mut classes = vec![NONE; self.places.len()];
        self.each_hit(first, |place, at| {
            classes[place] = if others.is_empty() {
                self.class_at(at, first.len())
            } else {
                self.class_of_many(place, others)
            };
        });
        let bare = joined(&typed);
        if bare != whole && bare.len() >= 3 && bare.bytes().any(|b| b.is_ascii_digit()) {
            self.each_hit(&bare, |place, at| {
                classes[place] = classes[place].min(self.class_at(at, bare.len()));
            });
        }
        self.ranked(&classes, limit)
    }

    /// Calls `hit` with the first place of `needle` in each text that has it.
    fn each_hit(&self, needle: &str, mut hit: impl FnMut(usize, usize)) {
        let finder = Needle::new(needle);
        let (mut from, mut place) = (0, 0);
        while let Some(found) = self.texts.get(from..).and_then(|rest| finder.find(rest)) {
            let at = from + found;
            place = self.place_at(at, place);
            hit(place, at);
            from = self.span(place).end;
        }
    }

    /// The text at byte `at`, which is not before the text `from`. The next few are tried first.
    fn place_at(&self, at: usize, from: usize) -> usize {
        let near = (from..self.places.len().min(from + 8)).find(|p| self.span(*p).contains(&at));
        near.unwrap_or_else(|| self.places.partition_point(|p| p.start <= at) - 1)
    }

    /// How good a hit is by what stands before and after it.
    fn class_at(&self, at: usize, length: usize) -> u8 {
        let before = at.checked_sub(1).map_or(END as u8, |i| self.texts[i]);
        let whole = self.texts.get(at + length).is_none_or(|&b| b <= END as u8);
        match (before, whole) {
            (b, true) if b == UNIT as u8 => 0,
            (b, true) if b == NUMBER as u8 => 1,
            (b, false) if b == UNIT as u8 => 2,
            (b, false) if b == NUMBER as u8 => 3,
            (b, _) if b == WORDS as u8 || b == b' ' => 4,
            _ => 5,
        }
    }

    fn class_of_many(&self, place: usize, others: &[&str]) -> u8 {
        let text = &self.texts[self.span(place)];
        let all = others
            .iter()
            .all(|term| memchr::memmem::find(text, term.as_bytes()).is_some());
        if all { 4 } else { NONE }
    }

    fn ranked(&self, classes: &[u8], limit: usize) -> Found {
        let mut hits: Vec<(u8, i64, i64, usize)> = classes
            .iter()
            .enumerate()
            .filter(|(_, class)| **class != NONE)
            .map(|(i, class)| (*class, self.places[i].priority, self.places[i].since, i))
            .collect();
        let total = hits.len() as u64;
        if limit < hits.len() {
            hits.select_nth_unstable(limit);
            hits.truncate(limit);
        }
        hits.sort_unstable();
        Found {
            inspections: hits.iter().map(|hit| self.places[hit.3].id).collect(),
            total,
        }
    }
}
