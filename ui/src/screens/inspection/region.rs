//! Regions on the radiograph: what was drawn, as it is recorded and as it is shown, and its description beside it.

use egui::{
    Area, CornerRadius, Frame, Id, Key, Margin, Modifiers, Order, Pos2, Rect, Ui, pos2, vec2,
};
use outpost_domain::{
    BlobHash, Confidence, EntryBody, Pixel, RegionCategory, RegionRecord, RegionShape,
    RegionVerdict, Scan,
};
use serde::{Deserialize, Serialize};

use crate::design::field::select;
use crate::design::tokens::RADIUS_CARD;
use crate::design::words::{label, label_2};
use crate::design::{Button, Chip, Field, SPACE_M, SPACE_S, Tone, Type, notice, palette};
use crate::radiograph::{Outline, Region, length_words};
use crate::text::{tr, tr_code};

use super::{Drafts, Form, Purpose, Screen, View, sentences};

/// What is typed about a region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionFields {
    /// What it is thought to be.
    pub category: RegionCategory,
    /// The officer's words.
    pub comment: String,
    /// How sure the reader is.
    pub confidence: Option<Confidence>,
    /// The goods item concerned.
    pub item: Option<u32>,
    /// Where.
    pub shape: RegionShape,
}

/// A region being described.
#[derive(Debug)]
pub struct RegionForm {
    /// The form.
    pub form: Form<RegionFields>,
    scan: BlobHash,
}

impl RegionForm {
    /// Describes what was drawn on a scan.
    pub fn new(scan: BlobHash, outline: &Outline, drafts: &Drafts) -> Self {
        let pristine = RegionFields {
            category: RegionCategory::Other,
            comment: String::new(),
            confidence: None,
            item: None,
            shape: shape_of(outline),
        };
        let shape = pristine.shape.clone();
        let mut form = Form::open(format!("region-{scan}"), pristine, drafts);
        form.value.shape = shape;
        Self { form, scan }
    }

    /// Fills the comment in, unless the officer has begun one.
    pub fn say(&mut self, words: &str) {
        if self.form.value.comment.is_empty() {
            words.clone_into(&mut self.form.value.comment);
        }
    }

    fn body(&self) -> EntryBody {
        let value = &self.form.value;
        EntryBody::RegionDrawn {
            scan: self.scan,
            shape: value.shape.clone(),
            category: value.category,
            confidence: value.confidence,
            comment: value.comment.trim().to_owned(),
            item: value.item,
        }
    }

    /// The region as it is drawn while it is described.
    pub fn region(&self) -> Region {
        Region::drawn(outline_of(&self.form.value.shape))
    }
}

/// What was drawn, in whole pixels.
fn shape_of(outline: &Outline) -> RegionShape {
    let pixel = |at: &Pos2| Pixel {
        x: at.x.max(0.0) as u32,
        y: at.y.max(0.0) as u32,
    };
    let side = |length: f32| length.max(1.0) as u32;
    match outline {
        Outline::Box(rect) => RegionShape::Box {
            x: pixel(&rect.min).x,
            y: pixel(&rect.min).y,
            width: side(rect.width()),
            height: side(rect.height()),
        },
        Outline::Ellipse(rect) => RegionShape::Ellipse {
            x: pixel(&rect.min).x,
            y: pixel(&rect.min).y,
            width: side(rect.width()),
            height: side(rect.height()),
        },
        Outline::Polygon(corners) => RegionShape::Polygon {
            corners: corners.iter().map(pixel).collect(),
        },
        Outline::Arrow(from, to) => RegionShape::Arrow {
            from: pixel(from),
            to: pixel(to),
        },
        Outline::Ruler(from, to) => RegionShape::Ruler {
            from: pixel(from),
            to: pixel(to),
        },
        Outline::Text(at) => RegionShape::Text { at: pixel(at) },
    }
}

/// A recorded shape as it is drawn over the image.
pub fn outline_of(shape: &RegionShape) -> Outline {
    let place = |at: &Pixel| pos2(at.x as f32, at.y as f32);
    match shape {
        RegionShape::Box { .. } => Outline::Box(rect(shape)),
        RegionShape::Ellipse { .. } => Outline::Ellipse(rect(shape)),
        RegionShape::Polygon { corners } => Outline::Polygon(corners.iter().map(place).collect()),
        RegionShape::Arrow { from, to } => Outline::Arrow(place(from), place(to)),
        RegionShape::Ruler { from, to } => Outline::Ruler(place(from), place(to)),
        RegionShape::Text { at } => Outline::Text(place(at)),
    }
}

/// The rectangle around a shape, in pixels of the image.
pub fn rect(shape: &RegionShape) -> Rect {
    let bounds = shape.bounds();
    let size = vec2(bounds.width as f32, bounds.height as f32);
    Rect::from_min_size(pos2(bounds.x as f32, bounds.y as f32), size)
}

/// The regions of a scan, in the order of their numbers: the own ones red, another reader's blue, and what the exam
/// has shown to be nothing without colour.
pub fn drawn(
    view: &View<'_>,
    scan: &Scan,
    selected: Option<usize>,
    pitch: Option<f32>,
) -> Vec<Region> {
    let me = view.officer().map(|officer| officer.name.as_str());
    of_scan(view, scan)
        .enumerate()
        .map(|(index, record)| Region {
            outline: outline_of(&record.shape),
            label: label_of(index, record, pitch),
            tone: match &record.judgement {
                Some(judged) if judged.verdict == RegionVerdict::FalseAlarm => Tone::Neutral,
                _ if me == Some(record.by.as_str()) => Tone::Red,
                _ => Tone::Blue,
            },
            selected: selected == Some(index),
            offered: false,
        })
        .collect()
}

/// What stands at a region: its number, and what it is thought to be, how long it is, or its words.
fn label_of(index: usize, record: &RegionRecord, pitch: Option<f32>) -> String {
    let what = match &record.shape {
        RegionShape::Text { .. } => record.comment.clone(),
        RegionShape::Ruler { from, to } => {
            let along = vec2(to.x.abs_diff(from.x) as f32, to.y.abs_diff(from.y) as f32);
            length_words(along.length(), pitch)
        }
        _ => tr_code("region", record.category),
    };
    let sure = record
        .confidence
        .map(|confidence| format!(", {}", tr_code("confidence", confidence).to_lowercase()));
    format!("{} · {what}{}", index + 1, sure.unwrap_or_default())
}

pub(super) fn of_scan<'a>(view: &View<'a>, scan: &Scan) -> impl Iterator<Item = &'a RegionRecord> {
    let blob = scan.blob;
    view.state()
        .regions
        .iter()
        .filter(move |region| region.scan == blob)
}

/// Shows the fields beside the box that was drawn.
pub fn popover(screen: &mut Screen, ui: &Ui, view: &View<'_>, stage: Rect) {
    let Some(mut open) = screen.reading.form.take() else {
        return;
    };
    let corner = pos2(stage.left() + SPACE_M, stage.top() + SPACE_M);
    let p = palette(ui);
    let mut wants = Wants::Nothing;
    Area::new(Id::unique("region-form"))
        .order(Order::Foreground)
        .default_pos(corner)
        .constrain_to(stage)
        .show(ui.ctx(), |ui| {
            crate::design::dark_scope(ui, |ui| {
                Frame::new()
                    .fill(p.panel)
                    .stroke(p.hairline())
                    .shadow(ui.visuals().popup_shadow)
                    .corner_radius(CornerRadius::same(RADIUS_CARD))
                    .inner_margin(Margin::same(SPACE_M as i8))
                    .show(ui, |ui| {
                        ui.set_width(POPOVER);
                        ui.spacing_mut().item_spacing.y = SPACE_S;
                        wants = fields(ui, view, &mut open);
                    });
            });
        });
    open.form.keep(ui, &mut screen.drafts);
    match wants {
        Wants::Nothing => screen.reading.form = Some(open),
        Wants::Record => {
            let purpose = Purpose::Form(open.form.key.clone());
            let body = open.body();
            open.form.sending = Some(screen.acts.record(view, purpose, body));
            screen.reading.form = Some(open);
        }
        Wants::Close => screen.drafts.drop_form(&open.form.key, &mut screen.acts),
    }
}

/// Width of the fields, points.
const POPOVER: f32 = 300.0;

#[derive(PartialEq, Eq)]
enum Wants {
    Nothing,
    Record,
    Close,
}

fn fields(ui: &mut Ui, view: &View<'_>, open: &mut RegionForm) -> Wants {
    label(ui, tr("region-title"), Type::Strong);
    let options: Vec<_> = RegionCategory::ALL
        .iter()
        .map(|c| (*c, tr_code("region", c)))
        .collect();
    let value = &mut open.form.value;
    select(
        ui,
        "region-category",
        &tr("region-category"),
        &mut value.category,
        &options,
    );
    sure(ui, &mut value.confidence);
    let response = Field::area(&tr("region-comment"), 2).show(ui, &mut value.comment);
    let mut items = vec![(None, tr("finding-no-item"))];
    let goods = &view.inspection().consignment.items;
    items.extend(goods.iter().map(|i| {
        (
            Some(i.number),
            sentences::item_words(view.inspection(), i.number),
        )
    }));
    select(
        ui,
        "region-item",
        &tr("finding-item"),
        &mut value.item,
        &items,
    );
    open.form.focus_first(&response);
    if let Some(problem) = &open.form.problem {
        notice::banner(ui, problem, Tone::Red);
    }
    let why = view
        .refusal(&open.body())
        .or_else(|| open.form.sending.map(|_| tr("form-saving")));
    let sent =
        why.is_none() && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    let mut wants = if sent { Wants::Record } else { Wants::Nothing };
    let words = tr("region-record");
    let record = Button::primary(&words)
        .key("Ctrl+Enter")
        .fill()
        .disabled_because(why.as_deref());
    if ui.add(record).clicked() {
        wants = Wants::Record;
    }
    let escaped = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if ui
        .add(Button::secondary(&tr("form-cancel")).fill())
        .clicked()
        || escaped
    {
        wants = Wants::Close;
    }
    wants
}

/// How sure the reader is; a second press takes it back.
fn sure(ui: &mut Ui, confidence: &mut Option<Confidence>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(SPACE_S, SPACE_S);
        label_2(ui, tr("region-confidence"), Type::Small);
        for choice in Confidence::ALL {
            let on = *confidence == Some(*choice);
            let words = tr_code("confidence", choice);
            if ui.add(Chip::new(&words, on)).clicked() {
                *confidence = (!on).then_some(*choice);
            }
        }
    });
}
