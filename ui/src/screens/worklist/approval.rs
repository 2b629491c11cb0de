//! Overrides that wait for their second signature, in the preview: what was decided first, what is proposed instead,
//! by whom and why, and what it would come to.

use egui::Ui;
use outpost_domain::{
    EntryBody, HoldRecord, Override, ReleaseBlock, State, release_blocks, without_hold,
};

use crate::design::card::card;
use crate::design::words::{label_2, paragraph, sentence};
use crate::design::{Button, SPACE_S, SPACE_XS, Tone, Type, palette};
use crate::intent::Intent;
use crate::moment::time_or_date;
use crate::screens::inspection::{View, findings, sentences};
use crate::text::{tr, tr_args, tr_code};

use super::beside::Wish;

/// The holds whose override waits for the second signature.
pub fn pending(state: &State) -> Vec<&HoldRecord> {
    let waits = |h: &&HoldRecord| h.overriding.as_ref().is_some_and(Override::is_pending);
    state.open_holds().filter(waits).collect()
}

/// A card for each.
pub fn show(ui: &mut Ui, view: &View<'_>, intents: &mut Vec<Intent>) {
    for (index, record) in pending(view.state()).into_iter().enumerate() {
        card(ui, &tr("approval-title"), |ui| {
            told(ui, view, record);
            ui.add_space(SPACE_S);
            buttons(ui, view, record, index == 0, intents);
        });
    }
}

/// The first decision, the proposal, and what would be instead.
pub fn told(ui: &mut Ui, view: &View<'_>, record: &HoldRecord) {
    let p = palette(ui);
    let Some(over) = &record.overriding else {
        return;
    };
    let hold = &record.hold;
    let moment = |at| time_or_date(at, view.now, view.zone);
    ui.spacing_mut().item_spacing.y = SPACE_XS;
    label_2(ui, tr("approval-first"), Type::SmallMedium);
    let (lead, rest) = sentences::hold(record);
    paragraph(ui, format!("{lead}, {rest}"), Type::Strong, p.red);
    paragraph(ui, &hold.note, Type::Body, p.ink);
    let placed = [
        ("by", hold.placed_by_name.clone().into()),
        ("time", moment(hold.placed_at).into()),
    ];
    label_2(ui, tr_args("holds-placed", &placed), Type::Small);
    ui.add_space(SPACE_S);
    label_2(ui, tr("approval-proposed"), Type::SmallMedium);
    paragraph(ui, &over.reason, Type::Body, p.ink);
    let proposed = [
        ("by", over.by.clone().into()),
        ("time", moment(over.at).into()),
    ];
    label_2(ui, tr_args("approval-by", &proposed), Type::Small);
    ui.add_space(SPACE_S);
    label_2(ui, tr("approval-instead"), Type::SmallMedium);
    instead(ui, view, record);
}

/// Whether the goods could go without the hold, and what would still keep them.
fn instead(ui: &mut Ui, view: &View<'_>, record: &HoldRecord) {
    let p = palette(ui);
    let then = without_hold(view.inspection(), view.state(), record.hold.id);
    let blocks = release_blocks(&then);
    let tone = match blocks.first() {
        None => Tone::Green,
        Some(ReleaseBlock::Undecided(_)) => Tone::Amber,
        Some(_) => Tone::Red,
    };
    let state = tr_code("release-state", then.openness);
    let lead = tr("approval-lifted");
    sentence(
        ui,
        &[
            (&lead, Type::Body, p.ink),
            (" ", Type::Body, p.ink),
            (&state, Type::Strong, p.tone(tone)),
        ],
    );
    for block in &blocks {
        let (lead, rest, tone) = findings::block_words(block);
        let rest = if rest.is_empty() {
            rest
        } else {
            format!(", {rest}")
        };
        let pieces = [
            ("●  ", Type::Small, p.tone(tone)),
            (lead.as_str(), Type::Body, p.ink),
            (rest.as_str(), Type::Body, p.ink_2),
        ];
        sentence(ui, &pieces);
    }
}

fn buttons(
    ui: &mut Ui,
    view: &View<'_>,
    record: &HoldRecord,
    keyed: bool,
    intents: &mut Vec<Intent>,
) {
    let Some(proposal) = record.overriding.as_ref().map(|o| o.entry) else {
        return;
    };
    let why = view.refusal(&EntryBody::OverrideConfirmed { proposal });
    let (approve, decline) = (tr("approval-approve"), tr("approval-decline"));
    ui.horizontal_wrapped(|ui| {
        let (mut yes, mut no) = (Button::primary(&approve), Button::secondary(&decline));
        if keyed {
            (yes, no) = (yes.key("Y"), no.key("N"));
        }
        if ui.add(yes.disabled_because(why.as_deref())).clicked() {
            intents.push(Intent::Beside(Wish::Approve(Some(proposal))));
        }
        if ui.add(no.disabled_because(why.as_deref())).clicked() {
            intents.push(Intent::Beside(Wish::Decline(Some(proposal))));
        }
    });
    if let Some(why) = why {
        let p = palette(ui);
        paragraph(ui, why, Type::Small, p.ink_2);
    }
}
