//! Comparing a scan with another one of the same inspection or with itself as it was opened: the strip under the stage.

use egui::{Frame, Margin, Panel, Ui, vec2};
use outpost_domain::{BlobHash, Scan};

use crate::design::key::key_cap;
use crate::design::words::{hint, label_2};
use crate::design::{Chip, SPACE_L, SPACE_M, SPACE_S, Type, palette};
use crate::moment::time_or_date;
use crate::radiograph::{Arrangement, Beside, Control, File, Laid};
use crate::text::{tr, tr_args, tr_code};

use super::act::Outcome;
use super::coming::Coming;
use super::reading::Reading;
use super::view::Shot;
use super::{Screen, View};

/// As many photos are named in the strip; the tab of checks and findings has them all.
const MOST_CHIPS: usize = 8;

/// The scan that is compared with, while its bytes are on their way and after.
#[derive(Debug)]
pub struct Other {
    /// Its file.
    pub blob: BlobHash,
    here: bool,
    coming: Option<Coming>,
    arrived: Option<File>,
    problem: Option<String>,
}

impl Other {
    fn of(scan: &Scan, view: &View<'_>) -> Self {
        Self {
            blob: scan.blob,
            here: Coming::is_here(scan, view),
            coming: Some(Coming::new(scan)),
            arrived: None,
            problem: None,
        }
    }

    /// Whether an answer about this blob is for it.
    pub fn waits_for(&self, blob: BlobHash) -> bool {
        self.coming.as_ref().is_some_and(|c| c.waits_for(blob))
    }

    /// Takes bytes of it.
    pub fn received(&mut self, outcome: Outcome) {
        let Some(done) = self.coming.as_mut().and_then(|c| c.received(outcome)) else {
            return;
        };
        self.coming = None;
        match done {
            Ok(file) => self.arrived = Some(file),
            Err(problem) => self.problem = Some(problem),
        }
    }
}

/// Asks for what is missing of the other scan, and has it decoded once it is there.
pub fn fetch(screen: &mut Screen, ui: &Ui) {
    let Some(other) = screen.reading.other() else {
        return;
    };
    if let Some(coming) = &mut other.coming {
        coming.ask(&mut screen.acts);
    }
    if let Some(file) = other.arrived.take() {
        screen.reading.bench.lay_beside(file);
        ui.ctx().request_repaint();
    } else if !other.here && other.problem.is_none() {
        other.problem = Some(tr("beside-absent"));
    }
}

/// What the scan beside and the one shown are called.
pub fn names(reading: &mut Reading, view: &View<'_>) -> [String; 2] {
    let shots = view.shots();
    let other = reading.other().as_ref().map(|other| other.blob);
    let scan = shots.iter().find(|shot| Some(shot.scan.blob) == other);
    let mut references = view.inspection().references.iter();
    let reference = references.find(|r| Some(r.scan.blob) == other);
    let other = scan
        .map(|shot| named(shot, view))
        .or_else(|| reference.map(|r| tr_code("beside-reference", r.reference)));
    match (&reading.bench.comparing.beside, other) {
        (Beside::Other(_), Some(other)) => {
            let own = reading.shown(&shots).map(|shot| named(shot, view));
            [other, own.unwrap_or_default()]
        }
        _ => [tr("beside-original"), tr("beside-now")],
    }
}

/// Scanner and time of a scan; what a photo is of, and its time.
pub fn named(shot: &Shot, view: &View<'_>) -> String {
    let when = time_or_date(shot.scan.taken_at, view.now, view.zone);
    match &shot.photo {
        Some(photo) => format!("{} · {when}", tr_code("shot", &photo.of)),
        None if shot.scan.scanner.is_empty() => format!("{} · {when}", tr("radiograph-brought")),
        None => format!("{} · {when}", shot.scan.scanner),
    }
}

/// What the officer chose in the strip.
enum Choice {
    Show(BlobHash),
    Lay(BlobHash),
    Original,
    Nothing,
    Arrange(Arrangement),
    Press(Control),
}

/// Shows the strip: which scan is read, what lies beside it, and how.
pub fn strip(reading: &mut Reading, ui: &mut Ui, view: &View<'_>) {
    let p = palette(ui);
    let mut choice = None;
    let shots = view.shots();
    let shown = Panel::bottom("scans")
        .resizable(false)
        .show_separator_line(false)
        .frame(
            Frame::new()
                .fill(p.panel)
                .inner_margin(Margin::symmetric(SPACE_L as i8, SPACE_S as i8)),
        )
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(SPACE_S, SPACE_S);
                images(reading, ui, view, &shots, &mut choice);
                beside(reading, ui, view, &shots, &mut choice);
                arrangements(reading, ui, &mut choice);
                ui.add_space(SPACE_M);
                for control in [Control::Turn, Control::Mirror] {
                    let words = tr(control.code());
                    let on = reading.bench.is_on(control);
                    let key = control.key().name();
                    if ui.add(Chip::new(&words, on).key(key)).clicked() {
                        choice = Some(Choice::Press(control));
                    }
                }
            });
        });
    let rect = shown.response.rect;
    ui.painter().hline(rect.x_range(), rect.top(), p.hairline());
    match choice {
        Some(Choice::Show(blob)) => reading.choose(blob),
        Some(Choice::Lay(blob)) => {
            let references = view.inspection().references.iter().map(|r| &r.scan);
            let mut all = shots.iter().map(|shot| &shot.scan).chain(references);
            let other = all.find(|scan| scan.blob == blob);
            *reading.other() = other.map(|scan| Other::of(scan, view));
            let nothing = Default::default();
            reading.bench.comparing.lay(Beside::Nothing, nothing);
        }
        Some(Choice::Original) => {
            *reading.other() = None;
            reading.press(Control::Split, ui);
        }
        Some(Choice::Nothing) => {
            *reading.other() = None;
            let nothing = Default::default();
            reading.bench.comparing.lay(Beside::Nothing, nothing);
        }
        Some(Choice::Press(control)) => reading.press(control, ui),
        Some(Choice::Arrange(arrangement)) => reading.bench.comparing.arrangement = arrangement,
        _ => {}
    }
}

/// The radiographs that can be shown, where there is a choice; beside a photo those to go back to, and the other photos.
fn images(
    reading: &Reading,
    ui: &mut Ui,
    view: &View<'_>,
    shots: &[Shot],
    choice: &mut Option<Choice>,
) {
    let scans_here = shots.iter().filter(|shot| shot.photo.is_none()).count();
    if !reading.photo && scans_here < 2 {
        return;
    }
    let shown = reading.shown(shots).map(|shot| shot.scan.blob);
    let (scans, photos): (Vec<&Shot>, Vec<&Shot>) =
        shots.iter().partition(|shot| shot.photo.is_none());
    let at = photos.iter().position(|s| Some(s.scan.blob) == shown);
    let first = at.unwrap_or(0).saturating_sub(MOST_CHIPS / 2);
    let first = first.min(photos.len().saturating_sub(MOST_CHIPS));
    // From a radiograph photos are not a click away: they belong to what was recorded, and open from there.
    let chips = if reading.photo { MOST_CHIPS } else { 0 };
    let near: Vec<&Shot> = photos.iter().skip(first).take(chips).copied().collect();
    for (title, group) in [("radiograph-scans", &scans), ("radiograph-photos", &near)] {
        if group.is_empty() {
            continue;
        }
        label_2(ui, tr(title), Type::Small);
        for shot in group {
            let on = Some(shot.scan.blob) == shown;
            if ui.add(Chip::new(&named(shot, view), on)).clicked() && !on {
                *choice = Some(Choice::Show(shot.scan.blob));
            }
        }
        ui.add_space(SPACE_M);
    }
    let more = photos.len().saturating_sub(near.len());
    if more > 0 && reading.photo {
        hint(ui, tr_args("radiograph-photos-more", &[("n", more.into())]));
    }
}

fn beside(
    reading: &mut Reading,
    ui: &mut Ui,
    view: &View<'_>,
    shots: &[Shot],
    choice: &mut Option<Choice>,
) {
    label_2(ui, tr("beside-title"), Type::Small);
    let original = matches!(reading.bench.comparing.beside, Beside::Original);
    let words = tr("beside-original");
    let key = Control::Split.key().name();
    if ui.add(Chip::new(&words, original).key(key)).clicked() {
        *choice = Some(Choice::Original);
    }
    let shown = reading.shown(shots).map(|shot| shot.scan.blob);
    let laid = reading.other().as_ref().map(|other| other.blob);
    // A photo is not laid over a radiograph, nor the other way round: nothing in them lies at the same place.
    let alike = |shot: &&Shot| shot.photo.is_none() && !reading.photo;
    let mut offered: Vec<(&Scan, String)> = shots
        .iter()
        .filter(alike)
        .filter(|shot| Some(shot.scan.blob) != shown)
        .map(|shot| {
            let words = [("scan", named(shot, view).into())];
            (&shot.scan, tr_args("beside-scan", &words))
        })
        .collect();
    let references = view.inspection().references.iter();
    offered.extend(
        references
            .filter(|_| !reading.photo)
            .map(|r| (&r.scan, tr_code("beside-reference", r.reference))),
    );
    for (scan, words) in offered {
        let on = laid == Some(scan.blob);
        let why = (!Coming::is_here(scan, view)).then(|| tr("beside-absent"));
        let chip = Chip::new(&words, on).disabled_because(why.as_deref());
        if ui.add(chip).clicked() {
            *choice = Some(if on {
                Choice::Nothing
            } else {
                Choice::Lay(scan.blob)
            });
        }
    }
    let failed = match &reading.bench.comparing.beside {
        Beside::Failed(error) => Some(super::reading::why_unseen(error)),
        _ => None,
    };
    let told = reading.other().as_ref().and_then(|o| o.problem.clone());
    if let Some(words) = told.or(failed) {
        hint(ui, words);
    }
}

fn arrangements(reading: &Reading, ui: &mut Ui, choice: &mut Option<Choice>) {
    if !reading.bench.comparing.is_on() {
        return;
    }
    ui.add_space(SPACE_M);
    for arrangement in Arrangement::ALL {
        let words = tr_code("beside", arrangement.code());
        let on = reading.bench.comparing.arrangement == arrangement;
        if ui.add(Chip::new(&words, on)).clicked() {
            *choice = Some(Choice::Arrange(arrangement));
        }
    }
    key_cap(ui, Control::Arrange.key().name()).on_hover_text(tr("act-read-arrange"));
    let laid = match reading.bench.comparing.laid {
        Laid::BySize => return,
        Laid::Asked => "beside-laid-asked",
        Laid::ByContent => "beside-laid-content",
        Laid::NotAlike => "beside-laid-size",
    };
    hint(ui, tr(laid));
}
