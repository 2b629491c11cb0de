//! The files of the folder as the window knows them: what was seen of each, which inspections it may be of, and how far
//! it is on its way into one.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use outpost_domain::{BlobHash, Fit, InspectionId, UnitNumber};
use outpost_protocol::{FileMatch, FileOffer, FoundFile, MOST_FILES, Problem};

use super::folder::{Listed, Listing};
use super::look::{Refused, Seen};

/// How far a file is.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// It is being written.
    Growing,
    /// It stands still and will be looked at.
    Waiting,
    /// It was looked at.
    Seen(Box<Seen>),
    /// It is not offered, and why.
    Refused(Refused),
}

/// Which inspections a file may be of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matched {
    /// Not asked for, or to be asked for again.
    Unasked,
    /// Asked for.
    Asked,
    /// As the desk told.
    Offers(Vec<FileOffer>),
}

/// How far a file is on its way into an inspection.
#[derive(Debug, Clone, PartialEq)]
pub enum Taking {
    /// Nobody wants it to go.
    No,
    /// Its turn will come, or it is being read, kept and recorded.
    OnItsWay,
    /// It is recorded in the inspection of this unit.
    Done {
        /// The unit's number as read aloud.
        unit: String,
        /// The entry's number.
        sequence: u64,
    },
    /// It was not recorded, and why.
    Failed(Why),
}

/// Why a file was not taken in.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// It could not be read, or is not what was looked at.
    Refused(Refused),
    /// The desk's reason.
    Problem(Problem),
}

/// What an officer can do with a file; in the order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// It is of one inspection with certainty.
    Sure,
    /// It may be of an inspection: the officer looks.
    Doubtful,
    /// No inspection is of its unit, or it names none.
    Unmatched,
    /// It is not looked at yet.
    Coming,
    /// It cannot be shown.
    Refused,
    /// An inspection has it already.
    Done,
}

impl Group {
    /// Every group, in the order of the list.
    pub const ALL: [Self; 6] = [
        Self::Sure,
        Self::Doubtful,
        Self::Unmatched,
        Self::Coming,
        Self::Refused,
        Self::Done,
    ];

    /// The end of its Fluent keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Doubtful => "doubtful",
            Self::Unmatched => "unmatched",
            Self::Coming => "coming",
            Self::Refused => "refused",
            Self::Done => "done",
        }
    }
}

/// A file of the folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its name here; another one once its content has changed.
    pub key: u64,
    /// Where it is, its length and time.
    pub file: Listed,
    /// Its name, fit to be shown.
    pub name: String,
    /// How far it is.
    pub stage: Stage,
    /// Which inspections it may be of.
    pub matched: Matched,
    /// How far it is on its way into one.
    pub taking: Taking,
    /// The name of another file with the same content that stands before it.
    pub twin: Option<String>,
}

impl Found {
    /// What was seen of it.
    pub fn seen(&self) -> Option<&Seen> {
        match &self.stage {
            Stage::Seen(seen) => Some(seen),
            _ => None,
        }
    }

    /// The inspections that it may be of, the likeliest first.
    pub fn offers(&self) -> &[FileOffer] {
        match &self.matched {
            Matched::Offers(offers) => offers,
            _ => &[],
        }
    }

    /// The inspection that it is of with certainty.
    pub fn sure(&self) -> Option<&FileOffer> {
        self.offers().first().filter(|o| o.fit == Fit::Certain)
    }

    /// What can be done with it.
    pub fn group(&self) -> Group {
        if matches!(self.taking, Taking::Done { .. }) {
            return Group::Done;
        }
        match &self.stage {
            Stage::Refused(_) => Group::Refused,
            Stage::Growing | Stage::Waiting => Group::Coming,
            Stage::Seen(_) if self.twin.is_some() || self.offers().iter().any(|o| o.already) => {
                Group::Done
            }
            Stage::Seen(_) if !matches!(self.matched, Matched::Offers(_)) => Group::Coming,
            Stage::Seen(_) if self.sure().is_some() => Group::Sure,
            Stage::Seen(_) if self.offers().is_empty() => Group::Unmatched,
            Stage::Seen(_) => Group::Doubtful,
        }
    }
}

impl Found {
    /// Where it stands in the list: one that is taken in keeps its place, so that the next click meets what the eye saw.
    fn place(&self) -> Group {
        if self.taking == Taking::No {
            self.group()
        } else if self.sure().is_some() {
            Group::Sure
        } else if self.offers().is_empty() {
            Group::Unmatched
        } else {
            Group::Doubtful
        }
    }
}

/// Where a file is to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The file.
    pub key: u64,
    /// The inspection.
    pub inspection: InspectionId,
    /// Its version.
    pub version: u64,
    /// The unit's number as read aloud.
    pub unit: String,
}

/// The files of the folder that is open.
#[derive(Debug, Default)]
pub struct Basket {
    files: Vec<Found>,
    by_path: HashMap<PathBuf, usize>,
    by_key: HashMap<u64, usize>,
    /// Which file has a content: the first that was seen with it.
    by_blob: HashMap<BlobHash, u64>,
    order: Vec<usize>,
    counts: [usize; Group::ALL.len()],
    sure: usize,
    changed: bool,
    next: u64,
    /// Files that wait to be taken in, one after the other.
    pub queue: VecDeque<Wanted>,
    /// Whether the folder was listed.
    pub listed: bool,
    /// Why the folder cannot be read.
    pub gone: Option<String>,
    /// Links and folders that were passed over.
    pub passed_over: usize,
    /// Whether the folder has more files than are listed.
    pub more: bool,
    /// Only these are shown.
    pub only: Option<Group>,
    /// The file that is selected.
    pub selected: Option<u64>,
}

impl Basket {
    /// Takes in what lies in the folder; `growing` says of each file whether it is being written.
    pub fn list(&mut self, listing: Listing, growing: &[bool]) {
        self.listed = true;
        self.gone = None;
        (self.passed_over, self.more) = (listing.passed_over, listing.more);
        let mut before: HashMap<PathBuf, Found> = std::mem::take(&mut self.files)
            .into_iter()
            .map(|found| (found.file.path.clone(), found))
            .collect();
        for (file, growing) in listing.files.into_iter().zip(growing) {
            let known = before.remove(&file.path);
            let known = known.filter(|known| known.file.stamp == file.stamp);
            let mut found = known.unwrap_or_else(|| self.fresh(file));
            if matches!(found.stage, Stage::Growing | Stage::Waiting) {
                found.stage = if *growing {
                    Stage::Growing
                } else {
                    Stage::Waiting
                };
            }
            self.files.push(found);
        }
        // What was taken in, or is on its way, stays in the list when its file goes.
        let mut left: Vec<Found> = before.into_values().collect();
        left.retain(|found| found.taking != Taking::No);
        left.sort_by_key(|found| found.key);
        self.files.extend(left);
        let places = || self.files.iter().enumerate();
        self.by_path = places().map(|(at, f)| (f.file.path.clone(), at)).collect();
        self.by_key = places().map(|(at, f)| (f.key, at)).collect();
        // What went away is no reason any more to leave another one with its content out.
        let gone = |key: &u64| !self.by_key.contains_key(key);
        let freed: Vec<BlobHash> = self
            .by_blob
            .iter()
            .filter(|(_, key)| gone(key))
            .map(|(blob, _)| *blob)
            .collect();
        for blob in freed {
            self.by_blob.remove(&blob);
            self.free_twin(blob);
        }
        self.changed = true;
    }

    fn fresh(&mut self, file: Listed) -> Found {
        self.next += 1;
        Found {
            key: self.next,
            name: shown_name(&file.path),
            file,
            stage: Stage::Growing,
            matched: Matched::Unasked,
            taking: Taking::No,
            twin: None,
        }
    }

    /// Takes in what was seen of a file, unless it has changed since.
    pub fn looked(&mut self, file: &Listed, seen: Result<Seen, Refused>) {
        let index = self.by_path.get(&file.path).copied();
        let Some(index) = index.filter(|index| self.files[*index].file == *file) else {
            return;
        };
        let twin = seen.as_ref().ok().and_then(|s| self.twin_of(index, s.blob));
        let found = &mut self.files[index];
        found.twin = twin;
        (found.stage, found.matched) = match seen {
            Ok(seen) if seen.units.is_empty() => {
                (Stage::Seen(Box::new(seen)), Matched::Offers(Vec::new()))
            }
            Ok(seen) => (Stage::Seen(Box::new(seen)), Matched::Unasked),
            Err(refused) => (Stage::Refused(refused), Matched::Unasked),
        };
        self.changed = true;
    }

    /// The name of another file that has this content and was seen before.
    fn twin_of(&mut self, index: usize, blob: BlobHash) -> Option<String> {
        let own = self.files[index].key;
        let first = *self.by_blob.entry(blob).or_insert(own);
        let other = self.get(first).filter(|_| first != own);
        other.map(|found| found.name.clone())
    }

    /// The first of this content has gone: the next one takes its place.
    fn free_twin(&mut self, blob: BlobHash) {
        let same = |f: &&mut Found| f.seen().is_some_and(|seen| seen.blob == blob);
        if let Some(next) = self.files.iter_mut().find(same) {
            next.twin = None;
            self.by_blob.insert(blob, next.key);
        }
    }

    /// The files whose inspections are to be asked for now.
    pub fn to_match(&mut self) -> Vec<FoundFile> {
        let unasked = |f: &&mut Found| f.matched == Matched::Unasked && f.seen().is_some();
        let mut asked = Vec::new();
        for found in self.files.iter_mut().filter(unasked).take(MOST_FILES) {
            found.matched = Matched::Asked;
            let Some(seen) = found.seen() else { continue };
            let units: Vec<UnitNumber> = seen.units.iter().map(|(unit, _)| unit.clone()).collect();
            asked.push(FoundFile {
                key: found.key,
                units,
                taken_at: seen.taken_at,
                blob: seen.blob,
            });
        }
        asked
    }

    /// Takes in which inspections files may be of.
    pub fn matched(&mut self, files: Vec<FileMatch>) {
        for told in files {
            if let Some(found) = self.get_mut(told.key) {
                found.matched = Matched::Offers(told.offers);
            }
        }
        self.changed = true;
    }

    /// Has the inspections of every file that names a unit asked for again: there are others now.
    pub fn match_again(&mut self) {
        for found in &mut self.files {
            if found.seen().is_some_and(|seen| !seen.units.is_empty()) {
                found.matched = Matched::Unasked;
            }
        }
        self.changed = true;
    }

    /// Puts a file on its way into an inspection.
    pub fn want(&mut self, wanted: Wanted) {
        let may = |f: &Found| {
            let free = matches!(f.taking, Taking::No | Taking::Failed(_));
            free && f.seen().is_some()
        };
        if let Some(found) = self.get_mut(wanted.key).filter(|f| may(f)) {
            found.taking = Taking::OnItsWay;
            self.queue.push_back(wanted);
            self.changed = true;
        }
    }

    /// Every file that is of one inspection with certainty and not on its way, with that inspection.
    pub fn all_sure(&self) -> Vec<Wanted> {
        let wanted = |f: &Found| Some(to(f.key, f.sure()?));
        self.free_sure().filter_map(wanted).collect()
    }

    fn free_sure(&self) -> impl Iterator<Item = &Found> {
        let free = |f: &&Found| f.group() == Group::Sure && f.taking != Taking::OnItsWay;
        self.files.iter().filter(free)
    }

    /// Notes what became of a file.
    pub fn settle(&mut self, key: u64, taking: Taking) {
        if let Some(found) = self.get_mut(key) {
            found.taking = taking;
        }
        self.changed = true;
    }

    fn get_mut(&mut self, key: u64) -> Option<&mut Found> {
        let index = *self.by_key.get(&key)?;
        self.files.get_mut(index)
    }

    /// The file of this name.
    pub fn get(&self, key: u64) -> Option<&Found> {
        let index = *self.by_key.get(&key)?;
        self.files.get(index)
    }

    /// The file that is selected.
    pub fn chosen(&self) -> Option<&Found> {
        self.get(self.selected?)
    }

    /// Puts the list in order and counts, when anything has changed: once a frame, not once a file.
    pub fn tidy(&mut self) {
        if !std::mem::take(&mut self.changed) {
            return;
        }
        let mut order: Vec<usize> = (0..self.files.len()).collect();
        let groups: Vec<Group> = self.files.iter().map(Found::group).collect();
        self.counts = Group::ALL.map(|group| groups.iter().filter(|g| **g == group).count());
        self.sure = self.free_sure().count();
        order.sort_by_key(|index| self.files[*index].place());
        order.retain(|index| self.only.is_none_or(|only| groups[*index] == only));
        self.order = order;
    }

    /// Shows only the files of a group, or all.
    pub fn show_only(&mut self, only: Option<Group>) {
        self.only = only;
        self.changed = true;
    }

    /// The files that are shown, in their order.
    pub fn shown(&self) -> impl ExactSizeIterator<Item = &Found> {
        self.order.iter().map(|index| &self.files[*index])
    }

    /// The file at a place of the list.
    pub fn at(&self, row: usize) -> Option<&Found> {
        self.order.get(row).map(|index| &self.files[*index])
    }

    /// At which place of the list the selected file stands.
    pub fn row(&self) -> Option<usize> {
        let selected = self.selected?;
        self.shown().position(|found| found.key == selected)
    }

    /// Moves the selection by so many rows.
    pub fn step(&mut self, rows: i64) {
        let last = self.order.len().saturating_sub(1) as i64;
        let next = self
            .row()
            .map_or(0, |row| (row as i64 + rows).clamp(0, last));
        self.selected = self.at(next as usize).map(|found| found.key);
    }

    /// How many files are in a group, of all that are listed.
    pub fn count(&self, group: Group) -> usize {
        self.counts[group as usize]
    }

    /// How many files are of one inspection with certainty and not on their way.
    pub const fn sure(&self) -> usize {
        self.sure
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// An offer taken up.
pub fn to(key: u64, offer: &FileOffer) -> Wanted {
    Wanted {
        key,
        inspection: offer.inspection,
        version: offer.version,
        unit: offer.unit.clone(),
    }
}

/// When the folder says that a file was written.
pub fn written(file: &Listed) -> Option<Timestamp> {
    Timestamp::try_from(file.stamp.modified?).ok()
}

/// A file's name, fit to be shown.
fn shown_name(path: &Path) -> String {
    shown_path(Path::new(path.file_name().unwrap_or(path.as_os_str())))
}

/// A path without what would garble a line: control characters and those that turn the reading direction.
pub fn shown_path(path: &Path) -> String {
    let garbles = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let path = path.to_string_lossy();
    path.chars()
        .map(|c| if garbles(c) { '\u{fffd}' } else { c })
        .collect()
}

#[cfg(test)]
#[path = "basket_tests.rs"]
mod tests;
