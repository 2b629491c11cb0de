//! Checks & findings: the agencies' sections at the left, the officer's work in the middle, findings and what keeps
//! the goods at the right, the one act at the foot.

use egui::{Align, Frame, Layout, Margin, Panel, ScrollArea, Ui};

use crate::design::tokens::SIDE_PANEL;
use crate::design::words::hint;
use crate::design::{Button, SPACE_L, SPACE_S, palette};
use crate::moment::time_exact;
use crate::text::{tr, tr_args};

use super::{
    Screen, View, checklist, conclude, findings, gallery, goods, questions, seals, sections,
};

/// Width of the sections' column.
const SECTIONS: f32 = 244.0;

/// Shows the tab.
pub fn show(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let p = palette(ui);
    let bare = || Frame::new().fill(p.background).inner_margin(Margin::ZERO);
    let left = Panel::left("sections")
        .exact_size(SECTIONS)
        .resizable(false)
        .show_separator_line(false)
        .frame(bare())
        .show(ui, |ui| {
            scroll(ui, "sections", |ui| sections::show(screen, ui, view));
        });
    ui.painter().vline(
        left.response.rect.right(),
        left.response.rect.y_range(),
        p.hairline(),
    );
    let right = Panel::right("findings")
        .exact_size(SIDE_PANEL - SPACE_L)
        .resizable(false)
        .show_separator_line(false)
        .frame(bare())
        .show(ui, |ui| {
            foot(screen, ui, view);
            scroll(ui, "findings", |ui| {
                findings::show(screen, ui, view);
                gallery::show(screen, ui, view);
                findings::why_not_released(ui, view);
            });
        });
    ui.painter().vline(
        right.response.rect.left(),
        right.response.rect.y_range(),
        p.hairline(),
    );
    scroll(ui, "checks", |ui| {
        seals::show(screen, ui, view);
        goods::show(screen, ui, view);
        checklist::show(screen, ui, view);
        questions::show(screen, ui, view);
    });
}

fn scroll(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical()
        .id_salt(name)
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(Margin::same(SPACE_L as i8))
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = SPACE_L;
                    add(ui);
                });
        });
}

/// What was saved last, and the one act.
fn foot(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let p = palette(ui);
    Panel::bottom("conclude")
        .resizable(false)
        .show_separator_line(false)
        .frame(
            Frame::new()
                .fill(p.background)
                .inner_margin(Margin::same(SPACE_L as i8)),
        )
        .show(ui, |ui| {
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = SPACE_S;
                hint(ui, saved_words(screen, view));
                let words = tr("conclude-act");
                let why = conclude::against(view);
                let button = Button::primary(&words).key("Ctrl+Enter").fill();
                if ui.add(button.disabled_because(why.as_deref())).clicked() {
                    conclude::open(screen, view);
                }
            });
        });
}

/// `Saved 09:26:11 · entry 4 of 9 · on this laptop, will be sent`, or that it is being saved.
pub fn saved_words(screen: &Screen, view: &View<'_>) -> String {
    if screen.acts.recording() {
        return tr("form-saving");
    }
    let own = view.agency();
    let mine = view
        .opened
        .history
        .iter()
        .filter(|line| Some(line.entry.agency) == own);
    let (count, last) = mine.fold((0usize, None), |(n, _), line| (n + 1, Some(line)));
    let at = screen
        .saved
        .map(|saved| saved.at)
        .or_else(|| last.map(|line| line.entry.recorded_at));
    let Some(at) = at else {
        return tr("saved-nothing");
    };
    let waiting = view
        .opened
        .history
        .iter()
        .filter(|line| line.sent != outpost_protocol::Sent::Yes)
        .count();
    let key = if waiting == 0 {
        "saved-sent"
    } else {
        "saved-waiting"
    };
    tr_args(
        key,
        &[
            ("time", time_exact(at, view.zone).into()),
            ("count", count.into()),
            ("waiting", waiting.into()),
        ],
    )
}
