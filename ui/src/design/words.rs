//! Words: labels in the type scale, elided with the full text on hover, and the galleys that widgets paint.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Color32, FontId, Galley, Label, Painter, Pos2, Rect, Response, RichText, Ui};

use super::theme::{font, palette};
use super::r#type::Type;

/// One line, elided with `…` when it is wider than `width` points.
pub fn line(
    painter: &Painter,
    text: &str,
    font: FontId,
    color: Color32,
    width: f32,
) -> Arc<Galley> {
    let mut job = LayoutJob::single_section(text.to_owned(), TextFormat::simple(font, color));
    job.wrap = TextWrapping::truncate_at_width(width.max(0.0));
    job.break_on_newline = false;
    painter.layout_job(job)
}

/// Paints one line within `rect`, vertically centred and elided; says whether something was left out.
pub fn paint_line(
    ui: &Ui,
    rect: Rect,
    align: egui::Align,
    text: &str,
    kind: Type,
    color: Color32,
) -> bool {
    let galley = line(ui.painter(), text, font(ui, kind), color, rect.width());
    let anchor = Align2([align, egui::Align::Center]);
    let place = anchor.align_size_within_rect(galley.size(), rect);
    let elided = galley.elided;
    ui.painter().galley(place.min, galley, color);
    elided
}

/// Paints an icon centred on `center`.
pub fn paint_icon(ui: &Ui, center: Pos2, icon: &str, kind: Type, color: Color32) {
    ui.painter()
        .text(center, Align2::CENTER_CENTER, icon, font(ui, kind), color);
}

/// Text of a kind in a colour, for egui's own widgets.
pub fn rich(ui: &Ui, text: impl Into<String>, kind: Type, color: Color32) -> RichText {
    RichText::new(text).font(font(ui, kind)).color(color)
}

/// A label of one line in a colour; elided, with the full text on hover.
pub fn words(ui: &mut Ui, text: impl Into<String>, kind: Type, color: Color32) -> Response {
    let text = rich(ui, text, kind, color);
    ui.add(Label::new(text).truncate())
}

/// A label of one line in ink.
pub fn label(ui: &mut Ui, text: impl Into<String>, kind: Type) -> Response {
    let ink = palette(ui).ink;
    words(ui, text, kind, ink)
}

/// A label of one line in secondary ink.
pub fn label_2(ui: &mut Ui, text: impl Into<String>, kind: Type) -> Response {
    let ink = palette(ui).ink_2;
    words(ui, text, kind, ink)
}

/// A hint of one line, for what may be missed.
pub fn hint(ui: &mut Ui, text: impl Into<String>) -> Response {
    let ink = palette(ui).ink_3;
    words(ui, text, Type::Small, ink)
}

/// Running text that wraps.
pub fn paragraph(ui: &mut Ui, text: impl Into<String>, kind: Type, color: Color32) -> Response {
    let text = rich(ui, text, kind, color);
    ui.add(Label::new(text).wrap())
}

/// Text that can be marked and copied: an MRN, a hash, a reason to be quoted.
pub fn copyable(ui: &mut Ui, text: impl Into<String>, kind: Type) -> Response {
    let ink = palette(ui).ink;
    let text = rich(ui, text, kind, ink);
    ui.add(Label::new(text).selectable(true).truncate())
}

/// Several pieces of text on wrapped lines, each with its own kind and colour: a sentence whose figure stands out.
pub fn sentence(ui: &mut Ui, pieces: &[(&str, Type, Color32)]) -> Response {
    let mut job = LayoutJob::default();
    for (text, kind, color) in pieces {
        job.append(text, 0.0, TextFormat::simple(font(ui, *kind), *color));
    }
    ui.add(Label::new(job).wrap())
}
