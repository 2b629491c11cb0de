//! Regions on the radiograph: drawn, described beside the box, listed, and laid beside what the manifest says.

use egui::{
    Area, CornerRadius, Frame, Id, Key, Margin, Modifiers, Order, Rect, Sense, Ui, pos2, vec2,
};
use outpost_domain::{BlobHash, EntryBody, RegionCategory, RegionShape, Scan};
use serde::{Deserialize, Serialize};

use crate::design::card::card;
use crate::design::field::select;
use crate::design::tokens::RADIUS_CARD;
use crate::design::words::{hint, label, label_2, paragraph, sentence};
use crate::design::{Button, Field, SPACE_M, SPACE_S, Tone, Type, blank, icons, notice, palette};
use crate::moment::{count, decimal};
use crate::radiograph::Region;
use crate::text::{tr, tr_args, tr_code};

use super::reading::look_at;
use super::{Drafts, Form, Purpose, Screen, View, finding, sentences};

/// What is typed about a region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionFields {
    /// What it is thought to be.
    pub category: RegionCategory,
    /// The officer's words.
    pub comment: String,
    /// The goods item concerned.
    pub item: Option<u32>,
    /// Where: left, upper, width, height in pixels.
    pub place: [u32; 4],
}

/// A region being described.
#[derive(Debug)]
pub struct RegionForm {
    /// The form.
    pub form: Form<RegionFields>,
    scan: BlobHash,
}

impl RegionForm {
    /// Describes a part of a scan, in its pixels.
    pub fn new(scan: BlobHash, part: Rect, drafts: &Drafts) -> Self {
        let side = |length: f32| (length.max(1.0)) as u32;
        let pristine = RegionFields {
            category: RegionCategory::Other,
            comment: String::new(),
            item: None,
            place: [
                part.left() as u32,
                part.top() as u32,
                side(part.width()),
                side(part.height()),
            ],
        };
        let place = pristine.place;
        let mut form = Form::open(format!("region-{scan}"), pristine, drafts);
        form.value.place = place;
        Self { form, scan }
    }

    fn shape(&self) -> RegionShape {
        let [x, y, width, height] = self.form.value.place;
        RegionShape::Box {
            x,
            y,
            width,
            height,
        }
    }

    fn body(&self) -> EntryBody {
        let value = &self.form.value;
        EntryBody::RegionDrawn {
            scan: self.scan,
            shape: self.shape(),
            category: value.category,
            comment: value.comment.trim().to_owned(),
            item: value.item,
        }
    }

    /// The region as it is drawn while it is described.
    pub fn region(&self) -> Region {
        Region {
            part: rect(self.shape()),
            label: String::new(),
            tone: Tone::Accent,
            selected: true,
        }
    }
}

/// A shape as a rectangle in pixels of the image.
pub const fn rect(shape: RegionShape) -> Rect {
    let RegionShape::Box {
        x,
        y,
        width,
        height,
    } = shape;
    let (x, y) = (x as f32, y as f32);
    Rect {
        min: pos2(x, y),
        max: pos2(x + width as f32, y + height as f32),
    }
}

/// The regions of a scan, in the order of their numbers.
pub fn drawn(view: &View<'_>, scan: &Scan, selected: Option<usize>) -> Vec<Region> {
    of_scan(view, scan)
        .enumerate()
        .map(|(index, record)| Region {
            part: rect(record.shape),
            label: format!("{} · {}", index + 1, tr_code("region", record.category)),
            tone: Tone::Red,
            selected: selected == Some(index),
        })
        .collect()
}

fn of_scan<'a>(
    view: &View<'a>,
    scan: &Scan,
) -> impl Iterator<Item = &'a outpost_domain::RegionRecord> {
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

/// Lists the regions; a click shows one, a button makes a finding of it.
pub fn list(screen: &mut Screen, ui: &mut Ui, view: &View<'_>, scan: &Scan) {
    let records: Vec<_> = of_scan(view, scan).collect();
    let title = tr_args("region-list", &[("n", records.len().into())]);
    let mut chosen = None;
    let mut found = None;
    card(ui, &title, |ui| {
        if records.is_empty() {
            blank::none(ui, &tr("region-none"));
        }
        for (index, record) in records.iter().enumerate() {
            let selected = screen.reading.selected() == Some(index);
            let (show, find) = line(ui, view, scan, index, record, selected);
            chosen = show.then_some((index, record.shape)).or(chosen);
            found = find.then_some(record.entry).or(found);
        }
    });
    if let Some((index, shape)) = chosen {
        look_at(&mut screen.reading, index, shape);
    }
    if found.is_some() {
        finding::open(screen, view, found);
    }
}

fn line(
    ui: &mut Ui,
    view: &View<'_>,
    scan: &Scan,
    index: usize,
    record: &outpost_domain::RegionRecord,
    selected: bool,
) -> (bool, bool) {
    let p = palette(ui);
    let category = tr_code("region", record.category);
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
    let mut beside = vec![size(record.shape, scan)];
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
    (row.inner || clicked, find)
}

/// Width and height in metres where the pitch is known, else in pixels.
fn size(shape: RegionShape, scan: &Scan) -> String {
    let RegionShape::Box { width, height, .. } = shape;
    match scan.pitch_mm {
        Some(mm) => {
            let metres = |pixels: u32| decimal(f64::from(pixels) * f64::from(mm) / 1000.0, 2);
            format!("{} × {} m", metres(width), metres(height))
        }
        None => format!("{width} × {height} px"),
    }
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
