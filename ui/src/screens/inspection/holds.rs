//! Holds & decision: whether the goods may go and why not, the holds, and the own agency's decision.

use egui::{Align, Frame, Layout, Margin, Panel, ScrollArea, Ui};
use outpost_domain::{EntryBody, HoldRecord, Openness, Section, release_blocks};
use serde::{Deserialize, Serialize};

use crate::design::card::{card_flush, card_with, hairline, tinted};
use crate::design::tokens::SIDE_PANEL;
use crate::design::words::{label, label_2, paragraph, words};
use crate::design::{
    Badge, Button, Field, Mark, SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Tone, Type, agency_square,
    blank, icons, key, palette,
};
use crate::moment::time_or_date;
use crate::text::{tr, tr_args, tr_code};

use super::head_act::head_act;
use super::shell::{self, Done, Shell};
use super::{
    Form, Open, Screen, View, conclude, decide, findings, joint, joint_words, papers, place_hold,
    sentences,
};

/// A hold that is to be lifted.
#[derive(Debug)]
pub struct Lift {
    /// The form.
    pub form: Form<LiftFields>,
    hold: outpost_domain::HoldId,
}

/// What is typed about a lifting.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LiftFields {
    /// Why it may go.
    pub reason: String,
}

/// Shows the tab.
pub fn show(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let p = palette(ui);
    let side = Panel::right("decisions")
        .exact_size(SIDE_PANEL + SPACE_L)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(p.background))
        .show(ui, |ui| {
            scroll(ui, "decisions", |ui| decisions(screen, ui, view));
        });
    ui.painter().vline(
        side.response.rect.left(),
        side.response.rect.y_range(),
        p.hairline(),
    );
    scroll(ui, "holds", |ui| {
        release(screen, ui, view);
        open_holds(screen, ui, view);
        lifted_holds(ui, view);
    });
}

fn scroll(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical()
        .id_salt(name)
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(Margin::same(SPACE_L as i8))
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = SPACE_L;
                    add(ui);
                });
        });
}

/// The derived state, large, with every reason.
fn release(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let openness = view.state().openness;
    let (tone, icon) = match openness {
        Openness::Held => (Tone::Red, icons::LOCK),
        Openness::Refused => (Tone::Red, icons::PROHIBIT),
        Openness::Withdrawn => (Tone::Red, icons::ARROW_COUNTER_CLOCKWISE),
        Openness::Partial => (Tone::Amber, icons::LOCK_OPEN),
        Openness::Waiting => (Tone::Amber, icons::HOURGLASS),
        Openness::Released => (Tone::Green, icons::LOCK_OPEN),
    };
    let blocks = release_blocks(view.state());
    tinted(ui, tone, |ui| {
        let p = palette(ui);
        ui.spacing_mut().item_spacing.y = SPACE_S;
        ui.horizontal(|ui| {
            words(ui, icon, Type::IconLarge, p.tone(tone));
            words(
                ui,
                tr_code("release-state", openness),
                Type::Hero,
                p.tone(tone),
            );
        });
        findings::reasons(ui, view, &blocks);
    });
    let back = EntryBody::ReleaseWithdrawn {
        reason: "-".to_owned(),
    };
    let released = matches!(openness, Openness::Released | Openness::Partial);
    if released && view.refusal(&back).is_none() {
        let words = tr("holds-take-back");
        let button = Button::quiet(&words).icon(icons::ARROW_COUNTER_CLOCKWISE);
        if ui.add(button).clicked() {
            joint::open(screen, view, joint::Wanted::TakeBack);
        }
    }
    papers::of_goods(screen, ui, view);
}

fn open_holds(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let holds: Vec<&HoldRecord> = view.state().open_holds().collect();
    let title = tr_args("holds-open", &[("n", holds.len().into())]);
    let mut place = false;
    let mut lift = None;
    let mut joint = None;
    let right = |ui: &mut Ui| {
        key::key_cap(ui, "H");
        place = {
            let words = tr("hold-place");
            head_act(ui, "", &words, &words).clicked()
        };
    };
    card_flush(ui, &title, right, |ui| {
        if holds.is_empty() {
            inset(ui, |ui| blank::none(ui, &tr("holds-none")));
        }
        for (index, record) in holds.iter().enumerate() {
            if index > 0 {
                hairline(ui);
            }
            inset(ui, |ui| match hold_row(ui, view, record) {
                Some(Wanted::Lift) => lift = Some(record.hold.id),
                Some(Wanted::Joint(act)) => joint = Some(act),
                None => {}
            });
        }
    });
    if place {
        place_hold::open(screen, view);
    }
    if let Some(wanted) = joint {
        joint::open(screen, view, wanted);
    }
    if let Some(hold) = lift {
        let form = Form::open(
            format!("lift-{hold}"),
            LiftFields::default(),
            &screen.drafts,
        );
        screen.open = Open::Lift(Lift { form, hold });
    }
}

fn inset(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    Frame::new()
        .inner_margin(Margin::same(SPACE_M as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui);
        });
}

/// A standing hold; says what is to be done with it.
fn hold_row(ui: &mut Ui, view: &View<'_>, record: &HoldRecord) -> Option<Wanted> {
    let p = palette(ui);
    let hold = &record.hold;
    let agency = tr_code("agency", hold.agency);
    let mut wanted = None;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = SPACE_M;
        agency_square(ui, hold.agency, Mark::Against, &agency);
        let width = (ui.available_width() - LIFT).max(0.0);
        ui.allocate_ui(egui::vec2(width, 0.0), |ui| {
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = SPACE_XS;
                let (lead, rest) = sentences::hold(record);
                label(ui, format!("{lead}, {rest}"), Type::Strong);
                let kind = format!(
                    "{} · {}",
                    tr_code("hold-type", hold.hold_type),
                    sentences::level(&hold.level)
                );
                label_2(ui, kind, Type::Small);
                paragraph(ui, &hold.note, Type::Body, p.ink);
                let when = time_or_date(hold.placed_at, view.now, view.zone);
                let placed = [
                    ("by", hold.placed_by_name.clone().into()),
                    ("time", when.into()),
                ];
                label_2(ui, tr_args("holds-placed", &placed), Type::Small);
                if let Some(why) = lift_refusal(view, record) {
                    label_2(ui, why, Type::Small);
                }
            });
        });
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            let why = lift_refusal(view, record);
            if ui
                .add(Button::secondary(&tr("holds-lift")).disabled_because(why.as_deref()))
                .clicked()
            {
                wanted = Some(Wanted::Lift);
            }
        });
    });
    let declined = record.overriding.as_ref().and_then(|o| o.declined.as_ref());
    if let Some((by, at, reason)) = declined {
        let args = [
            ("by", by.clone().into()),
            ("time", time_or_date(*at, view.now, view.zone).into()),
            ("reason", reason.clone().into()),
        ];
        paragraph(ui, tr_args("holds-declined", &args), Type::Body, p.ink_2);
    }
    if let Some(overriding) = record.overriding.as_ref().filter(|o| o.is_pending()) {
        ui.horizontal_wrapped(|ui| {
            let args = [
                ("by", overriding.by.clone().into()),
                ("reason", overriding.reason.clone().into()),
            ];
            paragraph(ui, tr_args("holds-overriding", &args), Type::Body, p.amber);
            let confirm = tr("holds-confirm");
            if ui
                .add(Button::secondary(&confirm).icon(icons::SIGNATURE))
                .clicked()
            {
                wanted = Some(Wanted::Joint(joint::Wanted::Confirm(overriding.entry)));
            }
        });
    } else if may_override(view, record) && ui.add(Button::quiet(&tr("holds-override"))).clicked() {
        wanted = Some(Wanted::Joint(joint::Wanted::Override(hold.id)));
    }
    wanted
}

/// What is to be done with a hold.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    /// Lift it.
    Lift,
    /// Override it, or confirm that.
    Joint(joint::Wanted),
}

/// Whether this officer may propose to lift another agency's hold.
fn may_override(view: &View<'_>, record: &HoldRecord) -> bool {
    let body = EntryBody::OverrideProposed {
        hold: record.hold.id,
        reason: "-".to_owned(),
    };
    view.officer().is_some() && view.refusal(&body).is_none()
}

/// Room for the button that lifts, points.
const LIFT: f32 = 88.0;

/// Why this officer may not lift the hold; a reason still to be typed does not count.
fn lift_refusal(view: &View<'_>, record: &HoldRecord) -> Option<String> {
    view.refusal(&EntryBody::HoldLifted {
        hold: record.hold.id,
        reason: "-".to_owned(),
    })
}

fn lifted_holds(ui: &mut Ui, view: &View<'_>) {
    let lifted: Vec<&HoldRecord> = view.state().holds.iter().filter(|h| !h.is_open()).collect();
    if lifted.is_empty() {
        return;
    }
    let title = tr_args("holds-lifted", &[("n", lifted.len().into())]);
    card_with(
        ui,
        &title,
        |_| {},
        |ui| {
            let p = palette(ui);
            for record in lifted {
                let (lead, _) = sentences::hold(record);
                if let Some((by, at, reason)) = &record.lifted {
                    let when = time_or_date(*at, view.now, view.zone);
                    let args = [
                        ("by", by.clone().into()),
                        ("time", when.into()),
                        ("reason", reason.clone().into()),
                    ];
                    paragraph(
                        ui,
                        format!("{lead}. {}", tr_args("holds-lifted-by", &args)),
                        Type::Body,
                        p.ink_2,
                    );
                }
            }
        },
    );
}

/// Shows the form that lifts.
pub fn dialog(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let Open::Lift(lift) = &mut screen.open else {
        return;
    };
    let hold = lift.hold;
    let body = |value: &LiftFields| EntryBody::HoldLifted {
        hold,
        reason: value.reason.trim().to_owned(),
    };
    let (title, act) = (tr("holds-lift-title"), tr("holds-lift"));
    let record = view.state().holds.iter().find(|h| h.hold.id == hold);
    let done = shell::show(
        ui,
        &mut lift.form,
        Shell::new(&title, &act),
        |ui, form| {
            let p = palette(ui);
            if let Some(record) = record {
                let (lead, rest) = sentences::hold(record);
                paragraph(
                    ui,
                    format!("{lead}, {rest}. {}", record.hold.note),
                    Type::Body,
                    p.ink_2,
                );
            }
            let response =
                Field::area(&tr("holds-lift-reason"), 3).show(ui, &mut form.value.reason);
            form.focus_first(&response);
        },
        |form| view.refusal(&body(&form.value)),
    );
    lift.form.keep(ui, &mut screen.drafts);
    if done == Done::Send && lift.form.sending.is_none() {
        let body = body(&lift.form.value);
        lift.form.send(view, &mut screen.acts, body);
        return;
    }
    screen.finish(done);
}

/// Every agency's decision, the own one with its button.
fn decisions(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    for section in &view.state().sections {
        let own = view.agency() == Some(section.agency);
        let title = tr_code("agency", section.agency);
        let state = sentences::section(section.state);
        let right = |ui: &mut Ui| {
            ui.add(Badge::new(&state, state_tone(section)));
        };
        card_with(ui, &title, right, |ui| {
            decision(ui, view, section);
            if own {
                own_acts(screen, ui, view, section);
            }
        });
    }
}

fn state_tone(section: &Section) -> Tone {
    use outpost_domain::SectionState;
    match section.state {
        SectionState::Waiting | SectionState::Waived => Tone::Neutral,
        SectionState::InProgress | SectionState::Partial => Tone::Amber,
        SectionState::Held | SectionState::Refused => Tone::Red,
        SectionState::Accepted => Tone::Green,
    }
}

fn decision(ui: &mut Ui, view: &View<'_>, section: &Section) {
    let p = palette(ui);
    for (item, record) in &section.items {
        let (lead, rest, tone) = sentences::decision(&record.decision);
        let words = sentences::dotted(&[joint_words::items(&[*item]), lead, rest]);
        paragraph(ui, words, Type::Body, p.tone(tone));
    }
    if let Some(record) = &section.decision {
        let (lead, rest, tone) = sentences::decision(&record.decision);
        paragraph(ui, lead, Type::Strong, p.tone(tone));
        if !rest.is_empty() {
            paragraph(ui, rest, Type::Body, p.ink);
        }
        let when = time_or_date(record.at, view.now, view.zone);
        label_2(ui, format!("{}, {when}", record.by), Type::Small);
    } else if section.items.is_empty() {
        let words = if section.required {
            tr("holds-undecided")
        } else {
            tr("holds-undecided-free")
        };
        paragraph(ui, words, Type::Body, p.ink_2);
    }
    if let Some((by, at)) = &section.signed {
        let when = time_or_date(*at, view.now, view.zone);
        let args = [("name", by.clone().into()), ("time", when.into())];
        label_2(ui, tr_args("sections-signed", &args), Type::Small);
    }
}

fn own_acts(screen: &mut Screen, ui: &mut Ui, view: &View<'_>, section: &Section) {
    if section.signed.is_some() {
        return;
    }
    ui.add_space(SPACE_S);
    if screen.drafts.has(decide::KEY) {
        label_2(ui, tr("decide-draft"), Type::Small);
    }
    // What comes next stands out: first the decision, then the signature.
    let (first, change, conclude) = (tr("decide-title"), tr("decide-change"), tr("conclude-act"));
    let (decide, conclude) = match section.decision {
        Some(_) => (Button::secondary(&change), Button::primary(&conclude)),
        None => (Button::primary(&first), Button::secondary(&conclude)),
    };
    if ui.add(decide.icon(icons::GAVEL).fill()).clicked() {
        decide::open(screen, view);
    }
    let why = conclude::against(view);
    let button = conclude.key("Ctrl+Enter").fill();
    if ui.add(button.disabled_because(why.as_deref())).clicked() {
        conclude::open(screen, view);
    }
}
