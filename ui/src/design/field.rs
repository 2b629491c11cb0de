//! Fields: search, a line of text, a text of several lines, and a choice from a list.

use egui::accesskit::Role;
use egui::{
    Align, ComboBox, CornerRadius, Frame, Id, Margin, Rect, Response, Sense, StrokeKind, TextEdit,
    Ui, WidgetInfo, pos2, vec2,
};

use super::theme::{font, metrics, palette};
use super::tokens::{RADIUS, SPACE_S, SPACE_XS};
use super::r#type::Type;
use super::words::{label_2, paint_icon, paint_line, rich, words};
use super::{icons, key};

/// The search field with its key cap; `width` points wide. Its id is `id`, so that a key can focus it.
pub fn search(
    ui: &mut Ui,
    id: Id,
    text: &mut String,
    hint: &str,
    key_cap: &str,
    width: f32,
) -> Response {
    let p = palette(ui);
    let size = vec2(width.min(ui.available_width()), metrics(ui).control);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let focused = ui.memory(|memory| memory.has_focus(id));
    let stroke = if focused {
        p.focus_ring()
    } else {
        p.hairline()
    };
    ui.painter().rect(
        rect,
        CornerRadius::same(RADIUS),
        p.sunken,
        stroke,
        StrokeKind::Inside,
    );
    let icon = pos2(rect.left() + SPACE_S + SPACE_S, rect.center().y);
    paint_icon(ui, icon, icons::MAGNIFYING_GLASS, Type::Icon, p.ink_3);
    let cap = key::size(ui, key_cap).x + 2.0 * SPACE_S;
    let inside = Rect::from_min_max(
        pos2(icon.x + SPACE_S + SPACE_XS, rect.top()),
        pos2(rect.right() - cap, rect.bottom()),
    );
    let edit = TextEdit::singleline(text)
        .id(id)
        .frame(Frame::NONE)
        .margin(Margin::ZERO)
        .align(egui::Align2::LEFT_CENTER)
        .font(font(ui, Type::Body))
        .hint_text(rich(ui, hint, Type::Body, p.ink_3))
        .desired_width(inside.width());
    let mut response = ui
        .new_child(egui::UiBuilder::new().max_rect(inside))
        .add(edit);
    if text.is_empty() {
        key::paint(
            ui,
            pos2(rect.right() - cap + SPACE_S, rect.center().y),
            key_cap,
        );
    } else if clear(ui, rect, cap, id) {
        text.clear();
        response.mark_changed();
    }
    response.accessible_name(hint)
}

/// The cross that empties the search field.
fn clear(ui: &Ui, field: Rect, width: f32, id: Id) -> bool {
    let rect = Rect::from_min_max(pos2(field.right() - width, field.top()), field.max);
    let response = ui.interact(rect, id.with("clear"), Sense::click());
    let name = crate::text::tr("field-clear");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let p = palette(ui);
    let ink = if response.hovered() { p.ink } else { p.ink_2 };
    paint_icon(ui, rect.center(), icons::X, Type::Icon, ink);
    super::focus::focus_ring(ui, rect.shrink(SPACE_XS), RADIUS, &response);
    response.on_hover_text(name).clicked()
}

/// A line of text under its name.
#[must_use = "a field is shown with show"]
pub struct Field<'a> {
    name: &'a str,
    hint: &'a str,
    error: Option<&'a str>,
    id: Option<Id>,
    rows: usize,
    secret: bool,
    mono: bool,
    limit: usize,
}

/// The most characters that a field takes unless told otherwise: what the domain's rules allow.
const LIMIT: usize = 8_000;

impl<'a> Field<'a> {
    /// A field of one line.
    pub const fn new(name: &'a str) -> Self {
        Self {
            name,
            hint: "",
            error: None,
            id: None,
            rows: 1,
            secret: false,
            mono: false,
            limit: LIMIT,
        }
    }

    /// A field of several lines.
    pub const fn area(name: &'a str, rows: usize) -> Self {
        let mut field = Self::new(name);
        field.rows = rows;
        field
    }

    /// What may be written, shown while it is empty.
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// What is wrong with it, in words under the field.
    pub const fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error;
        self
    }

    /// A known id, so that a key can focus it.
    pub const fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// Written as dots: a PIN, a passphrase.
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// In the monospaced face: a seal, a number.
    pub const fn mono(mut self) -> Self {
        self.mono = true;
        self
    }

    /// The most characters it takes.
    pub const fn limit(mut self, characters: usize) -> Self {
        self.limit = characters;
        self
    }

    /// Shows name, field and error as wide as there is room.
    pub fn show(self, ui: &mut Ui, text: &mut String) -> Response {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = SPACE_XS;
            if !self.name.is_empty() {
                label_2(ui, self.name, Type::SmallMedium);
            }
            let response = self.edit(ui, text);
            if let Some(error) = self.error {
                let red = palette(ui).red;
                super::words::paragraph(ui, error, Type::Small, red);
            }
            response
        })
        .inner
    }

    fn edit(&self, ui: &mut Ui, text: &mut String) -> Response {
        let p = palette(ui);
        let kind = if self.mono { Type::Mono } else { Type::Body };
        let mut edit = if self.rows > 1 {
            TextEdit::multiline(text).desired_rows(self.rows)
        } else {
            TextEdit::singleline(text).align(egui::Align2::LEFT_CENTER)
        };
        if let Some(id) = self.id {
            edit = edit.id(id);
        }
        let top = if self.rows > 1 { SPACE_S } else { SPACE_XS };
        let width = ui.available_width();
        let response = ui.add(
            edit.password(self.secret)
                .char_limit(self.limit)
                .font(font(ui, kind))
                .margin(Margin::symmetric(SPACE_S as i8 + 2, top as i8))
                .hint_text(rich(ui, self.hint, kind, p.ink_3))
                .desired_width(width),
        );
        if self.error.is_some() && !response.has_focus() {
            let stroke = egui::Stroke::new(p.line_width, p.red);
            let radius = CornerRadius::same(RADIUS);
            ui.painter()
                .rect_stroke(response.rect, radius, stroke, StrokeKind::Inside);
        }
        response.accessible_name(if self.name.is_empty() {
            self.hint
        } else {
            self.name
        })
    }
}

/// A choice from a list under its name; returns whether it was changed.
pub fn select<T: PartialEq + Clone>(
    ui: &mut Ui,
    id: impl egui::AsIdSalt,
    name: &str,
    value: &mut T,
    options: &[(T, String)],
) -> bool {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = SPACE_XS;
        if !name.is_empty() {
            label_2(ui, name, Type::SmallMedium);
        }
        let width = ui.available_width();
        select_inline(ui, id, name, value, options, width)
    })
    .inner
}

/// A choice from a list without its name above it; `name` is for the screen reader.
pub fn select_inline<T: PartialEq + Clone>(
    ui: &mut Ui,
    id: impl egui::AsIdSalt,
    name: &str,
    value: &mut T,
    options: &[(T, String)],
    width: f32,
) -> bool {
    let before = value.clone();
    let current = options
        .iter()
        .find(|(option, _)| option == value)
        .map_or("", |(_, text)| text.as_str());
    let p = palette(ui);
    let inner = ComboBox::from_id_salt(id)
        .selected_text(rich(ui, current, Type::Body, p.ink))
        .width(width)
        .truncate()
        .icon(|ui, rect, visuals, _open| {
            let center = rect.center();
            paint_icon(
                ui,
                center,
                icons::CARET_DOWN,
                Type::Icon,
                visuals.fg_stroke.color,
            );
        })
        .show_ui(ui, |ui| {
            for (option, text) in options {
                option_row(ui, value, option, text);
            }
        });
    // A screen reader says the name and what is chosen.
    let said = match current {
        "" => name.to_owned(),
        chosen => format!("{name}: {chosen}"),
    };
    inner.response.accessible_name(said);
    *value != before
}

fn option_row<T: PartialEq + Clone>(ui: &mut Ui, value: &mut T, option: &T, text: &str) {
    let p = palette(ui);
    let on = value == option;
    let size = vec2(ui.available_width(), metrics(ui).control);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::MenuItemRadio, true, on, text));
    if on || response.hovered() {
        let fill = if on { p.accent_wash } else { p.hover };
        ui.painter()
            .rect_filled(rect, CornerRadius::same(RADIUS - 2), fill);
    }
    let inside = rect.shrink2(vec2(SPACE_S, 0.0));
    paint_line(
        ui,
        inside,
        Align::Min,
        text,
        Type::Body,
        if on { p.accent } else { p.ink },
    );
    super::focus::focus_ring(ui, rect.shrink(1.0), RADIUS - 2, &response);
    if response.clicked() {
        *value = option.clone();
        ui.close();
    }
}

/// A checkbox with its words.
pub fn check(ui: &mut Ui, on: &mut bool, text: &str) -> Response {
    let p = palette(ui);
    ui.checkbox(on, rich(ui, text, Type::Body, p.ink))
}

/// A name and its value on one line: the name at the left in secondary ink.
pub fn fact(ui: &mut Ui, name: &str, value: &str, kind: Type, name_width: f32) {
    let height = font(ui, kind).size + SPACE_XS;
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = height;
        fact_line(ui, name, value, kind, vec2(name_width, height));
    });
}

fn fact_line(ui: &mut Ui, name: &str, value: &str, kind: Type, name_size: egui::Vec2) {
    ui.horizontal(|ui| {
        let p = palette(ui);
        let (rect, _) = ui.allocate_exact_size(name_size, Sense::hover());
        paint_line(ui, rect, Align::Min, name, Type::Small, p.ink_2);
        words(ui, value, kind, p.ink);
    });
}
