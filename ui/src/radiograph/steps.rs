//! The look in its fixed order: every step as a switch with its number and key, and what the colours mean.

use egui::{CornerRadius, Mesh, Rect, Ui, pos2, vec2};
use outpost_imaging::{Colour, ColourMap, Material, Step};

use crate::design::tokens::RADIUS_SMALL;
use crate::design::words::{label_2, paragraph};
use crate::design::{Chip, SPACE_S, SPACE_XS, Type, palette};
use crate::text::{tr, tr_code};

use super::bench::Bench;
use super::control::Control;

/// The switches in the order of [`Step::ALL`].
const SWITCHES: [Control; 9] = [
    Control::Noise,
    Control::Dense,
    Control::LocalContrast,
    Control::Edges,
    Control::Invert,
    Control::Organic,
    Control::Metal,
    Control::Material,
    Control::Map,
];

/// Shows the switches, what stands against one of them, and the legend of the colours in force.
pub fn steps(ui: &mut Ui, bench: &mut Bench) {
    let mut pressed = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(SPACE_XS, SPACE_XS);
        for control in SWITCHES {
            let why = bench.why_not(control).map(tr);
            let words = words(bench, control);
            let key = control.key().name();
            let chip = Chip::new(&words, bench.is_on(control))
                .key(key)
                .disabled_because(why.as_deref());
            if ui.add(chip).clicked() {
                pressed = Some(control);
            }
        }
    });
    if let Some(control) = pressed {
        bench.press(control, ui.ctx(), None);
    }
    let mut reasons: Vec<&str> = SWITCHES.iter().filter_map(|c| bench.why_not(*c)).collect();
    reasons.dedup();
    for reason in reasons {
        paragraph(ui, tr(reason), Type::Small, palette(ui).ink_2);
    }
    legend(ui, bench.look.colour);
}

/// The step's number and the switch's name; a colour map by its own.
fn words(bench: &Bench, control: Control) -> String {
    let name = match bench.look.colour {
        Colour::Map(map) if control == Control::Map => tr_code("map", map_code(map)),
        _ => tr(control.code()),
    };
    let step = control.step();
    let number = Step::ALL.iter().position(|own| Some(*own) == step);
    number.map_or(name.clone(), |at| format!("{} {name}", at + 1))
}

/// The code of a colour map in Fluent keys.
const fn map_code(map: ColourMap) -> &'static str {
    match map {
        ColourMap::Inferno => "inferno",
        ColourMap::Viridis => "viridis",
        ColourMap::Turbo => "turbo",
    }
}

/// The code of a material in Fluent keys.
const fn material_code(material: Material) -> &'static str {
    match material {
        Material::Organic => "organic",
        Material::Mixed => "mixed",
        Material::Metal => "metal",
    }
}

/// Side of a swatch, height of a colour map's bar, points.
const SWATCH: f32 = 10.0;

/// What the colours mean, in words beside each.
fn legend(ui: &mut Ui, colour: Colour) {
    match colour {
        Colour::Grey => {}
        Colour::Material => {
            let materials = Material::ALL.map(|material| {
                let name = tr_code("material", material_code(material));
                (material.colour(), name)
            });
            let blocked = ([0; 3], tr("material-blocked"));
            let named: Vec<_> = materials.into_iter().chain([blocked]).collect();
            for pair in named.chunks(2) {
                ui.columns(2, |halves| {
                    for (half, (colour, name)) in halves.iter_mut().zip(pair) {
                        half.horizontal(|ui| {
                            ui.spacing_mut().item_spacing.x = SPACE_S;
                            swatch(ui, *colour);
                            label_2(ui, name, Type::Small);
                        });
                    }
                });
            }
        }
        Colour::Map(map) => {
            let size = vec2(ui.available_width(), SWATCH);
            let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
            bar(ui, rect, map);
            ui.horizontal(|ui| {
                label_2(ui, tr("map-dark"), Type::Small);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    label_2(ui, tr("map-bright"), Type::Small);
                });
            });
        }
    }
}

fn swatch(ui: &mut Ui, [r, g, b]: [u8; 3]) {
    let (rect, _) = ui.allocate_exact_size(vec2(SWATCH, SWATCH), egui::Sense::hover());
    let fill = egui::Color32::from_rgb(r, g, b);
    ui.painter().rect(
        rect,
        CornerRadius::same(RADIUS_SMALL / 2),
        fill,
        palette(ui).hairline(),
        egui::StrokeKind::Outside,
    );
}

/// A colour map from black to white.
fn bar(ui: &Ui, rect: Rect, map: ColourMap) {
    let table = map.table();
    let mut mesh = Mesh::default();
    let step = rect.width() / table.len() as f32;
    for (index, [r, g, b]) in table.into_iter().enumerate() {
        let left = rect.left() + index as f32 * step;
        let part = Rect::from_min_max(pos2(left, rect.top()), pos2(left + step, rect.bottom()));
        mesh.add_colored_rect(part, egui::Color32::from_rgb(r, g, b));
    }
    ui.painter().add(mesh);
}
