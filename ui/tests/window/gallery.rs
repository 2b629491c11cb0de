//! The gallery in every theme.

use egui_kittest::Harness;
use outpost_ui::design::{self, Look, ThemeChoice, gallery};

fn gallery_in(look: Look, name: &str) {
    let mut state = gallery::Gallery::default();
    let mut harness = Harness::builder()
        .with_size([1440.0, 900.0])
        .wgpu()
        .build_ui(move |ui| {
            if design::look(ui.ctx()) != look || ui.ctx().cumulative_frame_nr() == 0 {
                design::install(ui.ctx(), look);
            }
            gallery::show(ui, &mut state);
        });
    harness.run();
    harness.snapshot(name);
}

#[test]
fn every_widget_in_the_light_theme() {
    gallery_in(Look::default(), "gallery-light");
}

#[test]
fn every_widget_in_the_dark_theme() {
    gallery_in(themed(ThemeChoice::Dark), "gallery-dark");
}

#[test]
fn every_widget_in_black_on_white() {
    gallery_in(themed(ThemeChoice::ContrastLight), "gallery-contrast-light");
}

#[test]
fn every_widget_in_white_on_black() {
    gallery_in(themed(ThemeChoice::ContrastDark), "gallery-contrast-dark");
}

#[test]
fn every_widget_for_gloves() {
    let look = Look {
        glove: true,
        ..Look::default()
    };
    gallery_in(look, "gallery-glove");
}

fn themed(theme: ThemeChoice) -> Look {
    Look {
        theme,
        ..Look::default()
    }
}
