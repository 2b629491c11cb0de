//! The regions of a scan beside it: listed, shown, made a finding of, judged after the exam; and what the manifest says.

use egui::{Sense, Ui, vec2};
use outpost_domain::{EntryBody, RegionCategory, RegionRecord, RegionShape, RegionVerdict, Scan};

use crate::design::card::card;
use crate::design::words::{hint, label_2, paragraph, sentence};
use crate::design::{Button, Chip, SPACE_S, Tone, Type, badge, blank, icons, palette};
use crate::moment::{count, decimal};
use crate::radiograph::length_words;
use crate::text::{tr, tr_args, tr_code};

use super::reading::look_at;
use super::region::of_scan;
use super::{Purpose, Screen, View, finding, sentences};

/// Lists the regions; a click shows one, a button makes a finding of it.
pub fn list(screen: &mut Screen, ui: &mut Ui, view: &View<'_>, scan: &Scan) {
    let records: Vec<_> = of_scan(view, scan).collect();
    let pitch = screen.reading.bench.pitch_mm;
    let title = tr_args("region-list", &[("n", records.len().into())]);
    let mut chosen = None;
    let mut found = None;
    let mut judged = None;
    card(ui, &title, |ui| {
        if records.is_empty() {
            blank::none(ui, &tr("region-none"));
        }
        for (index, record) in records.iter().enumerate() {
            let selected = screen.reading.selected() == Some(index);
            // What the exam makes of a mark is said of what a scanner saw, not of a photo.
            let judges = selected && !screen.reading.photo;
            let wants = line(ui, view, index, record, (selected, judges), pitch);
            chosen = wants.show.then_some((index, &record.shape)).or(chosen);
            found = wants.find.then_some(record.entry).or(found);
            if wants.judge.is_some() {
                judged = wants.judge;
            }
        }
    });
    if let Some((index, shape)) = chosen {
        look_at(&mut screen.reading, index, shape);
    }
    if let Some(body) = judged {
        screen.acts.record(view, Purpose::OneClick, body);
    }
    if found.is_some() {
        finding::open(screen, view, found);
    }
}

/// What the officer wants of a region in the list.
#[derive(Default)]
struct Wants {
    show: bool,
    find: bool,
    judge: Option<EntryBody>,
}

fn line(
    ui: &mut Ui,
    view: &View<'_>,
    index: usize,
    record: &RegionRecord,
    (selected, judges): (bool, bool),
    pitch: Option<f32>,
) -> Wants {
    let p = palette(ui);
    let category = match record.shape {
        RegionShape::Arrow { .. } | RegionShape::Ruler { .. } | RegionShape::Text { .. }
            if record.category == RegionCategory::Other =>
        {
            tr_code("mark", record.shape.code())
        }
        _ => tr_code("region", record.category),
    };
    let mut find = false;
    let row = ui.horizontal(|ui| {
        let number = format!("{}  ", index + 1);
        let ink = if selected { p.accent } else { p.ink };
        sentence(
            ui,
            &[
                (&number, Type::Strong, p.red),
                (&category, Type::Strong, ink),
            ],
        );
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let rests = view
                .state()
                .findings
                .iter()
                .any(|f| f.region == Some(record.entry));
            if !rests {
                let words = tr_args("region-to-finding", &[("number", (index + 1).into())]);
                find = ui
                    .add(Button::icon_only(icons::FLAG, &words).frameless())
                    .clicked();
            }
            let words = tr_args("region-show", &[("number", (index + 1).into())]);
            ui.add(Button::icon_only(icons::MAGNIFYING_GLASS_PLUS, &words).frameless())
                .clicked()
        })
        .inner
    });
    let mut beside: Vec<String> = size(&record.shape, pitch).into_iter().collect();
    beside.extend(record.confidence.map(|c| tr_code("sure", c)));
    beside.extend(
        record
            .item
            .map(|item| tr_args("findings-item", &[("number", item.into())])),
    );
    beside.push(record.by.clone());
    if !record.comment.is_empty() {
        paragraph(ui, &record.comment, Type::Body, p.ink_2);
    }
    hint(ui, beside.join(" · "));
    let clicked = row.response.interact(Sense::click()).clicked();
    Wants {
        show: row.inner || clicked,
        find,
        judge: judgement(ui, view, index, record, judges),
    }
}

/// What the physical exam made of a region; on the one that is looked at, both answers.
fn judgement(
    ui: &mut Ui,
    view: &View<'_>,
    index: usize,
    record: &RegionRecord,
    judges: bool,
) -> Option<EntryBody> {
    if let Some(judged) = &record.judgement {
        let tone = match judged.verdict {
            RegionVerdict::Hit => Tone::Red,
            RegionVerdict::FalseAlarm => Tone::Neutral,
        };
        ui.horizontal_wrapped(|ui| {
            badge(ui, &tr_code("verdict", judged.verdict), tone);
            hint(ui, &judged.by);
        });
    }
    if !judges {
        return None;
    }
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(SPACE_S, SPACE_S);
        for verdict in RegionVerdict::ALL {
            let on = record.judgement.as_ref().map(|j| j.verdict) == Some(*verdict);
            let body = EntryBody::RegionJudged {
                region: record.entry,
                verdict: *verdict,
                note: String::new(),
            };
            let why = view.refusal(&body);
            let words = tr_code("verdict", verdict);
            let chip = Chip::new(&words, on).disabled_because(why.as_deref());
            let about = tr_args("verdict-why", &[("number", (index + 1).into())]);
            if ui.add(chip).on_hover_text(about).clicked() && !on {
                chosen = Some(body);
            }
        }
    });
    chosen
}

/// Width and height in metres where the pitch is known, else in pixels; of a line its length; of a place nothing.
fn size(shape: &RegionShape, pitch: Option<f32>) -> Option<String> {
    let bounds = shape.bounds();
    let (width, height) = (bounds.width, bounds.height);
    match shape {
        RegionShape::Text { .. } | RegionShape::Arrow { .. } => return None,
        RegionShape::Ruler { from, to } => {
            let along = vec2(to.x.abs_diff(from.x) as f32, to.y.abs_diff(from.y) as f32);
            return Some(length_words(along.length(), pitch));
        }
        RegionShape::Box { .. } | RegionShape::Ellipse { .. } | RegionShape::Polygon { .. } => {}
    }
    Some(match pitch {
        Some(mm) => {
            let metres = |pixels: u32| decimal(f64::from(pixels) * f64::from(mm) / 1000.0, 2);
            format!("{} × {} m", metres(width), metres(height))
        }
        None => format!("{width} × {height} px"),
    })
}

/// The most items that stand beside the image.
const ITEMS: usize = 6;

/// What is declared, beside what is seen.
pub fn manifest_says(ui: &mut Ui, view: &View<'_>) {
    let items = &view.inspection().consignment.items;
    card(ui, &tr("region-manifest"), |ui| {
        ui.spacing_mut().item_spacing = vec2(SPACE_S, SPACE_S);
        let p = palette(ui);
        for item in items.iter().take(ITEMS) {
            let packages = format!(
                ", {} {}, {}",
                count(u64::from(item.packages)),
                item.package_code,
                sentences::kilograms(item.gross)
            );
            sentence(
                ui,
                &[
                    (&item.description, Type::Strong, p.ink),
                    (&packages, Type::Body, p.ink_2),
                ],
            );
            if let Some(hs) = &item.hs {
                hint(ui, format!("HS {}", hs.dotted()));
            }
        }
        if items.len() > ITEMS {
            let rest = items.len() - ITEMS;
            label_2(
                ui,
                tr_args("region-more-items", &[("n", rest.into())]),
                Type::Small,
            );
        }
    });
}
