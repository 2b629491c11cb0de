//! The badge: one word or two on a coloured wash. As wide as its words, or as its column.

use egui::accesskit::Role;
use egui::{Align, CornerRadius, Rect, Response, Sense, StrokeKind, Ui, Widget, WidgetInfo, vec2};

use super::theme::{font, metrics, palette};
use super::tokens::{BADGE, SPACE_S, Tone};
use super::r#type::Type;
use super::words::{line, paint_line};

/// A badge.
#[must_use = "a badge is shown with ui.add"]
pub struct Badge<'a> {
    text: &'a str,
    tone: Tone,
    width: Option<f32>,
    hover: Option<&'a str>,
}

impl<'a> Badge<'a> {
    /// A badge that says `text`.
    pub const fn new(text: &'a str, tone: Tone) -> Self {
        Self {
            text,
            tone,
            width: None,
            hover: None,
        }
    }

    /// As wide as its column, so that badges in a list stand under each other.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// The reason behind the word, on hover.
    pub const fn hover(mut self, text: &'a str) -> Self {
        self.hover = Some(text);
        self
    }
}

/// Width of a badge as wide as its words, points.
pub fn natural_width(ui: &Ui, text: &str) -> f32 {
    let color = palette(ui).ink;
    let words = line(
        ui.painter(),
        text,
        font(ui, Type::SmallMedium),
        color,
        f32::INFINITY,
    );
    words.size().x + 2.0 * SPACE_S + 2.0
}

/// Paints a badge that fills `rect`'s width, vertically centred in it.
pub fn paint(ui: &Ui, rect: Rect, text: &str, tone: Tone) -> Rect {
    let p = palette(ui);
    let height = BADGE + metrics(ui).text_step;
    let rect = Rect::from_center_size(rect.center(), vec2(rect.width(), height));
    let radius = CornerRadius::same((height / 2.0) as u8);
    ui.painter().rect_filled(rect, radius, p.wash(tone));
    if p.theme.is_contrast() {
        ui.painter().rect_stroke(
            rect,
            radius,
            egui::Stroke::new(p.line_width, p.tone(tone)),
            StrokeKind::Inside,
        );
    }
    let inside = rect.shrink2(vec2(SPACE_S, 0.0));
    paint_line(
        ui,
        inside,
        Align::Center,
        text,
        Type::SmallMedium,
        p.tone(tone),
    );
    rect
}

impl Widget for Badge<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let natural = natural_width(ui, self.text);
        let width = self
            .width
            .unwrap_or(natural)
            .min(ui.available_width().max(BADGE));
        let height = BADGE + metrics(ui).text_step;
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.text));
        paint(ui, rect, self.text, self.tone);
        match self.hover {
            Some(text) => response.on_hover_text(text),
            None if width < natural => response.on_hover_text(self.text),
            None => response,
        }
    }
}

/// A badge as wide as its words.
pub fn badge(ui: &mut Ui, text: &str, tone: Tone) -> Response {
    ui.add(Badge::new(text, tone))
}
