//! Findings, the gravest word first, and what keeps the goods from being released.

use egui::Ui;
use outpost_domain::{
    EntryId, FindingRecord, ReleaseBlock, SectionState, Severity, release_blocks,
};

use crate::design::card::{card, card_with};
use crate::design::words::{hint, paragraph, sentence};
use crate::design::{
    Button, SPACE_M, SPACE_S, SPACE_XS, Tone, Type, badge::badge, blank, icons, key, palette,
};
use crate::text::{tr, tr_args, tr_code};

use super::head_act::head_act;
use super::{Screen, View, finding, sentences};

/// The tone of a severity.
pub const fn severity_tone(severity: Severity) -> Tone {
    match severity {
        Severity::Note => Tone::Blue,
        Severity::Minor => Tone::Amber,
        Severity::Major | Severity::Critical => Tone::Red,
    }
}

/// Shows the card of findings.
pub fn show(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let findings = &view.state().findings;
    let title = tr_args("findings-title", &[("n", findings.len().into())]);
    let (mut add, mut draft) = (false, false);
    let right = |ui: &mut Ui| {
        key::key_cap(ui, "F");
        let words = tr("findings-add");
        add = head_act(ui, icons::PLUS, &words, "").clicked();
    };
    card_with(ui, &title, right, |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_M;
        if screen.drafts.has(finding::KEY) {
            let words = tr("findings-draft");
            draft = ui
                .add(Button::secondary(&words).icon(icons::PENCIL_SIMPLE).fill())
                .clicked();
        }
        if findings.is_empty() {
            blank::none(ui, &tr("findings-none"));
        }
        for record in findings {
            line(ui, view, record);
        }
    });
    if add || draft {
        finding::open(screen, view, None);
    }
}

fn line(ui: &mut Ui, view: &View<'_>, record: &FindingRecord) {
    let p = palette(ui);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = SPACE_XS;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = SPACE_S;
            badge(
                ui,
                &tr_code("severity", record.severity),
                severity_tone(record.severity),
            );
            paragraph(ui, &record.text, Type::Strong, p.ink);
        });
        paragraph(ui, beside(view, record), Type::Small, p.ink_2);
    });
}

/// What stands beside a finding: category, photos, region, item, rule, who.
fn beside(view: &View<'_>, record: &FindingRecord) -> String {
    let mut parts = vec![tr_code("finding", record.category)];
    parts.extend((!record.photos.is_empty()).then(|| sentences::photo_words(record.photos.len())));
    parts.extend(
        record
            .region
            .and_then(|region| region_number(view, region))
            .map(|number| tr_args("findings-region", &[("number", number.into())])),
    );
    parts.extend(
        record
            .item
            .map(|item| tr_args("findings-item", &[("number", item.into())])),
    );
    parts.extend((!record.legal_reference.is_empty()).then(|| record.legal_reference.clone()));
    if view.agency() != Some(record.agency) {
        parts.push(tr_code("agency", record.agency));
    }
    parts.push(record.by.clone());
    parts.join(" · ")
}

/// The number under which a region is drawn and listed.
pub fn region_number(view: &View<'_>, region: EntryId) -> Option<usize> {
    view.state()
        .regions
        .iter()
        .position(|r| r.entry == region)
        .map(|index| index + 1)
}

/// Everything that keeps the goods, and what no longer does.
pub fn why_not_released(ui: &mut Ui, view: &View<'_>) {
    let blocks = release_blocks(view.state());
    let title = if blocks.is_empty() {
        tr("release-free")
    } else {
        tr("release-not")
    };
    card(ui, &title, |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_S;
        reasons(ui, view, &blocks);
    });
}

/// The reasons as sentences, then the agencies that have decided.
pub fn reasons(ui: &mut Ui, view: &View<'_>, blocks: &[ReleaseBlock<'_>]) {
    let p = palette(ui);
    for block in blocks {
        let (lead, rest, tone) = block_words(block);
        let rest = if rest.is_empty() {
            rest
        } else {
            format!(", {rest}")
        };
        sentence(
            ui,
            &[
                ("●  ", Type::Small, p.tone(tone)),
                (&lead, Type::Body, p.ink),
                (&rest, Type::Strong, p.ink),
            ],
        );
    }
    for section in &view.state().sections {
        let agency = tr_code("agency", section.agency);
        let key = match section.state {
            SectionState::Accepted => "release-accepted",
            SectionState::Partial => "release-partial",
            SectionState::Waived => "release-waived",
            _ => continue,
        };
        let words = tr_args(key, &[("agency", agency.into())]);
        paragraph(ui, format!("✓  {words}"), Type::Body, p.green);
    }
    if blocks.is_empty() {
        hint(ui, tr("release-free-why"));
    }
}

/// A reason that keeps the goods: the words, what stands out, and its tone.
pub fn block_words(block: &ReleaseBlock<'_>) -> (String, String, Tone) {
    match block {
        ReleaseBlock::Hold(record) => {
            let (lead, rest) = sentences::hold(record);
            (lead, rest, Tone::Red)
        }
        ReleaseBlock::Undecided(agency) => {
            let agency = tr_code("agency", agency);
            (
                tr_args("release-undecided", &[("agency", agency.into())]),
                String::new(),
                Tone::Amber,
            )
        }
        ReleaseBlock::Withdrawn(withdrawal) => {
            let args = [
                ("by", withdrawal.by.clone().into()),
                ("agency", tr_code("agency", withdrawal.agency).into()),
                ("reason", withdrawal.reason.clone().into()),
            ];
            (
                tr_args("release-withdrawn", &args),
                String::new(),
                Tone::Red,
            )
        }
        ReleaseBlock::Refused(agency) => {
            let agency = tr_code("agency", agency);
            (
                tr_args("release-refused", &[("agency", agency.into())]),
                String::new(),
                Tone::Red,
            )
        }
    }
}
