//! The history: every entry with its author, time, content, number, hash and whether it is at the central.

use egui::{Align, Frame, Margin, Rect, Sense, Ui, pos2, vec2};
use outpost_domain::{EntryBody, EntryPayload};
use outpost_protocol::{HistoryLine, Request, Sent};

use crate::design::table::{Column, Table};
use crate::design::words::{label, paint_line, paragraph};
use crate::design::{Badge, Button, SPACE_L, SPACE_M, SPACE_S, Type, blank, icons, palette};
use crate::moment::{short_date, time_exact};
use crate::text::{tr, tr_args, tr_code, tr_problem};

use super::act::Purpose;
use super::{Screen, View, checklist, correct, finding, item, questions, sentences};

/// What the history remembers.
#[derive(Debug, Default)]
pub struct Local {
    selected: Option<outpost_domain::EntryId>,
}

impl Local {
    /// Chooses the first entry that the central did not take.
    pub fn choose_stuck(&mut self, history: &[HistoryLine]) {
        let stuck = |line: &&HistoryLine| matches!(line.sent, Sent::Stuck { .. });
        self.selected = history.iter().find(stuck).map(|line| line.entry.id);
    }
}

/// How many characters of a hash stand in the table.
const SHORT: usize = 10;

/// Shows the tab, the newest entry first.
pub fn show(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let lines: Vec<&HistoryLine> = view.opened.history.iter().rev().collect();
    if lines.is_empty() {
        blank::empty(
            ui,
            icons::CLOCK_COUNTER_CLOCKWISE,
            &tr("history-empty"),
            &tr("history-empty-why"),
            None,
        );
        return;
    }
    let chosen = lines
        .iter()
        .position(|line| Some(line.entry.id) == screen.history.selected);
    if let Some(line) = chosen.and_then(|index| lines.get(index)) {
        egui::Panel::bottom("history-detail")
            .resizable(false)
            .show_separator_line(false)
            .frame(
                Frame::new()
                    .fill(palette(ui).panel)
                    .inner_margin(Margin::same(SPACE_L as i8)),
            )
            .show(ui, |ui| detail(screen, ui, view, line));
    }
    Frame::new().fill(palette(ui).panel).show(ui, |ui| {
        let titles = ["time", "author", "kind", "said", "number", "hash", "sent"]
            .map(|column| tr_code("history-col", column));
        let columns = [
            Column::fixed(&titles[0], 126.0),
            Column::words(&titles[1], 150.0, 0.4),
            Column::words(&titles[2], 150.0, 0.3),
            Column::words(&titles[3], 220.0, 2.0),
            Column::number(&titles[4], 72.0),
            Column::fixed(&titles[5], 110.0),
            Column::fixed(&titles[6], 116.0),
        ];
        let name = tr("insp-tab-history");
        let output = Table::new("history", &name, &columns)
            .selected(chosen)
            .show(ui, lines.len(), |index, cells| {
                lines
                    .get(index)
                    .map(|line| row(view, line, cells))
                    .unwrap_or_default()
            });
        if let Some(line) = output.clicked.and_then(|index| lines.get(index)) {
            let again = screen.history.selected == Some(line.entry.id);
            screen.history.selected = (!again).then_some(line.entry.id);
        }
    });
}

/// Day and time to the second, in the post's zone.
fn when(view: &View<'_>, line: &HistoryLine) -> String {
    let at = line.entry.recorded_at;
    let day = at.to_zoned(view.zone.clone()).date();
    format!("{} {}", short_date(day), time_exact(at, view.zone))
}

fn row(view: &View<'_>, line: &HistoryLine, cells: &mut crate::design::table::Cells<'_>) -> String {
    let entry = &line.entry;
    let (kind, said) = sentences::entry(&entry.body, view);
    let at = when(view, line);
    let agency = agency_words(view, entry);
    let hash: String = line.hash.0.to_string().chars().take(SHORT).collect();
    let (sent, tone, why) = sentences::sent(&line.sent);
    cells.text(0, &at, Type::NumberSmall, None);
    cells.two_lines(1, (&entry.author_name, Type::Body), &agency);
    let gone = line.superseded_by.is_some();
    for (column, text, strong) in [(2, &kind, true), (3, &said, false)] {
        let tone = gone.then_some(crate::design::Tone::Neutral);
        let face = if strong && !gone {
            Type::Medium
        } else {
            Type::Body
        };
        cells.text(column, text, face, tone);
        if gone {
            strike(cells, column, text);
        }
    }
    cells.text(4, &entry.sequence.to_string(), Type::Number, None);
    cells.text(5, &hash, Type::MonoSmall, None);
    cells.badge(6, &sent, tone, &why);
    let state = if gone {
        tr("history-superseded")
    } else {
        String::new()
    };
    format!(
        "{at}, {}, {agency}, {kind}, {said}, {sent} {state}",
        entry.author_name
    )
}

/// The author's agency, and for whom the author acted.
fn agency_words(view: &View<'_>, entry: &EntryPayload) -> String {
    let agency = tr_code("agency", entry.agency);
    let Some(other) = entry.on_behalf_of else {
        return agency;
    };
    let officers = &view.status.officers;
    let name = officers
        .iter()
        .find(|o| o.id == other)
        .map_or_else(|| other.to_string(), |o| o.name.clone());
    let args = [("agency", agency.into()), ("name", name.into())];
    tr_args("history-on-behalf", &args)
}

/// A line through what no longer counts.
fn strike(cells: &mut crate::design::table::Cells<'_>, column: usize, text: &str) {
    let rect = cells.rect(column).shrink2(vec2(SPACE_S, 0.0));
    let p = cells.palette();
    let ui = cells.ui();
    let font = crate::design::font(ui, Type::Body);
    let words = crate::design::words::line(ui.painter(), text, font, p.ink_2, rect.width());
    let x = rect.left()..=rect.left() + words.size().x;
    ui.painter()
        .hline(x, rect.center().y, egui::Stroke::new(1.0, p.ink_2));
}

/// The chosen entry in full, with what can be done about it.
fn detail(screen: &mut Screen, ui: &mut Ui, view: &View<'_>, line: &HistoryLine) {
    let p = palette(ui);
    let entry = &line.entry;
    let (kind, said) = sentences::entry(&entry.body, view);
    let top = ui.max_rect();
    ui.painter().hline(
        top.x_range().expand(SPACE_L),
        top.top() - SPACE_L,
        p.hairline(),
    );
    ui.spacing_mut().item_spacing.y = SPACE_S;
    ui.horizontal(|ui| {
        label(ui, &kind, Type::Title);
        let (words, tone, why) = sentences::sent(&line.sent);
        ui.add(Badge::new(&words, tone).hover(&why));
    });
    if !said.is_empty() {
        paragraph(ui, &said, Type::Body, p.ink);
    }
    if let Sent::Stuck { problem, against } = &line.sent {
        let why = [("why", tr_problem(problem).into())];
        paragraph(ui, tr_args("history-not-taken", &why), Type::Body, p.red);
        let other = against.and_then(|id| view.opened.history.iter().find(|l| l.entry.id == id));
        if let Some(other) = other {
            what_stands(screen, ui, view, other);
        }
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = SPACE_M;
        hash(ui, &line.hash.0.to_string());
    });
    let device: String = entry.device.to_string().chars().take(8).collect();
    let args = [
        ("number", entry.sequence.into()),
        ("device", device.into()),
        ("name", entry.author_name.clone().into()),
        ("time", when(view, line).into()),
    ];
    crate::design::words::label_2(ui, tr_args("history-by", &args), Type::Small);
    acts(screen, ui, view, line, format!("{kind} · {said}"));
}

/// The other side of a conflict: what somebody else wrote and the central took first. A click opens it.
fn what_stands(screen: &mut Screen, ui: &mut Ui, view: &View<'_>, other: &HistoryLine) {
    let p = palette(ui);
    let (kind, said) = sentences::entry(&other.entry.body, view);
    let frame = Frame::new()
        .fill(p.amber_wash)
        .stroke(p.hairline())
        .corner_radius(6)
        .inner_margin(SPACE_M);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let args = [
            ("name", other.entry.author_name.clone().into()),
            ("agency", agency_words(view, &other.entry).into()),
            ("time", when(view, other).into()),
        ];
        crate::design::words::label_2(ui, tr_args("history-stands", &args), Type::Small);
        let what = if said.is_empty() {
            kind
        } else {
            [kind, said].join(" · ")
        };
        paragraph(ui, what, Type::Medium, p.ink);
        if ui.add(Button::secondary(&tr("history-show-it"))).clicked() {
            screen.history.selected = Some(other.entry.id);
        }
    });
}

/// The whole hash; a click copies it.
fn hash(ui: &mut Ui, text: &str) {
    let p = palette(ui);
    let font = crate::design::font(ui, Type::MonoSmall);
    let words = crate::design::words::line(
        ui.painter(),
        text,
        font,
        p.ink_2,
        ui.available_width() - SPACE_L,
    );
    let (rect, response) =
        ui.allocate_exact_size(words.size() + vec2(SPACE_S, SPACE_S), Sense::click());
    let name = tr("history-copy-hash");
    response.widget_info(|| {
        egui::WidgetInfo::labeled(
            egui::accesskit::Role::Button,
            true,
            format!("{name} {text}"),
        )
    });
    let inside = Rect::from_min_max(pos2(rect.left(), rect.top()), rect.max);
    let ink = if response.hovered() { p.ink } else { p.ink_2 };
    paint_line(ui, inside, Align::Min, text, Type::MonoSmall, ink);
    crate::design::focus_ring(ui, rect, 4, &response);
    if response.clicked() {
        ui.ctx().copy_text(text.to_owned());
    }
    response.on_hover_text(name);
}

/// Send again, for what is stuck; correct and take back, for standing entries of the own agency.
fn acts(screen: &mut Screen, ui: &mut Ui, view: &View<'_>, line: &HistoryLine, words: String) {
    let entry = &line.entry;
    let own = view.agency() == Some(entry.agency);
    let superseded = line.superseded_by.is_some();
    let stuck = matches!(line.sent, Sent::Stuck { .. });
    if !own || superseded || matches!(entry.body, EntryBody::Withdrawn { .. } | EntryBody::Unknown)
    {
        let reason = if superseded {
            tr("history-superseded")
        } else {
            tr("history-not-own")
        };
        if stuck {
            send_again(screen, ui, line);
        }
        crate::design::words::hint(ui, reason);
        return;
    }
    ui.horizontal(|ui| {
        if stuck {
            send_again(screen, ui, line);
        }
        if correctable(&entry.body) && ui.add(Button::secondary(&tr("history-correct"))).clicked() {
            correction(screen, view, line);
        }
        if ui.add(Button::danger(&tr("withdraw-act"))).clicked() {
            correct::open(screen, entry.id, words);
        }
    });
}

/// The cause was put right elsewhere: the entry is offered again as it was signed.
fn send_again(screen: &mut Screen, ui: &mut Ui, line: &HistoryLine) {
    let words = tr("history-send-again");
    let button = Button::primary(&words).icon(icons::ARROWS_CLOCKWISE);
    if ui.add(button).clicked() {
        let entry = line.entry.id;
        screen
            .acts
            .ask(Purpose::OneClick, Request::OfferAgain { entry }, None);
    }
}

const fn correctable(body: &EntryBody) -> bool {
    matches!(
        body,
        EntryBody::FindingRecorded { .. }
            | EntryBody::ItemCompared { .. }
            | EntryBody::CheckConcluded { .. }
            | EntryBody::ChecklistAnswered { .. }
    )
}

/// Opens the form that wrote the entry; what it records takes the entry's place.
fn correction(screen: &mut Screen, view: &View<'_>, line: &HistoryLine) {
    match &line.entry.body {
        EntryBody::FindingRecorded { .. } => finding::correct(screen, line),
        EntryBody::CheckConcluded { check, .. } => checklist::open(screen, view, *check),
        // A later answer stands: what was given before needs no taking back.
        EntryBody::ChecklistAnswered { list, .. } => questions::open_begun(screen, view, list),
        EntryBody::ItemCompared { item: number, .. } => {
            if let Some(item) = view.inspection().consignment.item(*number) {
                item::open(screen, view, item);
            }
        }
        _ => {}
    }
}
