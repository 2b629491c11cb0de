//! The radiograph's tool bar, its cards at the side, and the figures on the stage.

use egui::{Align, Layout, Pos2, Rect, Ui, vec2};
use outpost_domain::Scan;

use crate::design::card::card_with;
use crate::design::key::key_cap;
use crate::design::words::{line, words};
use crate::design::{Button, Chip, SPACE_S, SPACE_XS, Type, bars, font, icons, notice, palette};
use crate::moment::{decimal, time_or_date};
use crate::radiograph::{self, Bench, Control, Mark};
use crate::text::{tr, tr_code};

use super::View;
use super::head_act::head_act;
use super::reading::Reading;

/// A group of the bar: its controls with their icons. Groups lose their words one after the other when there is no
/// room; the last keeps them longest.
type Group = &'static [(Control, &'static str)];

/// What dragging does.
const DRAGGING: Group = &[
    (Control::Window, icons::SLIDERS_HORIZONTAL),
    (Control::Move, icons::HAND),
    (Control::Region, icons::SELECTION),
    (Control::Measure, icons::RULER),
];
/// What changes the look.
const LOOKS: Group = &[
    (Control::Invert, icons::CIRCLE_HALF),
    (Control::Log, icons::CHART_LINE_UP),
    (Control::Material, icons::PALETTE),
    (Control::LocalContrast, icons::SUN),
    (Control::Edges, icons::POLYGON),
    (Control::Loupe, icons::MAGNIFYING_GLASS),
    (Control::Energy, icons::LIGHTNING),
];
/// What part is in sight.
const VIEWS: Group = &[
    (Control::Fit, icons::ARROWS_IN),
    (Control::OneToOne, icons::FRAME_CORNERS),
];

/// The groups in the order of the bar.
const GROUPS: [Group; 3] = [DRAGGING, LOOKS, VIEWS];
/// The order in which groups lose their words.
const SHORTENED: [usize; 3] = [2, 0, 1];

/// Space between groups, points.
const GAP: f32 = SPACE_S;

/// Shows the bar; `about` says what the scan is and stands at its right when there is room, else on the stage.
pub fn bar(reading: &mut Reading, ui: &mut Ui, about: String) {
    let mut pressed = None;
    let mut beside = false;
    bars::tool_bar(ui, |ui| {
        let ready = reading.bench.image().is_some();
        let about_width = text_width(ui, &about) + SPACE_S;
        let room = ui.available_width();
        let (short, fits) = shortened(ui, reading, room, about_width);
        beside = fits;
        ui.add_enabled_ui(ready, |ui| {
            ui.spacing_mut().item_spacing.x = SPACE_S;
            let photo = reading.photo;
            for (group, short) in GROUPS.iter().zip(short) {
                for (control, icon) in offered(group, photo) {
                    let control = *control;
                    let why = reading.bench.why_not(control).map(tr);
                    let name = name(&reading.bench, control);
                    let button = button(&name, icon, control, short)
                        .selected(reading.bench.is_on(control))
                        .disabled_because(why.as_deref());
                    if ui.add(button).clicked() {
                        pressed = Some(control);
                    }
                }
                ui.add_space(GAP);
            }
        });
        if beside {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                words(ui, &about, Type::NumberSmall, palette(ui).ink_2);
            });
        }
    });
    reading.about = (!beside).then_some(about);
    if let Some(control) = pressed {
        reading.press(control, ui);
    }
}

/// What of a group is offered: for a photo only what makes sense for one.
fn offered(group: Group, photo: bool) -> impl Iterator<Item = &'static (Control, &'static str)> {
    let of_photo = move |control: Control| !photo || control.is_for_photo();
    group.iter().filter(move |(control, _)| of_photo(*control))
}

fn button<'a>(name: &'a str, icon: &'a str, control: Control, short: bool) -> Button<'a> {
    let key = control.key();
    let button = if short {
        Button::icon_only(icon, name)
    } else {
        Button::secondary(name)
    };
    button.key(key.name())
}

/// What a control is called on the bar; the energy by the one that is shown.
fn name(bench: &Bench, control: Control) -> String {
    match control {
        Control::Energy if bench.layer == 0 => tr("radiograph-high"),
        Control::Energy => tr("radiograph-low"),
        control => tr(control.code()),
    }
}

/// Which groups are shown without words so that all fit, and whether `about` fits beside them.
fn shortened(ui: &Ui, reading: &Reading, room: f32, about: f32) -> ([bool; 3], bool) {
    let (bench, photo) = (&reading.bench, reading.photo);
    let width = |short: [bool; 3]| -> f32 {
        let groups = GROUPS.iter().zip(short);
        groups
            .map(|(group, short)| {
                let buttons = offered(group, photo).map(|(control, icon)| {
                    let name = name(bench, *control);
                    button(&name, icon, *control, short).width(ui) + SPACE_S
                });
                buttons.sum::<f32>() + GAP + SPACE_S
            })
            .sum()
    };
    let mut short = [false; 3];
    let mut steps = SHORTENED.into_iter();
    // The looks keep their words even where the scan's description has to leave the bar for it.
    let with_about = [[false; 3], [false, false, true], [true, false, true]];
    for fits in with_about {
        if width(fits) + about <= room {
            return (fits, true);
        }
    }
    while width(short) > room {
        let Some(next) = steps.next() else { break };
        short[next] = true;
    }
    (short, false)
}

fn text_width(ui: &Ui, text: &str) -> f32 {
    let font = font(ui, Type::NumberSmall);
    let ink = palette(ui).ink;
    line(ui.painter(), text, font, ink, f32::INFINITY).size().x
}

/// Size of a pixel at the unit, millimetres: what the scan's record says, else the file.
pub fn pitch(bench: &Bench, scan: &Scan) -> Option<f32> {
    let file = || bench.image().and_then(|image| image.pitch_mm);
    let known = |mm: &f32| mm.is_finite() && *mm > 0.0;
    scan.pitch_mm.filter(known).or_else(|| file().filter(known))
}

/// Energies, size, pitch, site and time of a scan.
pub fn metadata(bench: &Bench, view: &View<'_>, scan: &Scan) -> String {
    let image = bench.image();
    let (width, height) = bench.upright_size().unwrap_or((scan.width, scan.height));
    let energies = image.and_then(|image| image.metadata.energies.clone());
    let mut parts: Vec<String> = energies.into_iter().collect();
    parts.push(format!("{width} × {height}"));
    parts.extend(pitch(bench, scan).map(|mm| format!("{} mm", decimal(f64::from(mm), 1))));
    parts.extend((!scan.site.is_empty()).then(|| scan.site.clone()));
    parts.push(time_or_date(scan.taken_at, view.now, view.zone));
    parts.join(" · ")
}

/// Position, values and distance from the left edge.
pub fn readout(bench: &Bench, pixel: Pos2) -> String {
    // What is told and recorded is always the pixel of the file, however it lies.
    let own = match bench.recorded(&radiograph::Outline::Text(pixel)) {
        radiograph::Outline::Text(own) => own,
        _ => pixel,
    };
    let mut parts = vec![format!("x {} y {}", own.x, own.y)];
    let values = bench.samples(pixel);
    let value = |value: u16| decimal(f64::from(value), 0);
    match values.as_slice() {
        [one] => parts.push(value(*one)),
        [high, low] => {
            parts.push(format!("{} {}", tr("radiograph-read-high"), value(*high)));
            parts.push(format!("{} {}", tr("radiograph-read-low"), value(*low)));
        }
        _ => {}
    }
    parts.extend(bench.pitch_mm.map(|mm| {
        format!(
            "{} m",
            decimal(f64::from(own.x) * f64::from(mm) / 1000.0, 2)
        )
    }));
    parts.join(" · ")
}

/// Shows the window.
pub fn cards(reading: &mut Reading, ui: &mut Ui) {
    let bench = &mut reading.bench;
    let preset = Control::Preset.key().name();
    card_with(
        ui,
        &tr("radiograph-window"),
        |ui| {
            key_cap(ui, preset).on_hover_text(tr("act-read-preset"));
        },
        |ui| {
            ui.spacing_mut().item_spacing.y = SPACE_XS;
            radiograph::shades(ui, bench);
            radiograph::presets(ui, bench);
            radiograph::transfers(ui, bench);
        },
    );
}

/// Shows the steps of the look in their order.
pub fn look(reading: &mut Reading, ui: &mut Ui) {
    let bench = &mut reading.bench;
    let mut reset = false;
    let words = tr(Control::Reset.code());
    let key = Control::Reset.key().name();
    card_with(
        ui,
        &tr("read-look"),
        |ui| {
            key_cap(ui, key);
            reset = head_act(ui, "", &words, &words).clicked();
        },
        |ui| radiograph::steps(ui, bench),
    );
    if reset {
        reading.press(Control::Reset, ui);
    }
}

/// While regions are drawn, the kinds of mark at the upper left of the stage, and how the one in hand is drawn.
pub fn marks(reading: &mut Reading, ui: &mut Ui, stage: Rect) {
    if reading.bench.tool != radiograph::Tool::Region || reading.form.is_some() {
        return;
    }
    let p = palette(ui);
    let corner = stage.min + vec2(SPACE_S, SPACE_S);
    let place = Rect::from_min_size(corner, vec2(stage.width() / 2.0, 0.0));
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(place));
    let mut chosen = None;
    egui::Frame::new()
        .fill(p.stage.gamma_multiply(0.85))
        .corner_radius(crate::design::tokens::RADIUS_SMALL)
        .inner_margin(SPACE_XS)
        .show(&mut child, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(SPACE_XS, SPACE_XS);
                let of_photo = |mark: &Mark| !reading.photo || *mark != Mark::Ruler;
                for mark in Mark::ALL.into_iter().filter(of_photo) {
                    let words = tr_code("mark", mark.code());
                    let on = reading.bench.mark == mark;
                    if ui.add(Chip::new(&words, on)).clicked() {
                        chosen = Some(mark);
                    }
                }
                let how = match reading.bench.mark {
                    Mark::Polygon => "mark-how-polygon",
                    Mark::Text => "mark-how-text",
                    _ => "mark-how-drag",
                };
                crate::design::words::hint(ui, tr(how));
            });
        });
    if let Some(mark) = chosen {
        reading.bench.marks(mark);
    }
}

/// Shows on the stage what found no room on the bar, and why a key did nothing.
pub fn notes(reading: &Reading, ui: &mut Ui, stage: Rect) {
    if let Some(about) = &reading.about {
        radiograph::note(ui, stage, about);
    }
    let photo = reading.bench.image().is_some_and(|image| image.photo);
    let refused = reading
        .refused
        .and_then(|control| reading.bench.why_not(control));
    // That a photo is one needs no word; that a scan turns out to be one does.
    let strange = photo && !reading.photo;
    let why = refused.or(strange.then_some("radiograph-photo"));
    if let Some(why) = why {
        let corner = stage.min + vec2(crate::design::SPACE_L, crate::design::SPACE_L);
        let place = Rect::from_min_size(corner, vec2(BANNER.min(stage.width() / 2.0), 0.0));
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(place));
        notice::banner(&mut child, &tr(why), crate::design::Tone::Amber);
    }
}

/// Width of a banner on the stage, points.
const BANNER: f32 = 420.0;
