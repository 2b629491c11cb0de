//! The chip: a filter or a choice among few, switched by a click; with a count, it says what it would show.

use egui::accesskit::Role;
use egui::{
    Align, Color32, CornerRadius, Rect, Response, Sense, StrokeKind, Ui, Widget, WidgetInfo, pos2,
    vec2,
};

use super::focus::{focus_ring, surface};
use super::key;
use super::theme::{font, metrics, palette};
use super::tokens::{SPACE_M, SPACE_XS, Tone};
use super::r#type::Type;
use super::words::{line, paint_line};

const HEIGHT: f32 = 24.0;

/// A chip.
#[must_use = "a chip is shown with ui.add"]
pub struct Chip<'a> {
    text: &'a str,
    count: Option<usize>,
    on: bool,
    tone: Tone,
    key: Option<&'a str>,
    why_not: Option<&'a str>,
}

impl<'a> Chip<'a> {
    /// A chip that is on or off.
    pub const fn new(text: &'a str, on: bool) -> Self {
        Self {
            text,
            count: None,
            on,
            tone: Tone::Accent,
            key: None,
            why_not: None,
        }
    }

    /// The key that does the same.
    pub const fn key(mut self, key: &'a str) -> Self {
        self.key = Some(key);
        self
    }

    /// Cannot be switched, and why; `None` leaves it as it is.
    pub const fn disabled_because(mut self, reason: Option<&'a str>) -> Self {
        self.why_not = reason;
        self
    }

    /// How many it would show.
    pub const fn count(mut self, count: usize) -> Self {
        self.count = Some(count);
        self
    }

    /// Its tone when it is on.
    pub const fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

impl Widget for Chip<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let p = palette(ui);
        let text = match self.count {
            Some(count) => format!("{} {count}", self.text),
            None => self.text.to_owned(),
        };
        let words = line(
            ui.painter(),
            &text,
            font(ui, Type::SmallMedium),
            Color32::PLACEHOLDER,
            f32::INFINITY,
        );
        let m = metrics(ui);
        let cap = self.key.map_or(0.0, |key| key::size(ui, key).x);
        let keyed = if cap > 0.0 { cap + SPACE_XS } else { 0.0 };
        let size = vec2(words.size().x + keyed + 2.0 * SPACE_M - SPACE_XS, m.control);
        let sense = if self.why_not.is_some() {
            Sense::hover()
        } else {
            Sense::click()
        };
        let (rect, response) = ui.allocate_exact_size(size, sense);
        let enabled = ui.is_enabled() && self.why_not.is_none();
        response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, self.on, &text));
        let pill = Rect::from_center_size(
            rect.center(),
            vec2(rect.width(), HEIGHT + 4.0 * m.text_step),
        );
        let radius = (pill.height() / 2.0) as u8;
        let (fill, ink) = if self.why_not.is_some() {
            (p.sunken, p.ink_3)
        } else if self.on {
            (p.wash(self.tone), p.tone(self.tone))
        } else {
            (surface(&response, p.sunken, p.line), p.ink_2)
        };
        ui.painter()
            .rect_filled(pill, CornerRadius::same(radius), fill);
        if p.theme.is_contrast() {
            let stroke = egui::Stroke::new(if self.on { 2.0 * p.line_width } else { 1.0 }, ink);
            ui.painter()
                .rect_stroke(pill, CornerRadius::same(radius), stroke, StrokeKind::Inside);
        }
        let mut place = pill;
        if let Some(name) = self.key {
            let left = pill.right() - cap - SPACE_XS - 2.0;
            key::paint(ui, pos2(left, pill.center().y), name);
            place.max.x = left;
        }
        paint_line(ui, place, Align::Center, &text, Type::SmallMedium, ink);
        focus_ring(ui, pill, radius, &response);
        match self.why_not {
            Some(reason) => response.on_hover_text(reason),
            None => response,
        }
    }
}

/// A switch for a setting that is on or off; returns whether it was changed.
pub fn toggle(ui: &mut Ui, on: &mut bool, text: &str) -> Response {
    let p = palette(ui);
    let height = metrics(ui).control;
    let track = vec2(36.0, 20.0);
    let words = line(
        ui.painter(),
        text,
        font(ui, Type::Body),
        p.ink,
        f32::INFINITY,
    );
    let size = vec2(track.x + SPACE_M + words.size().x, height);
    let (rect, mut response) = ui.allocate_exact_size(size, Sense::click());
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Switch, enabled, *on, text));
    let bar = Rect::from_min_size(rect.left_center() - vec2(0.0, track.y / 2.0), track);
    let radius = CornerRadius::same((track.y / 2.0) as u8);
    let fill = if *on { p.accent } else { p.ink_3 };
    ui.painter().rect_filled(bar, radius, fill);
    let x = if *on {
        bar.right() - track.y / 2.0
    } else {
        bar.left() + track.y / 2.0
    };
    ui.painter()
        .circle_filled(pos2(x, bar.center().y), track.y / 2.0 - 3.0, p.panel);
    let place = Rect::from_min_max(pos2(bar.right() + SPACE_M, rect.top()), rect.max);
    paint_line(ui, place, Align::Min, text, Type::Body, p.ink);
    focus_ring(ui, bar, (track.y / 2.0) as u8, &response);
    response
}
