//! The card: a panel with a head and what belongs together under it.

use egui::{Align, CornerRadius, Frame, InnerResponse, Layout, Margin, Stroke, Ui};

use super::theme::palette;
use super::tokens::{RADIUS_CARD, SPACE_M, SPACE_S, Tone};
use super::r#type::Type;
use super::words::words;

/// A surface without a head.
pub fn panel<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let p = palette(ui);
    Frame::new()
        .fill(p.panel)
        .stroke(p.hairline())
        .corner_radius(CornerRadius::same(RADIUS_CARD))
        .inner_margin(Margin::same(SPACE_M as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui)
        })
}

/// A surface in the colours of a tone: a warning, an answer to be seen.
pub fn tinted<R>(ui: &mut Ui, tone: Tone, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let p = palette(ui);
    let line = if p.theme.is_contrast() {
        Stroke::new(p.line_width, p.tone(tone))
    } else {
        Stroke::NONE
    };
    Frame::new()
        .fill(p.wash(tone))
        .stroke(line)
        .corner_radius(CornerRadius::same(RADIUS_CARD))
        .inner_margin(Margin::same(SPACE_M as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui)
        })
}

/// A card with a head.
pub fn card<R>(ui: &mut Ui, title: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    card_with(ui, title, |_| {}, add)
}

/// A card whose head has something at its right: a key cap, a count, a button.
pub fn card_with<R>(
    ui: &mut Ui,
    title: &str,
    right: impl FnOnce(&mut Ui),
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    frame(ui, |ui| {
        head(ui, title, right);
        Frame::new()
            .inner_margin(Margin::same(SPACE_M as i8))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = SPACE_S;
                add(ui)
            })
            .inner
    })
}

/// A card with a head whose content reaches its edges: a table.
pub fn card_flush<R>(
    ui: &mut Ui,
    title: &str,
    right: impl FnOnce(&mut Ui),
    add: impl FnOnce(&mut Ui) -> R,
) -> R {
    frame(ui, |ui| {
        head(ui, title, right);
        add(ui)
    })
}

fn frame<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let p = palette(ui);
    Frame::new()
        .fill(p.panel)
        .stroke(p.hairline())
        .corner_radius(CornerRadius::same(RADIUS_CARD))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_width(ui.available_width());
            add(ui)
        })
        .inner
}

fn head(ui: &mut Ui, title: &str, right: impl FnOnce(&mut Ui)) {
    let p = palette(ui);
    let inner = Frame::new()
        .inner_margin(Margin::symmetric(SPACE_M as i8, SPACE_S as i8))
        .show(ui, |ui| {
            ui.spacing_mut().interact_size.y = super::tokens::BADGE;
            ui.horizontal(|ui| {
                words(ui, title, Type::CardHead, p.ink_2);
                ui.with_layout(Layout::right_to_left(Align::Center), right);
            });
        });
    let rect = inner.response.rect;
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), p.hairline());
}

/// A hairline across the room there is.
pub fn hairline(ui: &mut Ui) {
    let p = palette(ui);
    let (rect, _) = ui.allocate_exact_size(
        egui::vec2(ui.available_width(), p.line_width),
        egui::Sense::hover(),
    );
    ui.painter()
        .hline(rect.x_range(), rect.center().y, p.hairline());
}
