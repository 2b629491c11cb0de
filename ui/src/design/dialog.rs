//! The dialog: a card over the veiled window, closed by Esc. For what must be answered before anything else.

use egui::accesskit::Role;
use egui::{Align, CornerRadius, Frame, Id, Layout, Margin, Modal, Ui, WidgetInfo};

use super::button::Button;
use super::icons;
use super::theme::{palette, shadow};
use super::tokens::{RADIUS_CARD, SPACE_L, SPACE_M};
use super::r#type::Type;
use super::words::label;

/// What a dialog gave back.
pub struct DialogOutput<R> {
    /// What its content returned.
    pub inner: R,
    /// Whether it is to be closed: Esc, the cross, or a click beside it.
    pub close: bool,
}

/// Shows a dialog `width` points wide.
pub fn dialog<R>(
    ui: &Ui,
    id: impl egui::AsIdSalt,
    title: &str,
    width: f32,
    add: impl FnOnce(&mut Ui) -> R,
) -> DialogOutput<R> {
    let p = palette(ui);
    let frame = Frame::new()
        .fill(p.panel)
        .stroke(p.hairline())
        .shadow(shadow(&p))
        .corner_radius(CornerRadius::same(RADIUS_CARD))
        .inner_margin(Margin::same(SPACE_L as i8));
    let mut crossed = false;
    let close = crate::text::tr("dialog-close");
    let shown = Modal::new(Id::unique(id))
        .frame(frame)
        .backdrop_color(p.veil)
        .show(ui.ctx(), |ui| {
            let room = ui.ctx().content_rect().width() - 4.0 * SPACE_L;
            ui.set_width(width.min(room));
            ui.response()
                .widget_info(|| WidgetInfo::labeled(Role::Dialog, true, title));
            if !title.is_empty() {
                ui.horizontal(|ui| {
                    label(ui, title, Type::Title);
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        crossed = ui
                            .add(Button::icon_only(icons::X, &close).frameless())
                            .clicked();
                    });
                });
                ui.add_space(SPACE_M);
            }
            add(ui)
        });
    DialogOutput {
        close: shown.should_close() || crossed,
        inner: shown.inner,
    }
}

/// The row of buttons at a dialog's foot, right to left: the one act first. A row of its own height: a layout that may
/// fill what is left would keep a dialog as high as it ever was.
pub fn buttons<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(SPACE_M);
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), add)
            .inner
    })
    .inner
}
