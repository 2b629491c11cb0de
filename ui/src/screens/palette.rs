//! The command palette: every act by its name, found by typing, done by Enter.

use egui::accesskit::Role;
use egui::{
    Align, CornerRadius, Id, Key, Modifiers, Rect, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

use crate::acts::{Act, acts, view_acts};
use crate::design::dialog::dialog;
use crate::design::words::paint_line;
use crate::design::{
    Field, RADIUS, SPACE_M, SPACE_S, SPACE_XS, Type, blank, key, metrics, palette,
};
use crate::intent::{Intent, Place};
use crate::screens::inspection::Tab;
use crate::screens::worklist::views::SavedView;
use crate::text::{tr, tr_code};

/// Width of the palette, points.
const WIDTH: f32 = 520.0;
/// Height of its list, points.
const HEIGHT: f32 = 360.0;

/// What only the palette knows.
#[derive(Debug, Default)]
pub struct Local {
    text: String,
    at: usize,
    focused: bool,
}

/// Shows the palette, with the acts of the inspection's tab that is shown; returns what was chosen, and whether it is to be closed.
pub fn show(
    ui: &Ui,
    local: &mut Local,
    place: Place,
    tab: Option<Tab>,
    demonstration: bool,
    views: &[SavedView],
) -> (Option<Intent>, bool) {
    let found = matching(&local.text, place, tab, demonstration, views);
    local.at = local.at.min(found.len().saturating_sub(1));
    let step = ui.input_mut(|input| {
        let down = input.consume_key(Modifiers::NONE, Key::ArrowDown);
        let up = input.consume_key(Modifiers::NONE, Key::ArrowUp);
        i32::from(down) - i32::from(up)
    });
    local.at = (local.at as i32 + step).clamp(0, found.len().saturating_sub(1) as i32) as usize;
    let entered = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let mut chosen = entered
        .then(|| found.get(local.at))
        .flatten()
        .map(|(act, _)| act.intent.clone());
    let shown = dialog(ui, "palette", "", WIDTH, |ui| {
        let hint = tr("palette-hint");
        let field = Field::new("")
            .hint(&hint)
            .id(Id::unique("palette-search"))
            .show(ui, &mut local.text);
        if !std::mem::replace(&mut local.focused, true) {
            field.request_focus();
        }
        if field.changed() {
            local.at = 0;
        }
        ui.add_space(SPACE_S);
        if found.is_empty() {
            blank::none(ui, &tr("palette-nothing"));
        }
        ScrollArea::vertical()
            .max_height(HEIGHT)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (index, (act, title)) in found.iter().enumerate() {
                    if line(ui, act, title, index == local.at, step != 0) {
                        chosen = Some(act.intent.clone());
                    }
                }
            });
    });
    let close = shown.close || chosen.is_some();
    (chosen, close)
}

/// The acts whose titles have every word that was typed, those of this page first; the views that are kept among them.
fn matching(
    text: &str,
    place: Place,
    tab: Option<Tab>,
    demonstration: bool,
    views: &[SavedView],
) -> Vec<(Act, String)> {
    let words: Vec<String> = text
        .to_lowercase()
        .split_whitespace()
        .map(ToOwned::to_owned)
        .collect();
    let mut found: Vec<(Act, String)> = acts()
        .into_iter()
        .filter(|act| act.is_on(place, tab) && (demonstration || !act.demonstration))
        .filter(|act| act.intent != Intent::Palette)
        .map(|act| {
            let title = tr_code("act", act.title);
            (act, title)
        })
        .chain(view_acts(views))
        .filter(|(_, title)| {
            let title = title.to_lowercase();
            words.iter().all(|word| title.contains(word))
        })
        .collect();
    found.sort_by_key(|(act, _)| act.place == crate::acts::Where::Everywhere);
    found
}

fn line(ui: &mut Ui, act: &Act, title: &str, on: bool, moved: bool) -> bool {
    let p = palette(ui);
    let (rect, response) = ui.allocate_exact_size(
        vec2(ui.available_width(), metrics(ui).control),
        Sense::CLICK,
    );
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, on, title));
    if on || response.hovered() {
        let fill = if on { p.accent_wash } else { p.hover };
        ui.painter()
            .rect_filled(rect, CornerRadius::same(RADIUS), fill);
        if on && p.theme.is_contrast() {
            let stroke = egui::Stroke::new(p.line_width, p.accent);
            ui.painter().rect_stroke(
                rect,
                CornerRadius::same(RADIUS),
                stroke,
                egui::StrokeKind::Inside,
            );
        }
    }
    if on && moved {
        response.scroll_to_me(None);
    }
    let mut right = rect.right() - SPACE_S;
    if let Some(cap) = act.cap() {
        let width = key::size(ui, &cap).x;
        key::paint(ui, pos2(right - width, rect.center().y), &cap);
        right -= width + SPACE_M;
    }
    let words = Rect::from_min_max(
        pos2(rect.left() + SPACE_S + SPACE_XS, rect.top()),
        pos2(right, rect.bottom()),
    );
    paint_line(ui, words, Align::Min, title, Type::Body, p.ink);
    response.clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_words_in_any_order_finds_an_act_of_this_page() {
        let titles = |text: &str, place| -> Vec<&'static str> {
            matching(text, place, None, false, &[])
                .iter()
                .map(|(act, _)| act.title)
                .collect()
        };
        assert!(titles("", Place::Worklist).contains(&"claim"));
        assert!(!titles("", Place::Agenda).contains(&"claim"));
        assert_eq!(titles("now send", Place::Agenda), vec!["send-now"]);
        assert!(titles("zzz", Place::Agenda).is_empty());
    }

    #[test]
    fn the_radiographs_acts_are_found_while_one_is_read() {
        let found = |tab| {
            matching("colours material", Place::Inspection, tab, false, &[])
                .iter()
                .any(|(act, _)| act.title == "read-material")
        };
        assert!(found(Some(Tab::Radiograph)));
        assert!(!found(None));
    }

    #[test]
    fn the_demonstrations_line_is_no_act_in_real_work() {
        let has = |demonstration| {
            matching("", Place::Worklist, None, demonstration, &[])
                .iter()
                .any(|(act, _)| act.title == "line")
        };
        assert!(has(true));
        assert!(!has(false));
    }
}
