//! The inspection screen by itself, over a desk in memory: `cargo run -p outpost-ui --example inspection -- checks dark`.
#![allow(missing_docs)]

#[path = "../tests/world/mod.rs"]
mod world;

use eframe::egui;
use outpost_ui::design::{self, Look, ThemeChoice, bars};
use outpost_ui::screens::inspection::{Screen, Tab};
use outpost_ui::text;

struct App {
    desk: world::Desk,
    screen: Screen,
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let item = |icon, name, selected| bars::RailItem {
            icon,
            name,
            selected,
            alert: false,
        };
        let upper = [
            item(design::icons::LIST, "Worklist", false),
            item(design::icons::SCAN, "Inspect", true),
        ];
        bars::rail(ui, &upper, &[]);
        bars::status_bar(ui, &[], &[]);
        let acts = self.screen.show(ui, &self.desk.view());
        for (token, outcome) in self.desk.answer(acts) {
            self.screen.answer(token, outcome);
            ui.ctx().request_repaint();
        }
    }
}

fn main() -> eframe::Result {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| words.iter().any(|w| w == word);
    let theme = ThemeChoice::ALL
        .into_iter()
        .find(|t| has(t.code()))
        .unwrap_or_default();
    let look = Look {
        theme,
        glove: has("glove"),
    };
    if has("fr") {
        text::speak(text::Language::French);
    }
    let tab = Tab::ALL
        .into_iter()
        .find(|tab| has(tab.code()))
        .unwrap_or_default();
    let desk = if has("fresh") {
        world::fresh()
    } else {
        world::busy()
    };
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_inner_size([1440.0, 900.0])
            .with_position([0.0, 0.0]),
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "Outpost inspection",
        options,
        Box::new(move |context| {
            design::install(&context.egui_ctx, look);
            let screen = Screen::at(tab);
            Ok(Box::new(App { desk, screen }))
        }),
    )
}
