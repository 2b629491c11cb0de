//! Comparing a scan with another one of the same inspection or with itself as it was opened: the strip under the stage.

use egui::{Frame, Margin, Panel, Ui, vec2};
use outpost_domain::{BlobHash, Scan};
use outpost_protocol::Request;

use crate::design::key::key_cap;
use crate::design::words::{hint, label_2};
use crate::design::{Chip, SPACE_L, SPACE_M, SPACE_S, Type, palette};
use crate::moment::time_or_date;
use crate::radiograph::{Arrangement, Beside, Control, Fetch, Laid};
use crate::text::{tr, tr_args, tr_code};

use super::act::{Outcome, Purpose};
use super::reading::{Reading, taken};
use super::{Screen, View};

/// The scan that is compared with, while its bytes are on their way and after.
#[derive(Debug)]
pub struct Other {
    index: usize,
    /// Its file.
    pub blob: BlobHash,
    fetch: Option<Fetch>,
    arrived: Option<Vec<u8>>,
    problem: Option<String>,
}

impl Other {
    fn of(index: usize, scan: &Scan) -> Self {
        Self {
            index,
            blob: scan.blob,
            fetch: Some(Fetch::new(scan.bytes)),
            arrived: None,
            problem: None,
        }
    }

    /// Takes bytes of it.
    pub fn received(&mut self, outcome: Outcome) {
        let Some(done) = self.fetch.as_mut().and_then(|fetch| taken(fetch, outcome)) else {
            return;
        };
        self.fetch = None;
        match done {
            Ok(bytes) => self.arrived = Some(bytes),
            Err(problem) => self.problem = Some(problem),
        }
    }
}

/// Asks for what is missing of the other scan, and has it decoded once it is there.
pub fn fetch(screen: &mut Screen, ui: &Ui, view: &View<'_>) {
    let Some(other) = screen.reading.other() else {
        return;
    };
    while let Some((offset, length)) = other.fetch.as_mut().and_then(Fetch::ask) {
        let blob = other.blob;
        let request = Request::GetBlob {
            blob,
            offset,
            length,
        };
        screen.acts.ask(Purpose::Scan(blob), request, None);
    }
    if let Some(bytes) = other.arrived.take() {
        screen.reading.bench.lay_beside(bytes);
        ui.ctx().request_repaint();
    } else if !view.here(&other.blob) && other.problem.is_none() {
        other.problem = Some(tr("beside-absent"));
    }
}

/// What the scan beside and the one shown are called.
pub fn names(reading: &mut Reading, view: &View<'_>) -> [String; 2] {
    let scans = &view.inspection().scans;
    let other = reading.other().as_ref().map(|other| other.index);
    match (&reading.bench.comparing.beside, other) {
        (Beside::Other(_), Some(index)) => {
            let name = |index: usize| scans.get(index).map(|scan| named(scan, view));
            [
                name(index).unwrap_or_default(),
                name(reading.scan()).unwrap_or_default(),
            ]
        }
        _ => [tr("beside-original"), tr("beside-now")],
    }
}

/// Scanner and time of a scan.
fn named(scan: &Scan, view: &View<'_>) -> String {
    let when = time_or_date(scan.taken_at, view.now, view.zone);
    format!("{} · {when}", scan.scanner)
}

/// What the officer chose in the strip.
enum Choice {
    Show(usize),
    Lay(usize),
    Original,
    Nothing,
    Arrange(Arrangement),
    Press(Control),
}

/// Shows the strip: which scan is read, what lies beside it, and how.
pub fn strip(reading: &mut Reading, ui: &mut Ui, view: &View<'_>) {
    let p = palette(ui);
    let mut choice = None;
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
                scans(reading, ui, view, &mut choice);
                beside(reading, ui, view, &mut choice);
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
    let scans = &view.inspection().scans;
    match choice {
        Some(Choice::Show(index)) if index != reading.scan() => reading.choose(index),
        Some(Choice::Lay(index)) => {
            *reading.other() = scans.get(index).map(|scan| Other::of(index, scan));
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

fn scans(reading: &Reading, ui: &mut Ui, view: &View<'_>, choice: &mut Option<Choice>) {
    let scans = &view.inspection().scans;
    if scans.len() < 2 {
        return;
    }
    label_2(ui, tr("radiograph-scans"), Type::Small);
    for (index, scan) in scans.iter().enumerate() {
        let words = named(scan, view);
        if ui.add(Chip::new(&words, index == reading.scan())).clicked() {
            *choice = Some(Choice::Show(index));
        }
    }
    ui.add_space(SPACE_M);
}

fn beside(reading: &mut Reading, ui: &mut Ui, view: &View<'_>, choice: &mut Option<Choice>) {
    label_2(ui, tr("beside-title"), Type::Small);
    let original = matches!(reading.bench.comparing.beside, Beside::Original);
    let words = tr("beside-original");
    let key = Control::Split.key().name();
    if ui.add(Chip::new(&words, original).key(key)).clicked() {
        *choice = Some(Choice::Original);
    }
    let shown = reading.scan();
    let laid = reading.other().as_ref().map(|other| other.index);
    for (index, scan) in view.inspection().scans.iter().enumerate() {
        if index == shown {
            continue;
        }
        let words = tr_args("beside-scan", &[("scan", named(scan, view).into())]);
        let on = laid == Some(index);
        let why = (!view.here(&scan.blob)).then(|| tr("beside-absent"));
        let chip = Chip::new(&words, on).disabled_because(why.as_deref());
        if ui.add(chip).clicked() {
            *choice = Some(if on {
                Choice::Nothing
            } else {
                Choice::Lay(index)
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
