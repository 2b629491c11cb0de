//! Every widget on one page: what a change of the look is judged by, and what its snapshots are of.

use egui::{Align, CentralPanel, Frame, Margin, Ui};
use outpost_domain::{Agency, Lane};

use super::bars::{RailItem, StatusItem, rail, side_panel, status_bar, tool_bar, top_bar};
use super::card::{card, card_flush, card_with, hairline};
use super::field::{check, fact, search, select};
use super::key::key_cap;
use super::notice::banner;
use super::progress::progress;
use super::table::{Column, Table};
use super::tabs::tabs;
use super::words::{hint, label, label_2, sentence};
use super::*;

/// What the gallery's own fields hold.
#[derive(Debug, Default)]
pub struct Gallery {
    search: String,
    note: String,
    seal: String,
    choice: u8,
    on: bool,
    ticked: bool,
}

/// Shows the gallery.
pub fn show(ui: &mut Ui, state: &mut Gallery) {
    let place = |icon, name, selected| RailItem {
        icon,
        name,
        selected,
        alert: false,
    };
    rail(
        ui,
        &[
            place(icons::LIST_DASHES, "Worklist", true),
            place(icons::CALENDAR_DOTS, "Agenda", false),
            place(icons::PACKAGE, "Inspect", false),
        ],
        &[
            RailItem {
                alert: true,
                ..place(icons::ARROWS_DOWN_UP, "Sync", false)
            },
            place(icons::GEAR, "Settings", false),
        ],
    );
    status(ui);
    bar(ui, state);
    tool_bar(ui, |ui| {
        for (name, key, on) in [
            ("Window", "W", true),
            ("Invert", "I", false),
            ("Log", "L", false),
        ] {
            ui.add(Button::secondary(name).key(key).selected(on));
        }
        hint(ui, "L 1.5 / H 3 MeV · 3750 × 1100 · 4.0 mm");
    });
    side_panel(ui, |ui| aside(ui, state));
    let p = palette(ui);
    CentralPanel::default()
        .frame(
            Frame::new()
                .fill(p.background)
                .inner_margin(Margin::same(SPACE_L as i8)),
        )
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = SPACE_M;
            rows(ui);
            card_with(ui, "Buttons", |ui| drop(key_cap(ui, "F")), buttons);
            ui.columns(2, |halves| {
                card(&mut halves[0], "Fields", |ui| fields(ui, state));
                card(&mut halves[1], "Words", |ui| said(ui, state));
            });
        });
}

fn status(ui: &mut Ui) {
    let item = |text: &str| StatusItem {
        text: text.to_owned(),
        ..StatusItem::default()
    };
    status_bar(
        ui,
        &[
            StatusItem {
                dot: Some(Tone::Amber),
                ..item("Line down since 06:42 · last exchange 06:41")
            },
            item("7 entries waiting · 2 photos"),
        ],
        &[
            item("Nothing is stuck"),
            item("Kasumulu land post · UTC+02:00 · 09:26"),
            item("A. Mwale, Customs"),
        ],
    );
}

fn bar(ui: &mut Ui, state: &mut Gallery) {
    top_bar(ui, |ui| {
        label(ui, "MSKU 601167 2", Type::MonoTitle);
        search(
            ui,
            egui::Id::unique("gallery-search"),
            &mut state.search,
            "Search unit, MRN, bill …",
            "/",
            300.0,
        );
        ui.add(Chip::new("Assigned to me", true).count(9));
        ui.add(Chip::new("Post", false).count(41));
        tabs(ui, &["Manifest", "Radiograph", "Checks"], 1);
    });
}

fn rows(ui: &mut Ui) {
    let columns = [
        Column::words("Unit", 180.0, 0.0),
        Column::words("Goods", 140.0, 2.0),
        Column::words("Agencies", 110.0, 0.0),
        Column::number("Waiting", 90.0),
        Column::fixed("Sync", 116.0),
    ];
    let lines = [
        (
            Lane::Red,
            "MSKU 601167 2",
            "Frozen fish fillets",
            "2 h 10",
            "Not sent 3",
            Tone::Amber,
        ),
        (
            Lane::Yellow,
            "CSQU 305438 3",
            "Ceramic tiles of a kind whose name does not fit",
            "58 min",
            "Sent",
            Tone::Green,
        ),
        (
            Lane::Blue,
            "T 482 DKP",
            "Maize seed, 420 bags",
            "47 min",
            "Failed",
            Tone::Red,
        ),
        (
            Lane::Green,
            "شاحنة ١٢",
            "Чай, 540 коробок",
            "12 min",
            "Draft",
            Tone::Neutral,
        ),
    ];
    card_flush(
        ui,
        "Goods, by difference",
        |ui| drop(hint(ui, "untouched means conform")),
        |ui| {
            Table::new("gallery-rows", "Rows", &columns)
                .selected(Some(0))
                .whole()
                .show(ui, lines.len(), |index, cells| {
                    let (lane, unit, goods, age, sync, tone) = lines[index];
                    cells.lane(lane, "Red lane");
                    let rect = cells.rect(0);
                    cells.add(0, |ui| {
                        ui.add_space(table::LANE_INSET - SPACE_S);
                        ui.vertical(|ui| {
                            ui.spacing_mut().item_spacing.y = 0.0;
                            ui.add_space((rect.height() - 34.0) / 2.0);
                            label(ui, unit, Type::MonoStrong);
                            hint(ui, "45R1 · reefer −18 °C");
                        });
                    });
                    cells.two_lines(1, (goods, Type::Body), "HS 0304");
                    cells.agencies(
                        2,
                        &[
                            (Agency::Customs, Mark::InProgress, "Customs".to_owned()),
                            (Agency::Veterinary, Mark::Against, "Veterinary".to_owned()),
                            (Agency::Police, Mark::Waived, "Police".to_owned()),
                        ],
                    );
                    cells.text(3, age, Type::Number, None);
                    cells.badge(4, sync, tone, "");
                    unit.to_owned()
                });
        },
    );
}

fn buttons(ui: &mut Ui) {
    ui.horizontal(|ui| {
        ui.add(Button::primary("Conclude section and sign").key("Ctrl+Enter"));
        ui.add(Button::secondary("Claim").key("C"));
        ui.add(Button::danger("Place hold").icon(icons::HAND_PALM).key("H"));
        ui.add(Button::quiet("Details"));
        ui.add(Button::icon_only(icons::CARET_LEFT, "Previous day"));
        ui.add(Button::primary("Release").disabled_because(Some("a veterinary hold stands")));
    });
    hairline(ui);
    ui.horizontal(|ui| {
        for (text, tone) in [
            ("Held · veterinary", Tone::Red),
            ("Joint 10:00, bay 2", Tone::Amber),
            ("Information", Tone::Blue),
            ("Conform", Tone::Green),
            ("Draft", Tone::Neutral),
        ] {
            badge(ui, text, tone);
        }
        for (agency, mark) in [
            (Agency::Customs, Mark::Undecided),
            (Agency::Veterinary, Mark::InProgress),
            (Agency::PlantHealth, Mark::Against),
            (Agency::Safety, Mark::Decided),
            (Agency::Police, Mark::Waived),
        ] {
            agency_square(ui, agency, mark, "an agency");
        }
    });
}

fn fields(ui: &mut Ui, state: &mut Gallery) {
    Field::new("Seal found")
        .mono()
        .hint("ML-0093317")
        .error(Some("is missing"))
        .show(ui, &mut state.seal);
    Field::area("What was seen", 2)
        .hint("In your own words")
        .show(ui, &mut state.note);
    let options = [(0, "Minor".to_owned()), (1, "Major".to_owned())];
    select(
        ui,
        "gallery-choice",
        "Severity",
        &mut state.choice,
        &options,
    );
    toggle(ui, &mut state.on, "Glove mode");
    check(ui, &mut state.ticked, "Goods were opened");
}

fn said(ui: &mut Ui, state: &Gallery) {
    let p = palette(ui);
    label(ui, "Title of a page", Type::Title);
    label(ui, "Text that leads", Type::Strong);
    label_2(ui, "Secondary text", Type::Small);
    fact(ui, "MRN", "26MW9021K44B7E0184", Type::Mono, 60.0);
    fact(ui, "Gross", "27,940 kg", Type::Number, 60.0);
    sentence(
        ui,
        &[
            ("Weighed 27,940 kg", Type::Strong, p.ink),
            (", declared 25,100 kg ", Type::Body, p.ink),
            ("+11 %", Type::Small, p.ink_2),
        ],
    );
    progress(ui, 0.62, 200.0, "620 of 1,000");
    if state.on {
        hint(ui, "gloves");
    }
}

fn aside(ui: &mut Ui, state: &Gallery) {
    label(ui, "MSKU 601167 2", Type::MonoHero);
    hint(ui, "MRN 26MW9021K44B7E0184 · Bill MAEU 218 443 907");
    banner(
        ui,
        "The central answers with a page that is not its own: a login page of this network?",
        Tone::Amber,
    );
    banner(
        ui,
        "The entry was refused: the hold was lifted before.",
        Tone::Red,
    );
    let p = palette(ui);
    card(ui, "Does not add up", |ui| {
        sentence(
            ui,
            &[
                ("Seal ML-0093317", Type::Strong, p.ink),
                (" found, ML-0093311 declared", Type::Body, p.ink),
            ],
        );
    });
    let size = egui::vec2(ui.available_width(), 260.0);
    ui.allocate_ui_with_layout(size, egui::Layout::top_down(Align::Center), |ui| {
        let act = Button::secondary("Show all").icon(icons::FUNNEL);
        blank::empty(ui, icons::MAGNIFYING_GLASS, "Nothing matches", "No inspection has these words. The search looks at unit, MRN, bill, consignee, goods and HS.", Some(act));
    });
    if !state.search.is_empty() {
        hint(ui, state.search.clone());
    }
}
