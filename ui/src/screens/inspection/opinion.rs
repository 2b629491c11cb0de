//! Second opinions on a radiograph: who is asked and by whom, every reader's conclusion beside the others', and the form
//! that asks.

use egui::Ui;
use outpost_domain::{
    BlobHash, EntryBody, EntryId, ImageConclusion, ImageRecord, Mismatch, OfficerId, OpinionRecord,
};
use serde::{Deserialize, Serialize};

use super::shell::{self, Done, Shell};
use super::{Form, Open, Screen, View, sentences};
use crate::design::field::select;
use crate::design::words::{label_2, paragraph};
use crate::design::{Badge, Field, SPACE_XS, Tone, Type, notice, palette};
use crate::moment::time_or_date;
use crate::text::{tr, tr_args, tr_code};

/// What is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionFields {
    /// The radiograph.
    pub scan: BlobHash,
    /// Who is asked.
    pub of: Option<OfficerId>,
    /// What is asked.
    pub note: String,
}

impl OpinionFields {
    fn body(&self) -> EntryBody {
        EntryBody::OpinionAsked {
            scan: self.scan,
            of: self.of,
            note: self.note.trim().to_owned(),
        }
    }
}

/// Opens the form for the scan that is shown.
pub fn open(screen: &mut Screen, view: &View<'_>) {
    let shots = view.shots();
    let shown = screen.reading.shown(&shots);
    let Some(shot) = shown.filter(|shot| shot.photo.is_none()) else {
        screen.problem = Some(tr("opinion-no-scan"));
        return;
    };
    let scan = &shot.scan;
    let fields = OpinionFields {
        scan: scan.blob,
        of: None,
        note: String::new(),
    };
    let form = Form::open(format!("opinion-{}", scan.blob), fields, &screen.drafts);
    screen.open = Open::Opinion(form);
}

/// Officers who can be asked: neither who asks nor who has read it.
fn readers(view: &View<'_>, scan: BlobHash) -> Vec<(Option<OfficerId>, String)> {
    let me = view.officer().map(|o| o.id);
    let read = |id| {
        let mut images = view.state().images.iter();
        images.any(|i| i.scan == scan && i.reader == id)
    };
    let others = view.status.officers.iter();
    let named = others
        .filter(|o| Some(o.id) != me && !read(o.id) && view.state().section(o.agency).is_some())
        .map(|o| {
            (
                Some(o.id),
                format!("{} · {}", o.name, tr_code("role", o.role)),
            )
        });
    std::iter::once((None, tr("opinion-any")))
        .chain(named)
        .collect()
}

/// Shows the form that is open.
pub fn dialog(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let Open::Opinion(form) = &mut screen.open else {
        return;
    };
    let (title, act) = (tr("opinion-title"), tr("opinion-ask"));
    let done = shell::show(
        ui,
        form,
        Shell::new(&title, &act),
        |ui, form| {
            let options = readers(view, form.value.scan);
            select(
                ui,
                "opinion-of",
                &tr("opinion-of"),
                &mut form.value.of,
                &options,
            );
            let response = Field::area(&tr("opinion-note"), 3).show(ui, &mut form.value.note);
            form.focus_first(&response);
        },
        |form| view.refusal(&form.value.body()),
    );
    form.keep(ui, &mut screen.drafts);
    if done == Done::Send && form.sending.is_none() {
        let body = form.value.body();
        form.send(view, &mut screen.acts, body);
        return;
    }
    screen.finish(done);
}

/// The opinion on this scan that the signed-in officer is asked for.
pub fn asked_of_me(view: &View<'_>, scan: BlobHash) -> Option<EntryId> {
    let me = view.officer()?;
    let asked = view.state().opinions.iter();
    asked
        .filter(|o| o.scan == scan && o.answer.is_none() && o.is_for(me))
        .map(|o| o.entry)
        .next()
}

/// What is asked and by whom, in words.
pub fn words(view: &View<'_>, opinion: &OpinionRecord) -> String {
    let of = of_words(view, opinion.of);
    let when = time_or_date(opinion.at, view.now, view.zone);
    let args = [
        ("of", of.into()),
        ("by", opinion.by.clone().into()),
        ("time", when.into()),
    ];
    sentences::dotted(&[tr_args("opinion-asked", &args), opinion.note.clone()])
}

/// Of whom it is asked, in words.
pub fn of_words(view: &View<'_>, of: Option<OfficerId>) -> String {
    of.map_or_else(|| tr("opinion-any"), |id| view.officer_name(id))
}

/// The readings of a scan side by side, and what is still asked.
pub fn shown(ui: &mut Ui, view: &View<'_>, scan: BlobHash) {
    let mut read: Vec<&ImageRecord> = view.state().images.iter().collect();
    read.retain(|image| image.scan == scan);
    read.sort_by_key(|image| (image.at, image.entry));
    let p = palette(ui);
    for pair in read.chunks(2) {
        ui.columns(2, |columns| {
            for (image, column) in pair.iter().zip(columns) {
                column.spacing_mut().item_spacing.y = SPACE_XS;
                let words = tr_code("image", image.conclusion);
                column.add(Badge::new(&words, tone(image.conclusion)));
                let when = time_or_date(image.at, view.now, view.zone);
                label_2(column, format!("{}, {when}", image.by), Type::Small);
            }
        });
    }
    let differ = |m: &&Mismatch| matches!(m, Mismatch::ReadersDiffer { .. });
    let mut says = read.iter().map(|i| i.conclusion);
    let first = says.next();
    if says.any(|other| Some(other) != first)
        && let Some(mismatch) = view.opened.mismatches.iter().find(differ)
    {
        let doubt = sentences::doubt(mismatch, view.zone);
        notice::banner(ui, &doubt.lead, doubt.tone);
    }
    let open = view.state().opinions.iter();
    for opinion in open.filter(|o| o.scan == scan && o.answer.is_none()) {
        paragraph(ui, words(view, opinion), Type::Small, p.amber);
    }
}

const fn tone(conclusion: ImageConclusion) -> Tone {
    match conclusion {
        ImageConclusion::NoAnomaly => Tone::Green,
        ImageConclusion::Anomaly => Tone::Red,
        ImageConclusion::Inconclusive | ImageConclusion::Rescan => Tone::Amber,
    }
}
