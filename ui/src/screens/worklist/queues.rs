//! The queues beside the list: for what the post's inspections wait, how many, and since when the oldest.

use egui::{Frame, Panel, Ui};
use jiff::Timestamp;
use outpost_domain::Queue;

use crate::design::table::{Column, Table};
use crate::design::{Tone, Type, palette};
use crate::intent::{Filter, Intent};
use crate::model::Model;
use crate::moment::{age, count};
use crate::text::{tr, tr_args, tr_code};

use super::Local;

/// Their width, points.
const WIDTH: f32 = 236.0;

/// Shows them; choosing the one that is chosen shows the whole post again.
pub fn show(ui: &mut Ui, model: &Model, local: &Local, intents: &mut Vec<Intent>) {
    let p = palette(ui);
    let shown = Panel::left("queues")
        .exact_size(WIDTH)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(p.background))
        .show(ui, |ui| table(ui, model, local));
    let rect = shown.response.rect;
    ui.painter()
        .vline(rect.right(), rect.y_range(), p.hairline());
    if let Some(queue) = shown.inner.and_then(|row| Queue::ALL.get(row)) {
        intents.push(Intent::Show(Filter::Queue(*queue)));
    }
}

fn table(ui: &mut Ui, model: &Model, local: &Local) -> Option<usize> {
    let counts = local.order.counts();
    let title = tr("queues");
    let columns = [Column::words(&title, 120.0, 1.0), Column::number("", 56.0)];
    let selected = match local.filter {
        Filter::Queue(queue) => Some(queue as usize),
        _ => None,
    };
    Table::new("queues", &title, &columns)
        .selected(selected)
        .show(ui, Queue::ALL.len(), |index, cells| {
            let (queue, told) = (Queue::ALL[index], counts.queues[index]);
            let name = tr_code("queue", queue);
            let oldest = told.oldest.and_then(|at| Timestamp::from_second(at).ok());
            let since = oldest.map_or_else(
                || tr("queue-empty"),
                |at| tr_args("queue-oldest", &[("age", age(at, model.now).into())]),
            );
            cells.two_lines(0, (&name, Type::Strong), &since);
            let urgent = matches!(queue, Queue::Approval | Queue::Review | Queue::Parked);
            let tone = (urgent && told.count > 0).then_some(Tone::Red);
            let number = count(told.count as u64);
            cells.text(1, &number, Type::Number, tone);
            cells.hover(0, &tr_code("queue-is", queue));
            format!("{name}, {number}, {since}")
        })
        .clicked
}
