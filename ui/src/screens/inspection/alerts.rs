//! What terminals and seals reported, shown beside the record that it concerns.

use egui::{Frame, Margin, Ui};
use outpost_domain::{Alert, AlertKind};

use super::View;
use crate::design::{SPACE_M, SPACE_S, Tone, notice};
use crate::moment::time_or_date;
use crate::text::tr_code;

/// Alerts about seals and doors.
pub const SEALS: &[AlertKind] = &[AlertKind::SealRemoved, AlertKind::DoorOpened];
/// Alerts about what and how much is carried.
pub const GOODS: &[AlertKind] = &[AlertKind::Weight, AlertKind::Radiation];
/// Alerts about the unit itself.
pub const UNIT: &[AlertKind] = &[AlertKind::Damage, AlertKind::DoorOpened];

/// An alert in one line: what, when, and the reporter's words.
pub fn sentence(alert: &Alert, view: &View<'_>) -> String {
    let when = time_or_date(alert.at, view.now, view.zone);
    let kind = tr_code("alert", alert.kind);
    format!("{kind}, {when}: {}", alert.text)
}

/// Shows the alerts of these kinds on the unit of this number; on every unit when it is `None`.
pub fn show(ui: &mut Ui, view: &View<'_>, unit: Option<&str>, kinds: &[AlertKind]) {
    let units = view.inspection().units.iter();
    let concerned = units.filter(|u| unit.is_none_or(|number| u.number.as_str() == number));
    let alerts: Vec<&Alert> = concerned
        .flat_map(|u| &u.alerts)
        .filter(|alert| kinds.contains(&alert.kind))
        .collect();
    for alert in alerts {
        notice::banner(ui, &sentence(alert, view), Tone::Red);
    }
}

/// The same within a card whose content reaches its edges.
pub fn show_in_card(ui: &mut Ui, view: &View<'_>, kinds: &[AlertKind]) {
    let any = |u: &outpost_domain::Unit| u.alerts.iter().any(|a| kinds.contains(&a.kind));
    if view.inspection().units.iter().any(any) {
        Frame::new()
            .inner_margin(Margin::symmetric(SPACE_M as i8, SPACE_S as i8))
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = SPACE_S;
                show(ui, view, None, kinds);
            });
    }
}
