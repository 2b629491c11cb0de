//! Insights: the figures supervisors ask for, each with its definition, its sample and the inspections behind it.
//! Counted by the desk, one after the other; the last picture stays until the next one is there.

mod bar;
pub mod behind;
pub mod period;
pub mod told;

use std::collections::HashMap;

use egui::{CentralPanel, Frame, Id, Margin, ScrollArea, Ui};
use jiff::{SignedDuration, Timestamp};
use outpost_domain::{Agency, Figure, FigureTable, Group, OfficerId, Scope};
use outpost_protocol::{FigureSheet, Problem};

use crate::chart::figure as chart;
use crate::design::card::card_with;
use crate::design::words::{hint, words};
use crate::design::{SPACE_L, SPACE_M, Type, blank, icons, palette};
use crate::intent::Intent;
use crate::model::{Model, Remote};
use crate::moment::count;
use crate::text::{tr, tr_args, tr_code, tr_problem};

use behind::Behind;
use period::Period;

/// What an officer may want on this page.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// Looks at this period.
    Period(Period),
    /// Looks at the inspections behind a value.
    Behind(Figure, Group),
    /// Puts them away.
    CloseBehind,
    /// Writes the figures into the documents folder.
    Write(FigureSheet),
}

/// The cards from the top, left and right; what is not for the officer is left out.
const LEFT: [Figure; 7] = [
    Figure::QueueAge,
    Figure::Waits,
    Figure::NoShows,
    Figure::PartialReleases,
    Figure::TrustedTime,
    Figure::BayThroughput,
    Figure::Unsent,
];
const RIGHT: [Figure; 7] = [
    Figure::WithinTarget,
    Figure::HoldAge,
    Figure::HitRate,
    Figure::AlarmConfirmed,
    Figure::TrustedHits,
    Figure::Overrides,
    Figure::OfficerThroughput,
];
/// As wide as the page.
const WIDE: [Figure; 1] = [Figure::BayLoad];

/// Wider than this, cards stand in two columns, points.
const TWO_COLUMNS: f32 = 860.0;
/// What was recorded since is counted again after this time at the earliest.
const AGAIN: SignedDuration = SignedDuration::from_secs(60);

/// When and over what a figure was asked for.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    scope: Scope,
    revision: u64,
    at: Timestamp,
}

/// What only this page knows.
#[derive(Debug, Default)]
pub struct Local {
    /// The period.
    pub period: Period,
    /// From and to of the officer's own.
    pub own: [String; 2],
    /// Only this agency, where a figure is by agency.
    pub agency: Option<Agency>,
    /// Only this bay.
    pub bay: Option<String>,
    /// The value that was pressed.
    pub behind: Option<Behind>,
    tables: HashMap<Figure, (Scope, FigureTable)>,
    failed: HashMap<Figure, Problem>,
    asked: HashMap<Figure, Asked>,
    of: Option<OfficerId>,
}

impl Local {
    /// The scope that is looked at; `None` while the officer's own is not one.
    pub fn scope(&self, model: &Model) -> Option<Scope> {
        let (from, to) = self.period.span(model.today(), &self.own, &model.zone)?;
        Some(Scope {
            from,
            to,
            agency: self.agency,
            bay: self.bay.clone(),
        })
    }

    /// Forgets what another officer saw.
    pub fn belong_to(&mut self, officer: Option<OfficerId>) {
        if self.of != officer {
            *self = Self {
                of: officer,
                ..Self::default()
            };
        }
    }

    /// The next figure that is to be asked for.
    pub fn next(&self, model: &Model) -> Option<(Figure, Scope)> {
        let (scope, revision) = (self.scope(model)?, model.rows.revision());
        let figure = shown(model).find(|figure| {
            self.asked.get(figure).is_none_or(|asked| {
                let grown = asked.revision != revision && model.now >= asked.at + AGAIN;
                asked.scope != scope || grown
            })
        })?;
        Some((figure, scope))
    }

    /// Notes that a figure was asked for.
    pub fn ask(&mut self, model: &Model, figure: Figure, scope: &Scope) {
        let asked = Asked {
            scope: scope.clone(),
            revision: model.rows.revision(),
            at: model.now,
        };
        self.asked.insert(figure, asked);
    }

    /// Takes an answer in.
    pub fn take(&mut self, scope: Scope, figure: Figure, answer: Result<FigureTable, Problem>) {
        match answer {
            Ok(table) => {
                self.failed.remove(&figure);
                self.tables.insert(figure, (scope, table));
            }
            Err(problem) => {
                self.failed.insert(figure, problem);
            }
        }
    }

    /// Takes in what is behind a value, when that is still the one that was pressed.
    pub fn take_behind(
        &mut self,
        of: (Figure, Group),
        answer: Result<(Vec<outpost_domain::Counted>, u64), Problem>,
    ) {
        if let Some(behind) = &mut self.behind
            && (behind.figure, &behind.group) == (of.0, &of.1)
        {
            behind.found = match answer {
                Ok(found) => Remote::Here(found),
                Err(problem) => Remote::Failed(problem),
            };
        }
    }

    /// Whether everything that is shown was counted and the period has nothing.
    fn is_empty(&self, model: &Model) -> bool {
        shown(model).all(|figure| {
            let table = self.tables.get(&figure);
            table.is_some_and(|(_, table)| table.rows.is_empty())
        })
    }
}

/// The figures for the officer who is signed in, in the order in which they are asked for.
fn shown(model: &Model) -> impl Iterator<Item = Figure> {
    let officer = model.officer();
    let both = LEFT.into_iter().zip(RIGHT).flat_map(|(l, r)| [l, r]);
    both.chain(WIDE)
        .filter(move |figure| officer.is_some_and(|officer| figure.is_for(officer)))
}

/// Shows the screen.
pub fn show(ui: &mut Ui, local: &mut Local, model: &Model) -> Vec<Intent> {
    let mut intents = Vec::new();
    bar::show(ui, local, model, &mut intents);
    if let Some(behind) = &local.behind {
        behind::show(ui, model, behind, &mut intents);
    }
    let p = palette(ui);
    let margin = Margin::same(SPACE_L as i8);
    CentralPanel::default()
        .frame(Frame::new().fill(p.background).inner_margin(margin))
        .show(ui, |ui| {
            if local.scope(model).is_none() {
                let (title, why) = (tr("insights-no-period"), tr("insights-no-period-why"));
                blank::empty(ui, icons::CALENDAR, &title, &why, None);
            } else if local.is_empty(model) {
                let (title, why) = (tr("insights-empty"), tr("insights-empty-why"));
                blank::empty(ui, icons::CHART_BAR, &title, &why, None);
            } else {
                cards(ui, local, model, &mut intents);
            }
        });
    intents
}

fn cards(ui: &mut Ui, local: &Local, model: &Model, intents: &mut Vec<Intent>) {
    let here = |figure: &Figure| shown(model).any(|f| f == *figure);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::splat(SPACE_M);
        if ui.available_width() > TWO_COLUMNS {
            ui.columns(2, |halves| {
                for (half, figures) in halves.iter_mut().zip([LEFT, RIGHT]) {
                    half.spacing_mut().item_spacing.y = SPACE_M;
                    for figure in figures.iter().filter(|f| here(f)) {
                        card(half, local, model, *figure, intents);
                    }
                }
            });
            for figure in WIDE {
                card(ui, local, model, figure, intents);
            }
        } else {
            for figure in shown(model) {
                card(ui, local, model, figure, intents);
            }
        }
    });
}

fn card(ui: &mut Ui, local: &Local, model: &Model, figure: Figure, intents: &mut Vec<Intent>) {
    let told = local.tables.get(&figure);
    let fresh = told.is_some_and(|(scope, _)| Some(scope) == local.scope(model).as_ref());
    let title = tr_code("figure", figure);
    let right = |ui: &mut Ui| {
        let p = palette(ui);
        let icon = words(ui, icons::INFO, Type::Icon, p.ink_3);
        icon.on_hover_text(tr_code("figure-why", figure));
        if let Some((_, table)) = told.filter(|_| fresh) {
            let sample = [("count", count(table.sample()).into())];
            words(
                ui,
                tr_args("insights-sample", &sample),
                Type::NumberSmall,
                p.ink_2,
            );
        } else if told.is_some() {
            // What is shown is of another period for a moment.
            hint(ui, tr("insights-counting"));
        }
    };
    card_with(ui, &title, right, |ui| match told {
        Some((_, table)) if table.rows.is_empty() => blank::none(ui, &tr("insights-nothing")),
        Some((_, table)) => {
            let id = Id::unique(("insights", figure.code()));
            let pressed = chart::show(ui, id, &told::chart(table), &told::said(table));
            if let Some(row) = pressed.and_then(|index| table.rows.get(index)) {
                let wish = Wish::Behind(figure, row.group.clone());
                intents.push(Intent::Insights(wish));
            }
        }
        None => match local.failed.get(&figure) {
            Some(problem) => blank::none(ui, &tr_problem(problem)),
            None => blank::none(ui, &tr("insights-counting")),
        },
    });
}
