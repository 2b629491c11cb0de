//! The worklist: what is assigned to the post, searched, filtered, sorted; the selected one beside it.

mod approval;
mod assign;
pub mod beside;
mod load;
pub mod marks;
mod order;
mod preview;
mod queues;
pub mod views;

use std::collections::HashSet;

use egui::{Align, CentralPanel, Frame, Id, Layout, Ui, vec2};
use outpost_domain::{InspectionId, OfficerId, Queue, Role, SectionState};
use outpost_protocol::WorklistRow;

use crate::design::bars::{side_panel, top_bar};
use crate::design::field::{search, select_inline};
use crate::design::progress;
use crate::design::table::{Cells, Column, LANE_INSET, Table};
use crate::design::words::{label, paint_icon};
use crate::design::{Button, Chip, SPACE_L, Tone, Type, blank, icons, palette};
use crate::intent::{Filter, Intent, Sort};
use crate::model::Model;
use crate::moment::{age, time_or_date};
use crate::say;
use crate::text::{tr, tr_args, tr_code};

pub use order::{Counts, Order};

/// Below this width the queues leave their room to the table, points.
const WITHOUT_QUEUES: f32 = 960.0;
/// Below this width the preview leaves its room to the table, points.
const WITHOUT_PREVIEW: f32 = 1000.0;
/// Below this width the table keeps only what identifies a row, points.
const FEW_COLUMNS: f32 = 840.0;

/// What only this screen knows.
#[derive(Debug, Default)]
pub struct Local {
    /// What is typed in the search field.
    pub text: String,
    /// Which rows are shown.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// The selected inspection.
    pub selected: Option<InspectionId>,
    /// The rows shown.
    pub order: Order,
    /// The rows that are marked.
    pub marked: HashSet<InspectionId>,
    /// The dialog that keeps views, while it is open.
    pub views: Option<views::Views>,
    /// What is done on the selected inspection without opening it.
    pub beside: beside::Beside,
    /// Whose marks and forms these are.
    officer: Option<OfficerId>,
    selected_place: Option<usize>,
    reveal: bool,
    focus_search: bool,
}

/// The search field's id, so that a key can focus it.
pub fn search_id() -> Id {
    Id::unique("worklist-search")
}

impl Local {
    /// Puts the keyboard into the search field in the next frame.
    pub const fn focus_search(&mut self) {
        self.focus_search = true;
    }

    /// Selects an inspection and brings it into sight.
    pub fn select(&mut self, id: InspectionId) {
        self.selected = Some(id);
        self.selected_place = self.order.place(id);
        self.reveal = true;
    }

    /// Moves the selection by so many rows; without one, begins at the first.
    pub fn step(&mut self, rows: i64) {
        let shown = self.order.shown();
        let Some(last) = shown.len().checked_sub(1) else {
            return;
        };
        let next = match self.selected_place {
            Some(place) => (place as i64 + rows).clamp(0, last as i64) as usize,
            None => 0,
        };
        let id = shown[next];
        self.select(id);
    }

    /// Selects the first row, or the last.
    pub fn to_end(&mut self, last: bool) {
        let shown = self.order.shown();
        if let Some(id) = if last { shown.last() } else { shown.first() } {
            self.select(*id);
        }
    }

    /// Shows the next queue in which something stands; after the last one, the whole post.
    pub fn next_queue(&mut self) {
        let after = match self.filter {
            Filter::Queue(queue) => queue as usize + 1,
            _ => 0,
        };
        let counts = self.order.counts();
        let full = |queue: &&Queue| counts.of(Filter::Queue(**queue)) > 0;
        let next = Queue::ALL.iter().skip(after).find(full);
        self.filter = next.map_or(Filter::Post, |queue| Filter::Queue(*queue));
    }

    /// Whether the queues stand beside the list: for supervisors, and for who looks at one.
    fn queues(&self, model: &Model) -> bool {
        matches!(self.filter, Filter::Queue(_))
            || model
                .officer()
                .is_some_and(|officer| officer.role == Role::Supervisor)
    }

    /// Another officer, or none: marks and what was being written are not theirs.
    fn belong_to(&mut self, officer: Option<OfficerId>) {
        if self.officer != officer {
            self.officer = officer;
            self.marked.clear();
            self.views = None;
            self.beside.leave();
        }
    }

    /// Brings the rows shown up to date and keeps a selection while there is something to select.
    pub fn refresh(&mut self, model: &Model) {
        if !self
            .order
            .refresh(model, self.filter, self.sort, !self.text.is_empty())
        {
            return;
        }
        self.marked.retain(|id| model.rows.get(*id).is_some());
        self.selected_place = self.selected.and_then(|id| self.order.place(id));
        if self.selected_place.is_none() {
            self.selected = self.order.shown().first().copied();
            self.selected_place = self.selected.map(|_| 0);
        }
    }
}

/// Shows the screen.
pub fn show(ui: &mut Ui, model: &Model, local: &mut Local) -> Vec<Intent> {
    local.belong_to(model.officer().map(|officer| officer.id));
    local.refresh(model);
    let mut intents = Vec::new();
    let room = ui.available_width() >= WITHOUT_QUEUES;
    bar(ui, model, local, room, &mut intents);
    if room && local.queues(model) && !model.rows.all().is_empty() {
        queues::show(ui, model, local, &mut intents);
    }
    let width = ui.available_width();
    if width >= WITHOUT_PREVIEW
        && let Some(row) = local.selected.and_then(|id| model.rows.get(id))
    {
        side_panel(ui, |ui| preview::show(ui, model, row, &mut intents));
    }
    let p = palette(ui);
    CentralPanel::default()
        .frame(Frame::new().fill(p.panel))
        .show(ui, |ui| {
            fetching(ui, model);
            marks::strip(ui, local, &mut intents);
            body(ui, model, local, &mut intents);
        });
    local.beside.show(ui, model);
    if let Some(mut dialog) = local.views.take()
        && !dialog.show(ui, model, local, &mut intents)
    {
        local.views = Some(dialog);
    }
    for given in local.beside.given() {
        local.marked.remove(&given);
    }
    intents
}

fn bar(
    ui: &mut Ui,
    model: &Model,
    local: &mut Local,
    queues_shown: bool,
    intents: &mut Vec<Intent>,
) {
    top_bar(ui, |ui| {
        label(ui, tr("worklist"), Type::Title);
        let width = (ui.available_width() * 0.36).clamp(160.0, 460.0);
        let field = search(
            ui,
            search_id(),
            &mut local.text,
            &tr("worklist-search"),
            "/",
            width,
        );
        if std::mem::take(&mut local.focus_search) {
            field.request_focus();
        }
        if field.changed() {
            intents.push(Intent::Search(local.text.clone()));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            sort_menu(ui, local, intents);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                chips(ui, model, local, queues_shown, intents);
            });
        });
    });
}

fn chips(ui: &mut Ui, model: &Model, local: &Local, queues_shown: bool, intents: &mut Vec<Intent>) {
    let counts = local.order.counts();
    // Where the queues have no room, the one that is on is still told, and left by its chip.
    let queue = match local.filter {
        Filter::Queue(queue) if !queues_shown => Some((local.filter, tr_code("queue", queue))),
        _ => None,
    };
    let filters = [
        (Filter::Mine, "mine"),
        (Filter::Post, "post"),
        (Filter::Held, "held"),
        (Filter::Doubtful, "doubtful"),
        (Filter::Unsent, "unsent"),
    ]
    .map(|(filter, code)| (filter, tr_code("filter", code)));
    for (filter, text) in queue.into_iter().chain(filters) {
        let on = local.filter == filter;
        if ui.available_width() < 60.0 || (model.rows.all().is_empty() && !on) {
            break;
        }
        if ui
            .add(Chip::new(&text, on).count(counts.of(filter)))
            .clicked()
        {
            intents.push(Intent::Show(if on { Filter::Post } else { filter }));
        }
    }
}

/// Every order with its code.
const SORTS: [(Sort, &str); 5] = [
    (Sort::Lane, "lane"),
    (Sort::Oldest, "oldest"),
    (Sort::Newest, "newest"),
    (Sort::Due, "due"),
    (Sort::Priority, "priority"),
];

fn sort_menu(ui: &mut Ui, local: &Local, intents: &mut Vec<Intent>) {
    let options: Vec<(Sort, String)> = SORTS
        .iter()
        .map(|(sort, code)| (*sort, tr_code("sort", code)))
        .collect();
    let mut sort = local.sort;
    if select_inline(
        ui,
        "worklist-sort",
        &tr("worklist-sort"),
        &mut sort,
        &options,
        170.0,
    ) {
        intents.push(Intent::Order(sort));
    }
}

/// The bar of what is being fetched; its height is there also when nothing is.
fn fetching(ui: &mut Ui, model: &Model) {
    let Some(fetch) = model
        .status
        .as_ref()
        .and_then(|status| status.progress.as_ref())
    else {
        return;
    };
    let rect = ui.max_rect();
    let words = tr_args(
        "worklist-fetching",
        &[
            ("what", tr_code("fetch", &fetch.what).into()),
            ("done", crate::moment::count(fetch.done).into()),
            ("total", crate::moment::count(fetch.total).into()),
        ],
    );
    let strip = egui::Rect::from_min_size(rect.min, vec2(rect.width(), progress::HEIGHT));
    let part = fetch.done as f32 / fetch.total.max(1) as f32;
    ui.scope_builder(egui::UiBuilder::new().max_rect(strip), |ui| {
        progress::progress(ui, part, strip.width(), &words).on_hover_text(&words);
    });
}

fn body(ui: &mut Ui, model: &Model, local: &mut Local, intents: &mut Vec<Intent>) {
    if local.order.shown().is_empty() {
        nothing(ui, model, local, intents);
        return;
    }
    let few = ui.available_width() < FEW_COLUMNS;
    let titles = [
        "unit",
        "goods",
        "consignee",
        "exam",
        "agencies",
        "waiting",
        "sync",
    ]
    .map(|code| tr_code("column", code));
    let marks = marks::may(model);
    let mut columns = Vec::new();
    if marks {
        columns.push(Column::fixed("", marks::WIDTH));
    }
    columns.push(Column::words(&titles[0], 196.0, 0.3));
    columns.push(Column::words(&titles[1], 120.0, 1.2));
    if !few {
        columns.push(Column::words(&titles[2], 100.0, 1.2));
        columns.push(Column::words(&titles[3], 90.0, 0.8));
    }
    columns.push(Column::fixed(&titles[4], 108.0));
    columns.push(Column::number(&titles[5], 92.0));
    columns.push(Column::fixed(&titles[6], 118.0));
    let reveal = std::mem::take(&mut local.reveal);
    let output = Table::new("worklist", &tr("worklist"), &columns)
        .selected(local.selected_place)
        .scroll_to(local.selected_place.filter(|_| reveal))
        .show(ui, local.order.shown().len(), |index, cells| {
            let shown = local.order.shown().get(index);
            match shown.and_then(|id| model.rows.get(*id)) {
                Some(row) if marks => {
                    let marked = local.marked.contains(&row.row.id);
                    marks::cell(cells, marked);
                    let said = draw(model, row, cells, 1, few);
                    if marked {
                        tr_args("row-marked", &[("row", said.into())])
                    } else {
                        said
                    }
                }
                Some(row) => draw(model, row, cells, 0, few),
                None => String::new(),
            }
        });
    let row = |index: Option<usize>| index.and_then(|index| local.order.shown().get(index));
    if let Some(id) = row(output.clicked) {
        let held = ui.input(|input| input.modifiers.command);
        if marks && (held || output.column == Some(0)) {
            intents.push(Intent::Mark(Some(*id)));
        } else {
            intents.push(Intent::Select(*id));
        }
    }
    if let Some(id) = row(output.opened.filter(|_| output.column != Some(0) || !marks)) {
        intents.push(Intent::Open(*id));
    }
}

/// Draws one row from the column `first` on; returns what it is to a screen reader.
fn draw(
    model: &Model,
    row: &WorklistRow,
    cells: &mut Cells<'_>,
    first: usize,
    few: bool,
) -> String {
    let what = &row.row;
    let lane = tr_code("lane", what.lane);
    cells.lane(what.lane, &lane);
    cells.two_lines_after(
        first,
        if first == 0 { LANE_INSET } else { 0.0 },
        (&what.unit, Type::MonoStrong),
        &say::under_unit(what),
    );
    cells.two_lines(
        first + 1,
        (&what.goods, Type::Body),
        &say::under_goods(what),
    );
    let comments = say::comments(what, model.officer().map(|officer| officer.id));
    if let Some(words) = &comments {
        let (rect, p) = (cells.rect(first), cells.palette());
        let at = rect.right_center() - vec2(SPACE_L, 0.0);
        paint_icon(cells.ui(), at, icons::CHAT_TEXT, Type::Icon, p.accent);
        cells.hover(first, words);
    }
    let exams = say::exams(what);
    let mut next = first + 2;
    if !few {
        cells.text(next, &what.consignee, Type::Body, None);
        cells.text(next + 1, &exams, Type::Body, None);
        next += 2;
    }
    cells.agencies(next, &say::squares(what));
    let waits = age(what.since, model.now);
    let late = what.due_at.filter(|due| *due < model.now);
    cells.text(next + 1, &waits, Type::Number, late.map(|_| Tone::Red));
    if let Some(due) = late {
        let when = time_or_date(due, model.now, &model.zone);
        cells.hover(next + 1, &tr_args("row-late", &[("time", when.into())]));
    }
    let (word, tone, why) = say::badge(
        &row.sync,
        what.agencies
            .iter()
            .any(|agency| agency.state != SectionState::Waiting),
    );
    cells.badge(next + 2, &word, tone, &why);
    [
        comments.map_or_else(
            || what.unit.clone(),
            |comments| format!("{}, {comments}", what.unit),
        ),
        lane,
        what.goods.clone(),
        what.consignee.clone(),
        exams,
        waits,
        word,
    ]
    .join(", ")
}

fn nothing(ui: &mut Ui, model: &Model, local: &Local, intents: &mut Vec<Intent>) {
    if !local.text.is_empty() {
        let why = tr_args(
            "worklist-nothing-found-why",
            &[("text", local.text.clone().into())],
        );
        let act = tr("worklist-show-all");
        let act = Button::secondary(&act).icon(icons::X);
        let pressed = blank::empty(
            ui,
            icons::MAGNIFYING_GLASS,
            &tr("worklist-nothing-found"),
            &why,
            Some(act),
        );
        if pressed.is_some_and(|button| button.clicked()) {
            intents.push(Intent::Search(String::new()));
        }
    } else if local.filter != Filter::Post && !model.rows.all().is_empty() {
        let act = tr("worklist-show-all");
        let act = Button::secondary(&act).icon(icons::FUNNEL);
        let why = tr("worklist-none-of-these-why");
        let pressed = blank::empty(
            ui,
            icons::FUNNEL,
            &tr("worklist-none-of-these"),
            &why,
            Some(act),
        );
        if pressed.is_some_and(|button| button.clicked()) {
            intents.push(Intent::Show(Filter::Post));
        }
    } else if !model.rows.complete() || model.status.as_ref().is_some_and(|s| s.progress.is_some())
    {
        blank::loading(ui, &tr("worklist-loading"), &tr("worklist-loading-why"));
    } else if model
        .status
        .as_ref()
        .is_some_and(|s| s.last_exchange.is_none())
    {
        let act = tr("act-send-now");
        let act = Button::secondary(&act)
            .icon(icons::ARROWS_CLOCKWISE)
            .key("Ctrl+S");
        let why = tr("worklist-never-why");
        let pressed = blank::failed(ui, &tr("worklist-never"), &why, Some(act));
        if pressed.is_some_and(|button| button.clicked()) {
            intents.push(Intent::SendNow);
        }
    } else {
        blank::empty(
            ui,
            icons::CHECK_CIRCLE,
            &tr("worklist-empty"),
            &tr("worklist-empty-why"),
            None,
        );
    }
}
