//! What the screen is given to show, and small questions about it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use outpost_domain::{
    Agency, BlobHash, BroughtRecord, EntryBody, EntryId, Inspection, Officer, OfficerId,
    PhotoRecord, Refusal, Scan, Section, SectionState, State, allow, may_answer, scans,
};
use outpost_protocol::{Line, Opened, Status};

use super::why_not;

/// An image of the inspection.
#[derive(Debug, Clone, PartialEq)]
pub struct Shot {
    /// Its file, and what its record says; a photo has no scanner, and often no size.
    pub scan: Scan,
    /// What a photo is of; `None` for a radiograph.
    pub photo: Option<PhotoRecord>,
}

impl Shot {
    const fn of_scan(scan: Scan) -> Self {
        Self { scan, photo: None }
    }

    fn of_photo(photo: &PhotoRecord, brought: Option<&BroughtRecord>) -> Self {
        let image = brought.map(|b| &b.image);
        Self {
            scan: Scan {
                blob: photo.blob,
                bytes: image.map_or(0, |i| i.bytes),
                media_type: image.map_or_else(String::new, |i| i.media_type.clone()),
                scanner: image.map_or_else(String::new, |i| i.source.clone()),
                site: String::new(),
                taken_at: image.and_then(|i| i.taken_at).unwrap_or(photo.at),
                pitch_mm: None,
                width: image.map_or(0, |i| i.width),
                height: image.map_or(0, |i| i.height),
                unit_read: None,
                description: None,
            },
            photo: Some(photo.clone()),
        }
    }
}

/// An open inspection with what stands around it.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The inspection as the desk told it last.
    pub opened: &'a Opened,
    /// Line, post and officer.
    pub status: &'a Status,
    /// The post's zone, in which times are shown.
    pub zone: &'a TimeZone,
    /// Now.
    pub now: Timestamp,
}

impl<'a> View<'a> {
    /// The central's snapshot.
    pub const fn inspection(&self) -> &'a Inspection {
        &self.opened.inspection
    }

    /// As it stands with all entries.
    pub const fn state(&self) -> &'a State {
        &self.opened.state
    }

    /// Every radiograph: the central's, and those that were brought at the post.
    pub fn scans(&self) -> Vec<Scan> {
        scans(self.inspection(), self.state())
    }

    /// Every image that the workbench shows: radiographs, then photos, the oldest first.
    pub fn shots(&self) -> Vec<Shot> {
        let mut shots: Vec<Shot> = self.scans().into_iter().map(Shot::of_scan).collect();
        for photo in &self.state().photos {
            if shots.iter().all(|shot| shot.scan.blob != photo.blob) {
                let brought = self.state().brought.iter();
                let mut brought = brought.filter(|b| b.entry == photo.entry);
                shots.push(Shot::of_photo(photo, brought.next()));
            }
        }
        shots
    }

    /// Who is signed in.
    pub const fn officer(&self) -> Option<&'a Officer> {
        self.status.officer.as_ref()
    }

    /// The signed-in officer's agency.
    pub fn agency(&self) -> Option<Agency> {
        self.officer().map(|officer| officer.agency)
    }

    /// An officer of the post by name; the id of one who is not known here any more.
    pub fn officer_name(&self, id: OfficerId) -> String {
        let known = self.status.officers.iter().find(|o| o.id == id);
        known.map_or_else(|| id.to_string(), |o| o.name.clone())
    }

    /// The section of the signed-in officer's agency.
    pub fn section(&self) -> Option<&'a Section> {
        self.state().section(self.agency()?)
    }

    /// Whether any agency has begun.
    pub fn begun(&self) -> bool {
        let sections = &self.state().sections;
        sections
            .iter()
            .any(|section| section.state != SectionState::Waiting)
    }

    /// Whether the central answers.
    pub const fn line_up(&self) -> bool {
        matches!(self.status.line, Line::Up { .. })
    }

    /// Whether the blob is on this laptop.
    pub fn here(&self, blob: &BlobHash) -> bool {
        self.opened.blobs_here.contains(blob)
    }

    /// Whether the authority has switched off what programs suggest.
    pub fn suggestions_off(&self) -> bool {
        let post = self.status.post.as_ref();
        post.is_some_and(|post| post.suggestions_off)
    }

    /// Whether the authority has switched off practice.
    pub fn practice_off(&self) -> bool {
        let post = self.status.post.as_ref();
        post.is_some_and(|post| post.practice_off)
    }

    /// Why `body` may not be recorded, in words; `None` when it may.
    pub fn refusal(&self, body: &EntryBody) -> Option<String> {
        self.refused(body, None)
            .map(|refusal| why_not::refusal(&refusal, self.zone))
    }

    /// The same for an entry that takes the place of one of this agency.
    pub fn refusal_of_correction(
        &self,
        body: &EntryBody,
        entry: EntryId,
        author: Agency,
    ) -> Option<String> {
        self.refused(body, Some((entry, Some(author))))
            .map(|refusal| why_not::refusal(&refusal, self.zone))
    }

    fn refused(
        &self,
        body: &EntryBody,
        supersedes: Option<(EntryId, Option<Agency>)>,
    ) -> Option<Refusal> {
        let officer = self.officer()?;
        allow(officer, self.inspection(), self.state(), body, supersedes)
            .and_then(|()| {
                let lists = &self.opened.checklists;
                may_answer(officer.agency, self.state(), body, lists)
            })
            .err()
    }

    /// The first unit's number as read aloud.
    pub fn hero(&self) -> String {
        self.inspection()
            .units
            .first()
            .map(|unit| unit.number.spaced())
            .unwrap_or_default()
    }
}
