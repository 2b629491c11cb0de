//! The figures of the post, for those who may see them.

use jiff::Timestamp;
use outpost_documents::{
    Figures, Paper, Shift, ShiftHold, ShiftUnsent, figures_csv, figures_xlsx, shift_report,
};
use outpost_domain::{Figure, FigureTable, Group, Officer, PaperLanguage, Scope, facts};
use outpost_protocol::{FigureSheet, Problem, Reply};

use crate::desk::Desk;
use crate::papers::{not_so, paper};
use crate::requests::{Answered, store_problem};
use crate::words::problem;

/// The most inspections behind a value that are told.
const MOST_COUNTED: usize = 200;

/// The most inspections of a shift report: those that wait, and those with holds.
const MOST_OF_A_SHIFT: usize = 60;

impl Desk {
    pub(crate) fn figure(&self, figure: Figure, scope: &Scope) -> Answered {
        let officer = self.officer()?;
        let table = self.counted(figure, scope, &officer)?;
        Ok((Reply::Figure { table }, Vec::new()))
    }

    /// A figure as `officer` may see it.
    pub(crate) fn counted(
        &self,
        figure: Figure,
        scope: &Scope,
        officer: &Officer,
    ) -> Result<FigureTable, Problem> {
        may_see(figure, officer)?;
        self.opened()?
            .store
            .figure(figure, scope, Timestamp::now(), &self.zone())
            .map_err(store_problem)
    }

    pub(crate) fn behind_figure(&self, figure: Figure, group: &Group, scope: &Scope) -> Answered {
        may_see(figure, &self.officer()?)?;
        let behind = self
            .opened()?
            .store
            .behind_figure(figure, group, scope, Timestamp::now(), MOST_COUNTED)
            .map_err(store_problem)?;
        let reply = Reply::Counted {
            inspections: behind.inspections,
            total: behind.total,
        };
        Ok((reply, Vec::new()))
    }

    /// Writes every figure that the officer may see.
    pub(crate) fn write_figures(
        &self,
        scope: &Scope,
        sheet: FigureSheet,
        language: PaperLanguage,
    ) -> Answered {
        let (officer, post) = (self.officer()?, self.post()?);
        let own = Figure::ALL.iter().filter(|figure| figure.is_for(&officer));
        let tables = own
            .map(|figure| self.counted(*figure, scope, &officer))
            .collect::<Result<Vec<_>, _>>()?;
        let now = Timestamp::now();
        let paper = paper(language, &post, &officer, now);
        let figures = Figures {
            scope,
            tables: &tables,
        };
        let (name, ending, content) = match sheet {
            FigureSheet::Csv => ("figures", "csv", figures_csv(&figures, &paper)),
            FigureSheet::Xlsx => ("figures", "xlsx", figures_xlsx(&figures, &paper)),
            FigureSheet::ShiftReport => {
                let html = self.shift(figures, &paper)?;
                ("shift-report", "html", html.map(String::into_bytes))
            }
        };
        let content = content.map_err(|error| not_so(&error))?;
        let day = |at: Timestamp| at.to_zoned(self.zone()).strftime("%Y%m%d-%H%M").to_string();
        let name = format!("{name}-{}-{}", day(scope.from), day(now));
        self.keep(&name, ending, &content)
    }

    fn shift(
        &self,
        figures: Figures<'_>,
        paper: &Paper<'_>,
    ) -> Result<Result<String, outpost_documents::DocumentError>, Problem> {
        let store = &self.opened()?.store;
        let scope = figures.scope;
        let waiting = store
            .waiting(scope, paper.printed_at, MOST_OF_A_SHIFT)
            .map_err(store_problem)?;
        let mut holds = Vec::new();
        let held = store
            .with_holds_between(scope.from, scope.to, MOST_OF_A_SHIFT)
            .map_err(store_problem)?;
        for id in held {
            let opened = store.open_inspection(None, id).map_err(store_problem)?;
            let inspection = &opened.inspection;
            let unit = inspection.units.first();
            let unit = unit.map(|u| u.number.spaced()).unwrap_or_default();
            let all = facts(inspection, &opened.state).holds;
            holds.extend(all.into_iter().map(|hold| ShiftHold {
                reference: inspection.reference.clone(),
                unit: unit.clone(),
                hold,
            }));
        }
        let unsent: Vec<ShiftUnsent> = store
            .outbox_lines()
            .map_err(store_problem)?
            .into_iter()
            .map(|line| ShiftUnsent {
                unit: line.unit,
                entries: line.entries,
                oldest: line.oldest,
            })
            .collect();
        let shift = Shift {
            figures,
            waiting: (&waiting.inspections, waiting.total),
            holds: &holds,
            unsent: &unsent,
        };
        Ok(shift_report(&shift, paper))
    }
}

fn may_see(figure: Figure, officer: &Officer) -> Result<(), Problem> {
    if figure.is_for(officer) {
        return Ok(());
    }
    let words = format!("{figure} is not for {} of {}", officer.role, officer.agency);
    Err(problem("figure-not-yours", [], words))
}
