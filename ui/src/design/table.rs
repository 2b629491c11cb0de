//! The table: a head, hairlines, a selected row, numbers at the right; only the rows in sight are laid out, so
//! that a hundred thousand cost what twenty do. One place for the keyboard's focus, one AccessKit node a row.

use egui::accesskit::Role;
use egui::{
    Align, Id, Pos2, Rect, Response, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use outpost_domain::{Agency, Lane};

use super::agency::{self, Mark};
use super::badge;
use super::lane::lane_bar;
use super::theme::{font, metrics, palette};
use super::tokens::{FOCUS_RING, LANE_BAR, Palette, SPACE_S, SPACE_XS, Tone};
use super::r#type::Type;
use super::words::paint_line;

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    /// Its head.
    pub title: &'a str,
    /// At least so wide, points.
    pub min: f32,
    /// Its share of what is left over; 0 keeps it at `min`.
    pub share: f32,
    /// Where its words stand.
    pub align: Align,
}

impl<'a> Column<'a> {
    /// A column of words that takes its share of the room.
    pub const fn words(title: &'a str, min: f32, share: f32) -> Self {
        Self {
            title,
            min,
            share,
            align: Align::Min,
        }
    }

    /// A column of one width.
    pub const fn fixed(title: &'a str, width: f32) -> Self {
        Self::words(title, width, 0.0)
    }

    /// A column of numbers of one width.
    pub const fn number(title: &'a str, width: f32) -> Self {
        Self {
            title,
            min: width,
            share: 0.0,
            align: Align::Max,
        }
    }
}

/// Height of the head.
pub const HEAD: f32 = 32.0;

/// A table.
#[must_use = "a table is shown with show"]
pub struct Table<'a> {
    id: Id,
    name: &'a str,
    columns: &'a [Column<'a>],
    selected: Option<usize>,
    scroll_to: Option<usize>,
    scrolls: bool,
}

/// What happened in a table.
#[derive(Debug, Clone, Copy, Default)]
pub struct TableOutput {
    /// The row that was clicked.
    pub clicked: Option<usize>,
    /// In which of its columns.
    pub column: Option<usize>,
    /// The row that was clicked twice.
    pub opened: Option<usize>,
}

impl<'a> Table<'a> {
    /// A table that scrolls; `name` is for the screen reader.
    pub fn new(id: impl egui::AsIdSalt, name: &'a str, columns: &'a [Column<'a>]) -> Self {
        Self {
            id: Id::unique(id),
            name,
            columns,
            selected: None,
            scroll_to: None,
            scrolls: true,
        }
    }

    /// The selected row.
    pub const fn selected(mut self, row: Option<usize>) -> Self {
        self.selected = row;
        self
    }

    /// Brings a row into sight, in the shortest way.
    pub const fn scroll_to(mut self, row: Option<usize>) -> Self {
        self.scroll_to = row;
        self
    }

    /// As high as its rows, within something else that scrolls.
    pub const fn whole(mut self) -> Self {
        self.scrolls = false;
        self
    }

    /// Shows head and rows. `row` says what a row is to a screen reader, and draws it when it is given cells.
    pub fn show(
        self,
        ui: &mut Ui,
        rows: usize,
        mut row: impl FnMut(usize, &mut Cells<'_>) -> String,
    ) -> TableOutput {
        let p = palette(ui);
        let left = ui.cursor().left();
        let width = ui.available_width();
        let spans = spans(self.columns, width);
        self.head(ui, &p, left, &spans);
        let height = metrics(ui).row;
        let mut output = TableOutput::default();
        let focus = self.focus(ui, rows, height);
        if !self.scrolls {
            let origin = ui.cursor().min;
            ui.allocate_space(vec2(width, rows as f32 * height));
            for index in 0..rows {
                let top = origin + vec2(0.0, index as f32 * height);
                self.row(ui, index, top, width, &spans, &mut row, &mut output);
            }
            return output;
        }
        let mut area = ScrollArea::vertical().id_salt(self.id).auto_shrink(false);
        if let Some(offset) = self.offset_for(ui, height) {
            area = area.vertical_scroll_offset(offset);
        }
        let shown = area.show_viewport(ui, |ui, viewport| {
            let origin = ui.max_rect().min;
            ui.set_height(rows as f32 * height);
            let first = (viewport.min.y / height).floor().max(0.0) as usize;
            let last = ((viewport.max.y / height).ceil().max(0.0) as usize).min(rows);
            for index in first..last {
                let top = origin + vec2(0.0, index as f32 * height);
                self.row(ui, index, top, width, &spans, &mut row, &mut output);
            }
        });
        ui.data_mut(|data| {
            data.insert_temp(
                self.id,
                (shown.state.clamped_offset().y, shown.inner_rect.height()),
            );
        });
        if focus.has_focus() {
            let rect = shown.inner_rect.shrink(FOCUS_RING / 2.0);
            let kind = egui::StrokeKind::Inside;
            ui.painter().rect_stroke(rect, 0, p.focus_ring(), kind);
        }
        output
    }

    /// The table's one place in the order of focus; arrows move its selection, not the focus.
    fn focus(&self, ui: &Ui, rows: usize, height: f32) -> Response {
        let rect = Rect::from_min_size(
            ui.cursor().min,
            vec2(
                ui.available_width(),
                ui.available_height().min(rows as f32 * height),
            ),
        );
        let id = self.id.with("focus");
        let response = ui.interact(rect, id, Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, self.name));
        if response.has_focus() {
            let filter = egui::EventFilter {
                vertical_arrows: true,
                ..Default::default()
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        }
        response
    }

    /// Where to scroll so that the wanted row is in sight; `None` when it is already.
    fn offset_for(&self, ui: &Ui, height: f32) -> Option<f32> {
        let wanted = self.scroll_to? as f32 * height;
        let (offset, seen) = ui
            .data(|data| data.get_temp::<(f32, f32)>(self.id))
            .unwrap_or_default();
        if wanted < offset {
            Some(wanted)
        } else if wanted + height > offset + seen {
            Some((wanted + height - seen).max(0.0))
        } else {
            None
        }
    }

    fn head(&self, ui: &mut Ui, p: &Palette, left: f32, spans: &[(f32, f32)]) {
        let size = vec2(ui.available_width(), HEAD + metrics(ui).text_step);
        let spacing = ui.spacing().item_spacing.y;
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        ui.add_space(-spacing);
        for (column, (from, to)) in self.columns.iter().zip(spans) {
            let cell = Rect::from_min_max(
                pos2(left + from, rect.top()),
                pos2(left + to, rect.bottom()),
            );
            let title = column.title.to_uppercase();
            paint_line(
                ui,
                inset(cell),
                column.align,
                &title,
                Type::ColumnHead,
                p.ink_2,
            );
        }
        ui.painter()
            .hline(rect.x_range(), rect.bottom(), p.hairline());
    }

    #[allow(clippy::too_many_arguments)] // one row's place and what to do with it; private
    fn row(
        &self,
        ui: &mut Ui,
        index: usize,
        top: Pos2,
        width: f32,
        spans: &[(f32, f32)],
        row: &mut impl FnMut(usize, &mut Cells<'_>) -> String,
        output: &mut TableOutput,
    ) {
        let p = palette(ui);
        let rect = Rect::from_min_size(top, vec2(width, metrics(ui).row));
        let on = self.selected == Some(index);
        let response = ui.interact(rect, self.id.with(("row", index)), Sense::CLICK);
        if on {
            ui.painter().rect_filled(rect, 0, p.accent_wash);
            if p.theme.is_contrast() {
                let kind = egui::StrokeKind::Inside;
                ui.painter().rect_stroke(
                    rect.shrink(1.0),
                    0,
                    egui::Stroke::new(3.0, p.accent),
                    kind,
                );
            }
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 0, p.hover);
        }
        ui.painter().hline(
            rect.x_range(),
            rect.bottom() - p.line_width / 2.0,
            p.hairline(),
        );
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt((self.id, index)));
        let mut cells = Cells {
            ui: &mut child,
            rect,
            spans,
            columns: self.columns,
            hover: None,
        };
        let name = row(index, &mut cells);
        let hover = cells.hover.take();
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, on, &name));
        if response.clicked() {
            output.clicked = Some(index);
            let x = response.interact_pointer_pos().map(|at| at.x - rect.left());
            let hit = |x: f32| {
                spans
                    .iter()
                    .position(|(from, to)| (*from..*to).contains(&x))
            };
            output.column = x.and_then(hit);
        }
        if response.double_clicked() {
            output.opened = Some(index);
        }
        if let Some(text) = hover {
            response.on_hover_text(text);
        }
    }
}

/// From where to where each column reaches, points from the table's left.
fn spans(columns: &[Column<'_>], width: f32) -> Vec<(f32, f32)> {
    let least: f32 = columns.iter().map(|c| c.min).sum();
    let shares: f32 = columns.iter().map(|c| c.share).sum();
    let spare = (width - least).max(0.0);
    let mut at = 0.0;
    columns
        .iter()
        .map(|column| {
            let part = if shares > 0.0 {
                spare * column.share / shares
            } else {
                0.0
            };
            let from = at;
            at += column.min + part;
            (from, at)
        })
        .collect()
}

fn inset(cell: Rect) -> Rect {
    cell.shrink2(vec2(SPACE_S + 2.0, 0.0))
}

/// The cells of one row, drawn column by column.
pub struct Cells<'a> {
    ui: &'a mut Ui,
    rect: Rect,
    spans: &'a [(f32, f32)],
    columns: &'a [Column<'a>],
    hover: Option<String>,
}

impl Cells<'_> {
    /// The room of a column in this row.
    pub fn rect(&self, column: usize) -> Rect {
        let (from, to) = self.spans.get(column).copied().unwrap_or_default();
        let left = self.rect.left();
        Rect::from_min_max(
            pos2(left + from, self.rect.top()),
            pos2(left + to, self.rect.bottom()),
        )
    }

    /// For what has no function of its own here.
    pub fn ui(&mut self) -> &mut Ui {
        self.ui
    }

    /// The colours in force.
    pub fn palette(&self) -> Palette {
        palette(self.ui)
    }

    /// A line of text.
    pub fn text(&mut self, column: usize, text: &str, kind: Type, tone: Option<Tone>) {
        let p = self.palette();
        let color = tone.map_or(p.ink, |tone| p.tone(tone));
        let rect = inset(self.rect(column));
        let align = self.columns.get(column).map_or(Align::Min, |c| c.align);
        let elided = paint_line(self.ui, rect, align, text, kind, color);
        self.remember(rect, text, elided);
    }

    /// A line of text over a line of secondary text; an empty second line leaves the first in the middle.
    pub fn two_lines(&mut self, column: usize, first: (&str, Type), second: &str) {
        self.two_lines_after(column, 0.0, first, second);
    }

    /// The same after `space` points: beside a lane's bar.
    pub fn two_lines_after(
        &mut self,
        column: usize,
        space: f32,
        first: (&str, Type),
        second: &str,
    ) {
        let p = self.palette();
        let mut rect = inset(self.rect(column));
        rect.min.x += space;
        if second.is_empty() {
            let elided = paint_line(self.ui, rect, Align::Min, first.0, first.1, p.ink);
            self.remember(rect, first.0, elided);
            return;
        }
        let align = self.columns.get(column).map_or(Align::Min, |c| c.align);
        let middle = rect.center().y;
        let high = font(self.ui, first.1).size + SPACE_XS;
        let upper =
            Rect::from_min_max(pos2(rect.left(), middle - high), pos2(rect.right(), middle));
        let lower =
            Rect::from_min_max(pos2(rect.left(), middle), pos2(rect.right(), middle + high));
        let one = paint_line(self.ui, upper, align, first.0, first.1, p.ink);
        let two = paint_line(self.ui, lower, align, second, Type::Small, p.ink_2);
        self.remember(upper, first.0, one);
        self.remember(lower, second, two);
    }

    /// The lane's bar at the row's left edge; its name shows when the pointer is on it.
    pub fn lane(&mut self, lane: Lane, name: &str) {
        let height = self.rect.height() - 2.0 * SPACE_S;
        let top = pos2(self.rect.left() + SPACE_S, self.rect.top() + SPACE_S);
        let bar = lane_bar(self.ui, top, height, lane);
        let reach = Rect::from_min_max(
            self.rect.left_top(),
            pos2(bar.right() + LANE_BAR, self.rect.bottom()),
        );
        self.remember(reach, name, true);
    }

    /// What shows when the pointer is on a column of this row.
    pub fn hover(&mut self, column: usize, text: &str) {
        let rect = self.rect(column);
        self.remember(rect, text, true);
    }

    /// A badge as wide as the column.
    pub fn badge(&mut self, column: usize, text: &str, tone: Tone, why: &str) {
        let rect = inset(self.rect(column));
        badge::paint(self.ui, rect, text, tone);
        self.remember(rect, why, !why.is_empty());
    }

    /// Agencies' squares; what each one says shows when the pointer is on it. As many as have room.
    pub fn agencies(&mut self, column: usize, squares: &[(Agency, Mark, String)]) {
        let rect = inset(self.rect(column));
        let edge = agency::edge(self.ui);
        let fit = ((rect.width() + SPACE_XS) / (edge + SPACE_XS))
            .floor()
            .max(1.0) as usize;
        let shown = if squares.len() > fit {
            fit - 1
        } else {
            squares.len()
        };
        let mut at = pos2(rect.left(), rect.center().y - edge / 2.0);
        for (agency, mark, words) in &squares[..shown] {
            let square = Rect::from_min_size(at, vec2(edge, edge));
            agency::paint(self.ui, square, *agency, *mark);
            self.remember(square, words, true);
            at.x += edge + SPACE_XS;
        }
        if shown < squares.len() {
            let p = self.palette();
            let rest = Rect::from_min_size(at, vec2(edge, edge));
            let more = format!("+{}", squares.len() - shown);
            paint_line(self.ui, rest, Align::Center, &more, Type::Key, p.ink_2);
            let names: Vec<&str> = squares[shown..].iter().map(|s| s.2.as_str()).collect();
            self.remember(rest, &names.join("\n"), true);
        }
    }

    /// Something else in a column's room.
    pub fn add<R>(&mut self, column: usize, add: impl FnOnce(&mut Ui) -> R) -> R {
        let rect = inset(self.rect(column));
        let layout = egui::Layout::left_to_right(Align::Center);
        let builder = UiBuilder::new()
            .max_rect(rect)
            .layout(layout)
            .id_salt(("cell", column));
        let mut child = self.ui.new_child(builder);
        add(&mut child)
    }

    fn remember(&mut self, rect: Rect, text: &str, wanted: bool) {
        if wanted && self.ui.rect_contains_pointer(rect) {
            self.hover = Some(text.to_owned());
        }
    }
}

/// Space at the left of a first column that has a lane's bar.
pub const LANE_INSET: f32 = LANE_BAR + SPACE_S;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_what_is_left_over_and_never_shrink_below_their_least() {
        let columns = [
            Column::fixed("a", 50.0),
            Column::words("b", 100.0, 1.0),
            Column::words("c", 100.0, 3.0),
        ];
        assert_eq!(
            spans(&columns, 450.0),
            vec![(0.0, 50.0), (50.0, 200.0), (200.0, 450.0)]
        );
        assert_eq!(spans(&columns, 10.0).last(), Some(&(150.0, 250.0)));
    }
}
