//! The window's frame: one rail, one top bar, one status bar, and the panel beside a list.

use egui::accesskit::Role;
use egui::{
    Align, CornerRadius, Frame, InnerResponse, Layout, Margin, Panel, Rect, Sense, Ui, WidgetInfo,
    pos2, vec2,
};

use super::focus::focus_ring;
use super::theme::{font, metrics, palette};
use super::tokens::{
    RADIUS, RADIUS_SMALL, RAIL, SIDE_PANEL, SPACE_L, SPACE_S, SPACE_XL, SPACE_XS, STATUS_BAR,
    TOP_BAR, Tone,
};
use super::r#type::Type;
use super::words::{line, paint_icon, paint_line};

/// A place on the rail.
#[derive(Debug, Clone, Copy)]
pub struct RailItem<'a> {
    /// Its icon.
    pub icon: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Whether the window is there.
    pub selected: bool,
    /// Whether something there wants attention; shown as a dot, said in `name` to a screen reader.
    pub alert: bool,
}

/// Shows the rail, `upper` places from the top and `lower` ones from the foot; returns the index clicked, counted
/// through both.
pub fn rail(ui: &mut Ui, upper: &[RailItem<'_>], lower: &[RailItem<'_>]) -> Option<usize> {
    let p = palette(ui);
    let width = RAIL + 4.0 * metrics(ui).text_step;
    let mut frame = Frame::new().fill(p.rail);
    if p.theme.is_contrast() {
        frame = frame.stroke(p.hairline());
    }
    Panel::left("rail")
        .exact_size(width)
        .resizable(false)
        .show_separator_line(false)
        .frame(frame)
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = SPACE_XS;
            let mut clicked = None;
            ui.vertical_centered(|ui| {
                ui.add_space(SPACE_M_RAIL);
                mark(ui);
                ui.add_space(SPACE_L);
                for (index, item) in upper.iter().enumerate() {
                    if place(ui, item, width) {
                        clicked = Some(index);
                    }
                }
            });
            ui.with_layout(Layout::bottom_up(Align::Center), |ui| {
                ui.add_space(SPACE_S);
                for (index, item) in lower.iter().enumerate().rev() {
                    if place(ui, item, width) {
                        clicked = Some(upper.len() + index);
                    }
                }
            });
            clicked
        })
        .inner
}

/// Space above the mark: it stands in the middle of the top bar's height.
const SPACE_M_RAIL: f32 = 10.0;

/// The product's mark.
fn mark(ui: &mut Ui) {
    let p = palette(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(34.0, 34.0), Sense::hover());
    let ground = if p.theme.is_contrast() {
        p.rail_ink
    } else {
        super::tokens::LIGHT.accent_wash
    };
    ui.painter()
        .rect_filled(rect, CornerRadius::same(RADIUS), ground);
    paint_line(ui, rect, Align::Center, "o", Type::Title, p.rail);
}

fn place(ui: &mut Ui, item: &RailItem<'_>, width: f32) -> bool {
    let p = palette(ui);
    let size = vec2(width - 12.0, 52.0 + 2.0 * metrics(ui).text_step);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, item.selected, item.name));
    let ink = if item.selected {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(RADIUS), p.rail_selected);
        p.rail_ink_selected
    } else if response.hovered() && !p.theme.is_contrast() {
        p.rail_ink_selected
    } else {
        p.rail_ink
    };
    paint_icon(
        ui,
        pos2(rect.center().x, rect.top() + 18.0),
        item.icon,
        Type::IconLarge,
        ink,
    );
    let foot = Rect::from_min_max(
        pos2(rect.left() + 2.0, rect.bottom() - 22.0),
        rect.max - vec2(2.0, 4.0),
    );
    let elided = paint_line(ui, foot, Align::Center, item.name, Type::Key, ink);
    if item.alert {
        let amber = super::tokens::DARK.amber;
        ui.painter()
            .circle_filled(pos2(rect.center().x + 12.0, rect.top() + 12.0), 4.0, amber);
    }
    focus_ring(ui, rect.shrink(1.0), RADIUS, &response);
    let clicked = response.clicked();
    if elided {
        response.on_hover_text(item.name);
    }
    clicked
}

/// The top bar: what the page is, what can be done on it.
pub fn top_bar<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let p = palette(ui);
    let shown = Panel::top("top-bar")
        .exact_size(TOP_BAR + 4.0 * metrics(ui).text_step)
        .resizable(false)
        .show_separator_line(false)
        .frame(
            Frame::new()
                .fill(p.panel)
                .inner_margin(Margin::symmetric(SPACE_L as i8 + 2, 0)),
        )
        .show(ui, |ui| {
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = SPACE_M_BAR;
                add(ui)
            })
            .inner
        });
    let rect = shown.response.rect;
    ui.painter().hline(
        rect.x_range(),
        rect.bottom() - p.line_width / 2.0,
        p.hairline(),
    );
    shown.inner
}

/// Space between things on the top bar.
const SPACE_M_BAR: f32 = 14.0;

/// A row of tools under the top bar.
pub fn tool_bar<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let p = palette(ui);
    let shown = Panel::top("tool-bar")
        .exact_size(metrics(ui).control + 14.0)
        .resizable(false)
        .show_separator_line(false)
        .frame(
            Frame::new()
                .fill(p.panel)
                .inner_margin(Margin::symmetric(SPACE_L as i8 - 2, 0)),
        )
        .show(ui, |ui| {
            ui.with_layout(Layout::left_to_right(Align::Center), add)
                .inner
        });
    let rect = shown.response.rect;
    ui.painter().hline(
        rect.x_range(),
        rect.bottom() - p.line_width / 2.0,
        p.hairline(),
    );
    shown.inner
}

/// The panel at the right of a list.
pub fn side_panel<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let p = palette(ui);
    let shown = Panel::right("side-panel")
        .exact_size(SIDE_PANEL)
        .resizable(false)
        .show_separator_line(false)
        .frame(
            Frame::new()
                .fill(p.background)
                .inner_margin(Margin::same(SPACE_L as i8)),
        )
        .show(ui, add);
    let rect = shown.response.rect;
    ui.painter()
        .vline(rect.left(), rect.y_range(), p.hairline());
    shown
}

/// Something that the status bar says.
#[derive(Debug, Clone, Default)]
pub struct StatusItem {
    /// The words.
    pub text: String,
    /// A dot before them.
    pub dot: Option<Tone>,
    /// The words' tone, where they want attention.
    pub tone: Option<Tone>,
    /// More about it, on hover.
    pub hover: String,
    /// Whether pressing it does something by itself, as a button; else a click shows more.
    pub button: bool,
}

/// Room below which nothing of an item could be read, points: it would only touch the next one.
const LEAST_ITEM: f32 = 64.0;

/// Shows the status bar; returns whether an item was clicked, the left ones counted first.
pub fn status_bar(ui: &mut Ui, left: &[StatusItem], right: &[StatusItem]) -> Option<usize> {
    let p = palette(ui);
    let mut clicked = None;
    let shown = Panel::bottom("status-bar")
        .exact_size(STATUS_BAR + 2.0 * metrics(ui).text_step)
        .resizable(false)
        .show_separator_line(false)
        .frame(
            Frame::new()
                .fill(p.panel)
                .inner_margin(Margin::symmetric(SPACE_L as i8, 0)),
        )
        .show(ui, |ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = SPACE_XL - SPACE_S;
                for (index, item) in right.iter().enumerate().rev() {
                    if status_item(ui, item) {
                        clicked = Some(left.len() + index);
                    }
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    for (index, item) in left.iter().enumerate() {
                        if index > 0 && ui.available_width() < LEAST_ITEM {
                            break;
                        }
                        if status_item(ui, item) {
                            clicked = Some(index);
                        }
                    }
                });
            });
        });
    let rect = shown.response.rect;
    ui.painter().hline(
        rect.x_range(),
        rect.top() + p.line_width / 2.0,
        p.hairline(),
    );
    clicked
}

fn status_item(ui: &mut Ui, item: &StatusItem) -> bool {
    let p = palette(ui);
    let color = item.tone.map_or(p.ink_2, |tone| p.tone(tone));
    let dot = if item.dot.is_some() { SPACE_L } else { 0.0 };
    let room = (ui.available_width() - dot).max(0.0);
    let words = line(
        ui.painter(),
        &item.text,
        font(ui, Type::NumberSmall),
        color,
        room,
    );
    let size = vec2(words.size().x + dot, ui.available_height());
    let (role, sense) = if item.button {
        (Role::Button, Sense::click())
    } else {
        (Role::Status, Sense::CLICK)
    };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    response.widget_info(|| WidgetInfo::labeled(role, true, &item.text));
    focus_ring(
        ui,
        rect.shrink2(vec2(0.0, SPACE_XS)),
        RADIUS_SMALL,
        &response,
    );
    if let Some(tone) = item.dot {
        ui.painter().circle_filled(
            pos2(rect.left() + SPACE_XS, rect.center().y),
            SPACE_XS,
            p.bar(tone),
        );
    }
    let place = Rect::from_min_max(pos2(rect.left() + dot, rect.top()), rect.max);
    paint_line(ui, place, Align::Min, &item.text, Type::NumberSmall, color);
    let clicked = response.clicked();
    let hover = match (item.hover.is_empty(), words.elided) {
        (false, _) => &item.hover,
        (true, true) => &item.text,
        (true, false) => return clicked,
    };
    response.on_hover_text(hover);
    clicked
}
