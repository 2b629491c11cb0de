//! Giving the marked inspections to an officer: the officers with what each has in hand, and afterwards what could not
//! be given and why.

use egui::{Key, Modifiers, ScrollArea, Ui, vec2};
use outpost_domain::{InspectionId, OfficerId, Role};
use outpost_protocol::NotAssigned;

use super::load::{Load, loads};
use crate::design::dialog::{buttons, dialog};
use crate::design::table::{Column, HEAD, Table};
use crate::design::words::{hint, paragraph};
use crate::design::{Button, SPACE_S, SPACE_XS, Type, metrics, palette};
use crate::model::Model;
use crate::moment::count;
use crate::text::{tr, tr_args, tr_code, tr_problem};

/// Width of the dialog, points.
const WIDTH: f32 = 560.0;
/// The most room for a list, points.
const MOST: f32 = 320.0;

/// The dialog.
#[derive(Debug)]
pub struct Assign {
    /// What is to be given.
    pub inspections: Vec<InspectionId>,
    /// The request that gives it.
    pub sending: Option<u64>,
    /// Why nothing could be given.
    pub problem: Option<String>,
    /// How many were given, and what was not.
    pub outcome: Option<(usize, Vec<NotAssigned>)>,
    loads: Vec<Load>,
    of: u64,
    at: usize,
}

/// What the supervisor did with the dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// Nothing yet.
    Nothing,
    /// Closed it.
    Close,
    /// Gives everything to this officer.
    Give(OfficerId),
}

impl Assign {
    /// Over these inspections; begins at the inspector who has least.
    pub fn new(model: &Model, inspections: Vec<InspectionId>) -> Self {
        let loads = loads(model);
        let least = loads
            .iter()
            .enumerate()
            .min_by_key(|(_, l)| (l.role != Role::Inspector, l.open, l.today));
        Self {
            at: least.map_or(0, |(index, _)| index),
            inspections,
            sending: None,
            problem: None,
            outcome: None,
            of: model.rows.revision(),
            loads,
        }
    }

    /// The officer who is chosen, by name.
    pub fn name(&self) -> String {
        self.loads
            .get(self.at)
            .map(|l| l.name.clone())
            .unwrap_or_default()
    }

    /// Shows the dialog.
    pub fn show(&mut self, ui: &Ui, model: &Model) -> Chosen {
        if self.of != model.rows.revision() {
            self.of = model.rows.revision();
            self.loads = loads(model);
        }
        let title = tr_args("assign-title", &[("n", self.inspections.len().into())]);
        let output = dialog(ui, "assign", &title, WIDTH, |ui| match &self.outcome {
            Some((done, not)) => told(ui, *done, not),
            None => self.choose(ui),
        });
        if output.close && output.inner == Chosen::Nothing {
            Chosen::Close
        } else {
            output.inner
        }
    }

    fn choose(&mut self, ui: &mut Ui) -> Chosen {
        let moved = self.walk(ui);
        let heads = ["officer", "open", "today"].map(|code| tr_code("assign-col", code));
        let columns = [
            Column::words(&heads[0], 200.0, 1.0),
            Column::number(&heads[1], 120.0),
            Column::number(&heads[2], 130.0),
        ];
        let size = vec2(ui.available_width(), self.height(ui));
        let name = tr("assign-officers");
        let table = Table::new("assign-officers", &name, &columns)
            .selected(Some(self.at))
            .scroll_to(moved.then_some(self.at));
        let shown = ui
            .allocate_ui(size, |ui| {
                ui.set_min_size(size);
                table.show(ui, self.loads.len(), |index, cells| {
                    let load = &self.loads[index];
                    let (open, today) = (count(load.open as u64), count(load.today as u64));
                    let role = tr_code("role", load.role);
                    cells.two_lines(0, (&load.name, Type::Strong), &role);
                    cells.text(1, &open, Type::Number, None);
                    cells.text(2, &today, Type::Number, None);
                    let args = [
                        ("name", load.name.clone().into()),
                        ("open", open.into()),
                        ("today", today.into()),
                    ];
                    tr_args("assign-load", &args)
                })
            })
            .inner;
        if let Some(at) = shown.clicked {
            self.at = at;
        }
        ui.add_space(SPACE_S);
        if let Some(problem) = &self.problem {
            let red = palette(ui).red;
            paragraph(ui, problem, Type::Body, red);
        }
        hint(ui, tr("assign-entry-each"));
        let waits = self.sending.map(|_| tr("form-saving"));
        let chosen = self.loads.get(self.at).map(|l| l.officer);
        let give = chosen.map_or(Chosen::Nothing, Chosen::Give);
        let wanted = waits.is_none()
            && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        let act = tr_args("assign-act", &[("name", self.name().into())]);
        let mut done = if wanted { give } else { Chosen::Nothing };
        buttons(ui, |ui| {
            let button = Button::primary(&act).key("Ctrl+Enter");
            if ui.add(button.disabled_because(waits.as_deref())).clicked() {
                done = give;
            }
            if ui.add(Button::secondary(&tr("form-close"))).clicked() {
                done = Chosen::Close;
            }
        });
        done
    }

    /// Arrows, J and K go through the officers; says whether one was pressed.
    fn walk(&mut self, ui: &Ui) -> bool {
        let step = ui.input_mut(|input| {
            let mut of = |key| i64::from(input.consume_key(Modifiers::NONE, key));
            of(Key::ArrowDown) + of(Key::J) - of(Key::ArrowUp) - of(Key::K)
        });
        let last = self.loads.len().saturating_sub(1) as i64;
        self.at = (self.at as i64 + step).clamp(0, last) as usize;
        step != 0
    }

    /// Room for the officers, as much as there may be.
    fn height(&self, ui: &Ui) -> f32 {
        let rows = self.loads.len() as f32 * metrics(ui).row;
        (rows + HEAD + metrics(ui).text_step).min(MOST)
    }
}

/// What could not be given, by name and with the reason.
fn told(ui: &mut Ui, done: usize, not: &[NotAssigned]) -> Chosen {
    let p = palette(ui);
    let words = tr_args("assign-done", &[("n", done.into())]);
    paragraph(ui, words, Type::Body, p.ink);
    ui.add_space(SPACE_S);
    let words = tr_args("assign-not", &[("n", not.len().into())]);
    paragraph(ui, words, Type::Strong, p.red);
    ScrollArea::vertical()
        .max_height(MOST)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = SPACE_XS;
            for one in not {
                paragraph(ui, &one.unit, Type::MonoStrong, p.ink);
                paragraph(ui, tr_problem(&one.problem), Type::Small, p.ink_2);
            }
        });
    let mut chosen = Chosen::Nothing;
    buttons(ui, |ui| {
        if ui.add(Button::primary(&tr("form-close"))).clicked() {
            chosen = Chosen::Close;
        }
    });
    chosen
}
