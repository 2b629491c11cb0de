//! The agencies' sections: how far each is, who has it in hand, and for what control.

use egui::{Align, CornerRadius, Frame, Layout, Margin, Stroke, Ui};
use outpost_domain::{CheckKind, Decision, EntryBody, Section, SectionState};

use crate::design::tokens::FOCUS_RING;
use crate::design::tokens::RADIUS_CARD;
use crate::design::words::{hint, label, label_2, paragraph};
use crate::design::{Button, SPACE_M, SPACE_S, SPACE_XS, Tone, Type, badge::badge, palette};
use crate::moment::{short_date, time};
use crate::text::{tr, tr_args, tr_code};

use super::{Purpose, Screen, View, sentences};

/// Shows the column.
pub fn show(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    ui.spacing_mut().item_spacing.y = SPACE_M;
    label_2(ui, tr("sections-title").to_uppercase(), Type::ColumnHead);
    for section in &view.state().sections {
        card(screen, ui, view, section);
    }
    present(ui, view);
}

fn card(screen: &mut Screen, ui: &mut Ui, view: &View<'_>, section: &Section) {
    let p = palette(ui);
    let own = view.agency() == Some(section.agency);
    let stroke = if own {
        Stroke::new(FOCUS_RING / 1.5, p.accent)
    } else {
        p.hairline()
    };
    Frame::new()
        .fill(p.panel)
        .stroke(stroke)
        .corner_radius(CornerRadius::same(RADIUS_CARD))
        .inner_margin(Margin::same(SPACE_M as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = SPACE_XS;
            ui.horizontal(|ui| {
                label(ui, tr_code("agency", section.agency), Type::Strong);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let (words, tone) = progress(view, section);
                    badge(ui, &words, tone);
                });
            });
            paragraph(ui, who(view, section), Type::Small, p.ink_2);
            if !section.control.is_empty() {
                paragraph(ui, &section.control, Type::Small, p.ink_2);
            }
            if !section.required && section.control.is_empty() {
                hint(ui, tr("sections-may-attend"));
            }
            if own && section.officer.is_none() && section.signed.is_none() {
                let why = view.refusal(&EntryBody::SectionClaimed);
                let words = tr("sections-claim");
                let button = Button::secondary(&words).key("C").fill();
                if ui.add(button.disabled_because(why.as_deref())).clicked() {
                    claim(screen, view);
                }
            }
        });
}

/// Takes the own section in hand, unless somebody has it already.
pub fn claim(screen: &mut Screen, view: &View<'_>) {
    let free = view.section().is_some_and(|s| s.officer.is_none());
    let body = EntryBody::SectionClaimed;
    if free && view.refusal(&body).is_none() {
        screen.acts.record(view, Purpose::OneClick, body);
    }
}

/// The section's badge: how many checks of how many while it is at work, else its state.
fn progress(view: &View<'_>, section: &Section) -> (String, Tone) {
    match section.state {
        SectionState::InProgress => {
            let (done, of) = (section.checks.len(), checks_of(view).count());
            let words = tr_args(
                "sections-progress",
                &[("done", done.into()), ("of", of.into())],
            );
            (words, Tone::Amber)
        }
        SectionState::Held => (tr("sections-hold"), Tone::Red),
        SectionState::Refused => (sentences::section(section.state), Tone::Red),
        SectionState::Partial => (sentences::section(section.state), Tone::Amber),
        SectionState::Accepted => (sentences::section(section.state), Tone::Green),
        SectionState::Waived | SectionState::Waiting => {
            (sentences::section(section.state), Tone::Neutral)
        }
    }
}

/// The checks that a section has here; the radiograph's only where there is one.
pub fn checks_of(view: &View<'_>) -> impl Iterator<Item = CheckKind> {
    let scans = !view.scans().is_empty();
    CheckKind::ALL
        .iter()
        .copied()
        .filter(move |kind| *kind != CheckKind::Image || scans)
}

fn who(view: &View<'_>, section: &Section) -> String {
    if let Some((by, at)) = &section.signed {
        let day = short_date(at.to_zoned(view.zone.clone()).date());
        let when = format!("{day} {}", time(*at, view.zone));
        return tr_args(
            "sections-signed",
            &[("name", by.clone().into()), ("time", when.into())],
        );
    }
    if let Some(record) = &section.decision
        && let Decision::Waived { reason } = &record.decision
    {
        return format!("{reason}, {}", time(record.at, view.zone));
    }
    match &section.officer {
        Some(name) => {
            let me = view.officer().is_some_and(|officer| officer.name == *name);
            let key = if me {
                "sections-in-hand-here"
            } else {
                "sections-in-hand"
            };
            tr_args(key, &[("name", name.clone().into())])
        }
        None => tr("sections-nobody"),
    }
}

/// The declarant, who is there and signs at the end.
fn present(ui: &mut Ui, view: &View<'_>) {
    use outpost_domain::PartyRole;
    let Some(party) = view.inspection().consignment.party(PartyRole::Declarant) else {
        return;
    };
    ui.add_space(SPACE_S);
    let p = palette(ui);
    label_2(
        ui,
        tr_code("party", party.role).to_uppercase(),
        Type::ColumnHead,
    );
    paragraph(ui, &party.name, Type::Body, p.ink);
}
