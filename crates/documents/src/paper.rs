//! A paper: for whom it is written, what it is made of, and the one template through which it goes.

use askama::Template;
use jiff::Timestamp;
use outpost_domain::{Agency, BlobHash, InspectionId, PaperLanguage, Post};

use crate::mark::Mark;
use crate::words::Words;

/// Why a paper was not written.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// There is no release to give notice of.
    #[error("the goods are not released, and no part of them is")]
    NotReleased,
    /// Nothing holds the goods.
    #[error("nothing holds the goods")]
    NothingHeld,
    /// No sample was drawn.
    #[error("no sample was drawn")]
    NoSample,
    /// There is no seal.
    #[error("no seal was declared, found or put on")]
    NoSeal,
    /// A chart could not be drawn.
    #[error("a chart could not be drawn: {0}")]
    Chart(String),
    /// A table for a spreadsheet could not be written.
    #[error("the table could not be written: {0}")]
    Sheet(String),
    /// The template could not be filled.
    #[error("the paper could not be written: {0}")]
    Template(#[from] askama::Error),
}

/// For whom, by whom and when a paper is written.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    /// In which language.
    pub language: PaperLanguage,
    /// The post, in whose zone times are told.
    pub post: &'a Post,
    /// The agency for whom it is printed: risk criteria are for customs alone.
    pub printed_for: Agency,
    /// The officer who prints it.
    pub printed_by: &'a str,
    /// When.
    pub printed_at: Timestamp,
}

impl Paper<'_> {
    pub(crate) fn words(&self) -> Words {
        Words::new(self.language, self.post)
    }
}

/// Lines of a cell or of a fact.
pub(crate) type Lines = Vec<String>;

/// A table with a head.
pub(crate) struct Table {
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<Vec<Lines>>,
}

/// A signature, or why it is not there.
pub(crate) struct Signature {
    /// The strokes as an SVG path over a field of 1000 by 1000; empty when nothing was drawn.
    pub(crate) path: String,
    pub(crate) missing: String,
    pub(crate) name: String,
    pub(crate) part: String,
    pub(crate) lines: Lines,
}

/// A chart as it is drawn: SVG elements whose text `plotters` has escaped.
pub(crate) struct Drawing {
    /// What it shows, for a screen reader.
    pub(crate) label: String,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) body: String,
}

/// What a part is made of.
pub(crate) enum Block {
    /// Names and values, in two columns.
    Facts(Vec<(String, Lines)>),
    /// A sentence.
    Words(String),
    /// Sentences.
    List(Lines),
    /// A table.
    Table(Table),
    /// A chart.
    Drawing(Drawing),
    /// The signature block.
    Signatures(Vec<Signature>),
}

/// A part of a paper under a heading.
pub(crate) struct Part {
    pub(crate) title: String,
    pub(crate) blocks: Vec<Block>,
}

impl Part {
    /// A part under the message `key`.
    pub(crate) fn new(words: &Words, key: &str, blocks: Vec<Block>) -> Self {
        Self {
            title: words.say(key),
            blocks,
        }
    }

    /// A table under the message `key`; without rows a part of which there is nothing to tell.
    pub(crate) fn table(words: &Words, key: &str, head: &[&str], rows: Vec<Vec<Lines>>) -> Self {
        let mut blocks = Vec::new();
        if !rows.is_empty() {
            blocks.push(Block::Table(Table {
                head: head.iter().map(|name| words.say(name)).collect(),
                rows,
            }));
        }
        Self::new(words, key, blocks)
    }

    /// With the message `key` where there is nothing to tell.
    pub(crate) fn or_say(mut self, words: &Words, key: &str) -> Self {
        if self.blocks.is_empty() {
            self.blocks.push(Block::Words(words.say(key)));
        }
        self
    }
}

/// Everything that the template writes.
#[derive(Template)]
#[template(path = "paper.html")]
pub(crate) struct Page {
    pub(crate) language: &'static str,
    pub(crate) meta: Vec<(&'static str, String)>,
    pub(crate) title: String,
    pub(crate) post: String,
    pub(crate) draft: Option<String>,
    pub(crate) mark: Option<Mark>,
    pub(crate) standing: Option<String>,
    pub(crate) parts: Vec<Part>,
    pub(crate) foot: Lines,
}

impl Page {
    /// A page of this kind with nothing on it yet but where and by whom it was printed.
    pub(crate) fn new(kind: &'static str, title: String, paper: &Paper<'_>, words: &Words) -> Self {
        let offset = paper
            .printed_at
            .to_zoned(words.zone().clone())
            .strftime("%:z")
            .to_string();
        let printed = words.say_with(
            "doc-printed",
            &[
                ("who", paper.printed_by.to_owned()),
                ("agency", words.agency(paper.printed_for)),
                ("at", words.moment(paper.printed_at)),
            ],
        );
        let zone = words.say_with(
            "doc-zone",
            &[("zone", paper.post.zone.clone()), ("offset", offset)],
        );
        Self {
            language: words.language().code(),
            meta: vec![
                ("generator", "Outpost".to_owned()),
                ("outpost-kind", kind.to_owned()),
            ],
            title,
            post: format!("{} · {}", paper.post.name, paper.post.code),
            draft: None,
            mark: None,
            standing: None,
            parts: Vec::new(),
            foot: vec![printed, zone],
        }
    }

    /// Names the record of which the page tells, for machines and as a QR code.
    pub(crate) fn of_record(&mut self, inspection: InspectionId, record: BlobHash, words: &Words) {
        self.meta
            .push(("outpost-inspection", inspection.to_string()));
        self.meta.push(("outpost-record", record.to_string()));
        self.mark = Mark::of(
            &crate::mark::link(inspection, record),
            words.say("doc-mark"),
        );
        let hash = ("hash", record.to_string());
        self.foot.push(words.say_with("doc-hash", &[hash]));
    }

    /// Parts of which there is nothing to tell are named in one sentence at their end: an officer sees that nothing was
    /// left out, and the paper stays short.
    pub(crate) fn push_those_that_tell(&mut self, parts: Vec<Part>, words: &Words) {
        let mut silent = Vec::new();
        for part in parts {
            if part.blocks.is_empty() {
                silent.push(part.title);
            } else {
                self.parts.push(part);
            }
        }
        if !silent.is_empty() {
            let sentence = words.say_with("doc-silent", &[("parts", silent.join(", "))]);
            let part = Part::new(words, "doc-not-recorded", vec![Block::Words(sentence)]);
            self.parts.push(part);
        }
    }

    pub(crate) fn write(&self) -> Result<String, DocumentError> {
        Ok(self.render()?)
    }
}

/// One line of a cell.
pub(crate) fn line(text: impl Into<String>) -> Lines {
    vec![text.into()]
}

/// Adds `text` to `lines` when there is any.
pub(crate) fn push(lines: &mut Lines, text: &str) {
    if !text.is_empty() {
        lines.push(text.to_owned());
    }
}
