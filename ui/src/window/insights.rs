//! The page of figures: what it asks of the desk, one figure at a time, and what is done on it.

use outpost_domain::{Counted, Figure, FigureTable, Group, Scope};
use outpost_protocol::{FigureSheet, Problem, Request};

use super::Window;
use super::asking::Purpose;
use super::papers::language;
use crate::model::Remote;
use crate::screens::insights::Wish;
use crate::screens::insights::behind::Behind;
use crate::screens::insights::period::{Period, days};

impl Window {
    /// Asks for the next figure that is not there, or is old.
    pub(super) fn keep_insights(&mut self) {
        let officer = self.model.officer().map(|officer| officer.id);
        self.insights.belong_to(officer);
        self.keep_behind();
        if self.is_asked(|purpose| matches!(purpose, Purpose::Figure(..))) {
            return;
        }
        if let Some((figure, scope)) = self.insights.next(&self.model) {
            self.insights.ask(&self.model, figure, &scope);
            let purpose = Purpose::Figure(figure, scope.clone());
            self.ask(purpose, Request::Figure { figure, scope }, Vec::new());
        }
    }

    fn keep_behind(&mut self) {
        let Some(scope) = self.insights.scope(&self.model) else {
            return;
        };
        let Some(behind) = &mut self.insights.behind else {
            return;
        };
        if behind.found != Remote::Unasked {
            return;
        }
        behind.found = Remote::Asked;
        let (figure, group) = (behind.figure, behind.group.clone());
        let purpose = Purpose::Behind(figure, group.clone());
        let request = Request::BehindFigure {
            figure,
            group,
            scope,
        };
        self.ask(purpose, request, Vec::new());
    }

    pub(super) fn figure_told(
        &mut self,
        (figure, scope): (Figure, Scope),
        answer: Result<FigureTable, Problem>,
    ) {
        self.insights.take(scope, figure, answer);
    }

    pub(super) fn behind_told(
        &mut self,
        of: (Figure, Group),
        answer: Result<(Vec<Counted>, u64), Problem>,
    ) {
        self.insights.take_behind(of, answer);
    }

    pub(super) fn wish(&mut self, wish: Wish) {
        match wish {
            Wish::Period(period) => {
                if period == Period::Own
                    && self.insights.own[0].is_empty()
                    && let Some(scope) = self.insights.scope(&self.model)
                {
                    let (first, last) = days((scope.from, scope.to), &self.model.zone);
                    self.insights.own = [first.to_string(), last.to_string()];
                }
                self.insights.period = period;
                self.insights.behind = None;
            }
            Wish::Behind(figure, group) => {
                self.insights.behind = Some(Behind {
                    figure,
                    group,
                    found: Remote::Unasked,
                });
            }
            Wish::CloseBehind => self.insights.behind = None,
            Wish::Write(sheet) => self.write_figures(sheet),
        }
    }

    fn write_figures(&mut self, sheet: FigureSheet) {
        if let Some(scope) = self.insights.scope(&self.model) {
            let request = Request::WriteFigures {
                scope,
                sheet,
                language: language(),
            };
            self.ask(Purpose::Written, request, Vec::new());
        }
    }
}
