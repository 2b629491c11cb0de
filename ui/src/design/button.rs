//! Buttons: the one act, the others, and those that cannot be taken back, each with its key on it.

use egui::accesskit::Role;
use egui::{
    Align, Align2, Color32, CornerRadius, Rect, Response, Sense, Stroke, StrokeKind, Ui, Widget,
    WidgetInfo, pos2, vec2,
};

use super::focus::{focus_ring, surface};
use super::key;
use super::theme::{font, metrics, palette};
use super::tokens::{Palette, RADIUS, SPACE_M, SPACE_S};
use super::r#type::Type;
use super::words::{line, paint_icon};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Primary,
    Secondary,
    Danger,
    Quiet,
}

/// A button.
#[must_use = "a button is shown with ui.add"]
pub struct Button<'a> {
    text: &'a str,
    icon: Option<&'a str>,
    key: Option<&'a str>,
    kind: Kind,
    fill: bool,
    selected: bool,
    icon_only: bool,
    why_not: Option<&'a str>,
}

impl<'a> Button<'a> {
    const fn new(text: &'a str, kind: Kind) -> Self {
        Self {
            text,
            icon: None,
            key: None,
            kind,
            fill: false,
            selected: false,
            icon_only: false,
            why_not: None,
        }
    }

    /// The one act of this page.
    pub const fn primary(text: &'a str) -> Self {
        Self::new(text, Kind::Primary)
    }

    /// Another act.
    pub const fn secondary(text: &'a str) -> Self {
        Self::new(text, Kind::Secondary)
    }

    /// An act against the goods, or one that cannot be taken back.
    pub const fn danger(text: &'a str) -> Self {
        Self::new(text, Kind::Danger)
    }

    /// An act without a frame, within a row or a head.
    pub const fn quiet(text: &'a str) -> Self {
        Self::new(text, Kind::Quiet)
    }

    /// Only an icon; `text` is its name for tooltip and screen reader.
    pub const fn icon_only(icon: &'a str, text: &'a str) -> Self {
        let mut button = Self::new(text, Kind::Secondary);
        button.icon = Some(icon);
        button.icon_only = true;
        button
    }

    /// An icon before the words.
    pub const fn icon(mut self, icon: &'a str) -> Self {
        self.icon = Some(icon);
        self
    }

    /// The key that does the same.
    pub const fn key(mut self, key: &'a str) -> Self {
        self.key = Some(key);
        self
    }

    /// As wide as there is room.
    pub const fn fill(mut self) -> Self {
        self.fill = true;
        self
    }

    /// Without a frame until the pointer is over it.
    pub const fn frameless(mut self) -> Self {
        self.kind = Kind::Quiet;
        self
    }

    /// Shown as switched on: a tool in use.
    pub const fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    /// Cannot be pressed, and why; `None` leaves it as it is.
    pub const fn disabled_because(mut self, reason: Option<&'a str>) -> Self {
        self.why_not = reason;
        self
    }

    fn colours(&self, p: &Palette, response: &Response) -> (Color32, Color32, Stroke) {
        let frame = |color| Stroke::new(p.line_width, color);
        if self.selected {
            return (p.accent_wash, p.accent, frame(p.accent));
        }
        match self.kind {
            Kind::Primary => (
                surface(response, p.accent, p.accent_hover),
                p.on_accent,
                Stroke::NONE,
            ),
            Kind::Secondary => (surface(response, p.panel, p.hover), p.ink, p.hairline()),
            Kind::Danger => (surface(response, p.panel, p.red_wash), p.red, frame(p.red)),
            Kind::Quiet => (
                surface(response, Color32::TRANSPARENT, p.hover),
                p.ink_2,
                Stroke::NONE,
            ),
        }
    }

    /// Width of icon, words and key cap with the spaces between them.
    fn parts(&self, ui: &Ui) -> (f32, f32, f32) {
        let icon = self
            .icon
            .map_or(0.0, |_| Type::Icon.size() + metrics(ui).text_step);
        let words = if self.icon_only {
            0.0
        } else {
            line(
                ui.painter(),
                self.text,
                font(ui, Type::Medium),
                Color32::PLACEHOLDER,
                f32::INFINITY,
            )
            .size()
            .x
        };
        let cap = self.key.map_or(0.0, |k| key::size(ui, k).x);
        (icon, words, cap)
    }

    /// The width that it takes when there is room, points.
    pub fn width(&self, ui: &Ui) -> f32 {
        let (icon, words, cap) = self.parts(ui);
        let spaces = [icon, words, cap]
            .iter()
            .filter(|part| **part > 0.0)
            .count()
            .saturating_sub(1);
        if self.icon_only && self.key.is_none() {
            metrics(ui).control
        } else {
            icon + words + cap + spaces as f32 * SPACE_S + 2.0 * SPACE_M
        }
    }

    fn paint(&self, ui: &Ui, rect: Rect, response: &Response) {
        let p = palette(ui);
        let (fill, mut ink, stroke) = self.colours(&p, response);
        let (mut fill, mut stroke) = (fill, stroke);
        if self.why_not.is_some() {
            (fill, ink, stroke) = (p.sunken, p.ink_3, p.hairline());
        }
        ui.painter().rect(
            rect,
            CornerRadius::same(RADIUS),
            fill,
            stroke,
            StrokeKind::Inside,
        );
        let (icon, words, cap) = self.parts(ui);
        let gap = |a: f32, b: f32| if a > 0.0 && b > 0.0 { SPACE_S } else { 0.0 };
        let caps = if cap > 0.0 { SPACE_S + cap } else { 0.0 };
        let room = (rect.width() - 2.0 * SPACE_S - icon - gap(icon, words) - caps).max(0.0);
        let words = words.min(room);
        let total = icon + gap(icon, words) + words + caps;
        let mut x = rect.center().x - total / 2.0;
        let y = rect.center().y;
        if let Some(name) = self.icon {
            paint_icon(ui, pos2(x + icon / 2.0, y), name, Type::Icon, ink);
            x += icon + gap(icon, words);
        }
        if !self.icon_only {
            let galley = line(
                ui.painter(),
                self.text,
                font(ui, Type::Medium),
                ink,
                words + 1.0,
            );
            let place = Align2([Align::Min, Align::Center]).anchor_size(pos2(x, y), galley.size());
            ui.painter().galley(place.min, galley, ink);
            x += words;
        }
        if let Some(name) = self.key {
            key::paint(ui, pos2(x + SPACE_S, y), name);
        }
        focus_ring(ui, rect, RADIUS, response);
    }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let height = metrics(ui).control;
        let natural = self.width(ui);
        let room = ui.available_width().max(height);
        let width = if self.fill { room } else { natural.min(room) };
        let sense = if self.why_not.is_some() {
            Sense::hover()
        } else {
            Sense::click()
        };
        let (rect, mut response) = ui.allocate_exact_size(vec2(width, height), sense);
        let enabled = ui.is_enabled() && self.why_not.is_none();
        response.widget_info(|| {
            if self.selected {
                WidgetInfo::selected(Role::Button, enabled, true, self.text)
            } else {
                WidgetInfo::labeled(Role::Button, enabled, self.text)
            }
        });
        self.paint(ui, rect, &response);
        if let Some(reason) = self.why_not {
            response = response.on_hover_text(reason);
        } else if self.icon_only || width < natural {
            response = response.on_hover_text(self.text);
        }
        response
    }
}
