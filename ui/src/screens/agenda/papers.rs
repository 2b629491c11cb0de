//! The day on paper and for other calendars, and calendars of others.

use egui::Ui;
use outpost_protocol::Sheet;

use crate::design::{Button, icons, metrics};
use crate::intent::Intent;
use crate::text::tr_code;

/// Room that is left to what else stands at the bar's end, points.
const REST: f32 = 140.0;

/// The three acts as icons, from the right; in a narrow window the palette has them.
pub(super) fn show(ui: &mut Ui, intents: &mut Vec<Intent>) {
    let room = 3.0 * (metrics(ui).control + ui.spacing().item_spacing.x);
    if ui.available_width() < room + REST {
        return;
    }
    let acts = [
        (
            icons::DOWNLOAD_SIMPLE,
            "read-calendar",
            Intent::ReadCalendar,
        ),
        (
            icons::EXPORT,
            "export-day",
            Intent::WriteDay(Sheet::Calendar),
        ),
        (
            icons::PRINTER,
            "print-day",
            Intent::WriteDay(Sheet::DaySheet),
        ),
    ];
    for (icon, title, intent) in acts {
        let name = tr_code("act", title);
        if ui.add(Button::icon_only(icon, &name)).clicked() {
            intents.push(intent);
        }
    }
}
