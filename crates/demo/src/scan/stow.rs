//! Stowing: the declared mass becomes a load of the right volume, package by package.

use super::drawing::{Drawing, Mottle, Span};
use super::looks::{Inside, Look};
use super::luck::Luck;
use super::materials::{Material, Pen};
use super::{boxes::Room, shapes};
use super::{cars, machines, pieces};
use crate::goods::Form;
use crate::plan::Cargo;

/// Most packages drawn one by one for a lot; beyond that neighbours are drawn as one.
const MOST: f32 = 4_500.0;

/// A part of the room filled with one lot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section {
    pub(super) form: Form,
    pub(super) look: Look,
    pub(super) x: Span,
    /// Floor and top of the stow.
    pub(super) y: Span,
    pub(super) z: Span,
    pub(super) packages: f32,
    pub(super) kilograms: f32,
}

impl Section {
    /// Mass of one package as drawn, kg.
    pub(super) fn each(&self) -> f32 {
        self.kilograms / self.packages
    }

    /// Number of pallets along the section and their pitch, mm.
    fn pallet_pitch(&self) -> (f32, f32) {
        let long = self.x[1] - self.x[0];
        let positions = (long / 1_235.0).round().max(1.0);
        (positions, long / positions)
    }

    /// The stack on the pallet at `x`; `None` if the goods do not stand on pallets.
    pub(super) fn stack_at(&self, x: f32) -> Option<Span> {
        if !self.look.pallets {
            return None;
        }
        let (positions, pitch) = self.pallet_pitch();
        let number = ((x - self.x[0]) / pitch)
            .floor()
            .clamp(0.0, positions - 1.0);
        let left = self.x[0] + pitch * number + 14.0;
        Some([left, left + (pitch - 28.0).min(1_210.0)])
    }

    /// Volume of one package, mm³, at the look's density.
    pub(super) fn volume(&self) -> f32 {
        self.each() / self.look.density * 1e6
    }
}

/// Packages within this part of the stow are not what was declared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Swap {
    pub(super) x: Span,
    pub(super) y: Span,
    pub(super) z: Span,
    pub(super) look: Look,
}

impl Swap {
    fn holds(&self, x: Span, y: Span, z: Span) -> bool {
        let inside = |part: Span, whole: Span| {
            let middle = f32::midpoint(part[0], part[1]);
            middle > whole[0] && middle < whole[1]
        };
        inside(x, self.x) && inside(y, self.y) && inside(z, self.z)
    }
}

/// Shares the room among the lots, front to doors, each as long and high as its mass asks for.
pub(super) fn plan(room: &Room, cargo: &[Cargo]) -> Vec<Section> {
    let cargo: Vec<Cargo> = cargo.iter().map(plausible).collect();
    let usable = room.x[1] - room.x[0] - 60.0;
    let wide = room.z[1] - room.z[0];
    let lots: Vec<(Look, f32, f32)> = cargo.iter().map(|lot| wanted(room, wide, lot)).collect();
    let sum: f32 = lots.iter().map(|(_, _, length)| length).sum();
    // Too much is pressed in, little is spread out and stowed lower, as loaders do.
    let stretch = if sum > 0.0 {
        (usable / sum).min(1.9)
    } else {
        1.0
    };
    let mut left = room.x[0] + 20.0;
    let sections = cargo.iter().zip(lots).map(|(lot, (look, high, length))| {
        let long = (length * stretch).min(usable);
        let lower = if stretch > 1.0 {
            (1.0 / stretch).max(0.45)
        } else {
            1.0
        };
        let x = [
            left,
            left + long
                * if stretch > 1.0 {
                    1.0 / (lower * stretch)
                } else {
                    1.0
                },
        ];
        left = x[1];
        Section {
            form: lot.form,
            look,
            x,
            y: [room.y[0], room.y[0] + high * lower],
            z: room.z,
            packages: lot.packages as f32,
            kilograms: lot.gross_kg as f32,
        }
    });
    sections.collect()
}

/// Heaviest lot drawn, kg: more than any road carries.
const HEAVIEST: f64 = 100_000.0;

/// A lot with a mass and a number of packages that can be drawn, whatever was declared.
fn plausible(lot: &Cargo) -> Cargo {
    let gross_kg = if lot.gross_kg.is_finite() {
        lot.gross_kg.clamp(1.0, HEAVIEST)
    } else {
        1.0
    };
    Cargo {
        gross_kg,
        packages: lot.packages.clamp(1, MOST as u32),
        ..lot.clone()
    }
}

/// Look, height and length a lot wants.
fn wanted(room: &Room, wide: f32, lot: &Cargo) -> (Look, f32, f32) {
    let look = Look::of_goods(lot.form, lot.chapter);
    let high = look.highest.min(room.y[1] - room.y[0] - 40.0);
    let gaps = if look.pallets { 0.80 } else { 0.93 };
    let volume = lot.gross_kg as f32 / look.density * 1e6;
    (look, high, volume / (wide * high * gaps))
}

/// Draws a section's packages.
///
/// `swap` are packages that are not what was declared, `taken` a piece of floor where no machine stands.
pub(super) fn draw(
    drawing: &mut Drawing,
    section: &Section,
    swap: Option<&Swap>,
    taken: Option<Span>,
    luck: &mut Luck,
) {
    let mut stow = Stow {
        section: *section,
        swap,
        left: section.packages,
    };
    match (section.form, section.look.pallets) {
        (Form::Machinery, _) => machines::machines(drawing, section, taken, luck),
        (Form::Vehicles, _) => cars::cars(drawing, section, luck),
        (Form::Tyres, _) => pieces::tyres(drawing, section, luck),
        (Form::Steel, _) => pieces::bars(drawing, section, luck),
        (Form::Timber, _) => pieces::timber(drawing, section, luck),
        (Form::Drums, _) => pieces::drums(drawing, section, luck),
        (Form::Bags, _) => stow.bags(drawing, luck),
        (Form::Bales, _) => stow.bales(drawing, luck),
        (Form::Crates, false) => pieces::slabs(drawing, section, luck),
        (_, true) => stow.pallets(drawing, luck),
        (_, false) => stow.loose(drawing, luck),
    }
}

/// The work of stowing one section.
struct Stow<'a> {
    section: Section,
    swap: Option<&'a Swap>,
    /// Packages still to be placed.
    left: f32,
}

/// A regular block of packages: counts along x, y, z.
#[derive(Clone, Copy)]
struct Grid {
    counts: [usize; 3],
    size: [f32; 3],
}

impl Stow<'_> {
    /// Pallets in two rows, each with its own stack.
    fn pallets(&mut self, drawing: &mut Drawing, luck: &mut Luck) {
        let Section { x, z, .. } = self.section;
        let (positions, pitch) = self.section.pallet_pitch();
        let long = (pitch - 28.0).min(1_210.0);
        let half = (z[1] - z[0]) / 2.0;
        for position in 0..positions as usize {
            for row in [0.0, 1.0] {
                let stacks = (positions - position as f32) * 2.0 - row;
                let quota = (self.left / stacks).round();
                let left = x[0] + pitch * position as f32 + 14.0 + luck.around(11.0);
                let near = z[0] + half * row + 25.0 + luck.around(15.0);
                let deep = (half - 50.0).min(1_050.0);
                self.stack(
                    [left, left + long],
                    [near, near + deep],
                    quota,
                    drawing,
                    luck,
                );
            }
        }
    }

    /// One pallet and its stack of `quota` packages.
    fn stack(&mut self, x: Span, z: Span, quota: f32, drawing: &mut Drawing, luck: &mut Luck) {
        let floor = self.section.y[0];
        shapes::pallet(drawing, x, floor, z);
        let base = floor + 146.0;
        let grid = self.grid(x, z, (self.section.y[1] - base).max(200.0), quota);
        self.layers(grid, [x[0], base, z[0]], quota, drawing, luck);
    }

    /// Cartons on the floor from wall to wall.
    fn loose(&mut self, drawing: &mut Drawing, luck: &mut Luck) {
        let Section { x, y, z, .. } = self.section;
        // Stowed in slices from front to doors, each slice its own stack.
        let slices = ((x[1] - x[0]) / 1_500.0).round().max(1.0);
        let pitch = (x[1] - x[0]) / slices;
        for slice in 0..slices as usize {
            let quota = (self.left / (slices - slice as f32)).round();
            let left = x[0] + pitch * slice as f32 + luck.around(5.0);
            let grid = self.grid([left, left + pitch - 6.0], z, y[1] - y[0], quota);
            self.layers(grid, [left, y[0], z[0]], quota, drawing, luck);
        }
    }

    /// Counts and size of packages that fill a footprint evenly with about the right volume.
    fn grid(&self, x: Span, z: Span, high: f32, quota: f32) -> Grid {
        let volume = self.section.volume();
        let edge = volume.cbrt().clamp(90.0, 1_000.0);
        let fit = |room: f32, size: f32| (room / size).round().max(1.0);
        let (long, deep) = (x[1] - x[0], z[1] - z[0]);
        let across = fit(long, edge * 1.25);
        let inward = fit(deep, edge * 1.02);
        let per_layer = across * inward;
        let height = volume / (long / across * deep / inward);
        let layers = (quota / per_layer)
            .ceil()
            .max(1.0)
            .min((high / height * 1.08).ceil().max(1.0));
        // Where the quota does not fit, packages are drawn larger than they are: same mass, same room.
        let tall = height.min(high / layers);
        Grid {
            counts: [across as usize, layers as usize, inward as usize],
            size: [long / across, tall, deep / inward],
        }
    }

    fn layers(
        &mut self,
        grid: Grid,
        corner: [f32; 3],
        quota: f32,
        drawing: &mut Drawing,
        luck: &mut Luck,
    ) {
        let [across, layers, inward] = grid.counts;
        let slots = across * layers * inward;
        let share = quota / (slots as f32);
        // More packages than slots: each drawn one stands for several.
        let stands_for = share.max(1.0);
        let mut placed = 0.0;
        for layer in 0..layers {
            // Odd layers are turned so that the stack holds together.
            let turned = layer % 2 == 1 && across > 1 && inward > 1 && self.section.look.pallets;
            let (columns, rows) = if turned {
                (inward.max(2), across)
            } else {
                (across, inward)
            };
            let size = [
                grid.size[0] * across as f32 / columns as f32,
                grid.size[1],
                grid.size[2] * inward as f32 / rows as f32,
            ];
            for slot in 0..columns * rows {
                if placed + 0.5 > quota {
                    break;
                }
                let at = [slot % columns, layer, slot / columns];
                self.package(at, size, corner, stands_for, drawing, luck);
                placed += stands_for;
            }
        }
        self.left -= quota;
    }

    fn package(
        &self,
        at: [usize; 3],
        size: [f32; 3],
        corner: [f32; 3],
        stands_for: f32,
        drawing: &mut Drawing,
        luck: &mut Luck,
    ) {
        let start = |axis: usize| corner[axis] + size[axis] * at[axis] as f32;
        let shift = [luck.around(3.5), 0.0, luck.around(4.0)];
        let gap = [2.2, 2.6, 3.0];
        let span = |axis: usize| {
            [
                start(axis) + gap[axis] + shift[axis],
                start(axis) + size[axis] - gap[axis] + shift[axis],
            ]
        };
        let (x, y, z) = (span(0), span(1), span(2));
        let volume = (x[1] - x[0]) * (y[1] - y[0]) * (z[1] - z[0]) / 1e6;
        let swapped = self.swap.filter(|swap| swap.holds(x, y, z));
        let (look, density) = match swapped {
            Some(swap) => (swap.look, swap.look.density),
            None => (self.section.look, self.section.each() * stands_for / volume),
        };
        let pen = look.pen(density * luck.between(0.97, 1.03));
        content(drawing, look.inside, pen, x, y, z, luck);
    }

    /// Sacks in layers, each shifted by half a sack over the one below.
    fn bags(&mut self, drawing: &mut Drawing, luck: &mut Luck) {
        let Section { x, y, z, .. } = self.section;
        let volume = self.section.volume() / 0.86;
        let thick = (volume / (1.8 * 0.36)).cbrt() * 0.36;
        let rows = ((z[1] - z[0]) / (thick / 0.36)).round().max(1.0);
        let deep = (z[1] - z[0]) / rows;
        let columns = ((x[1] - x[0]) * thick * deep / volume).round().max(2.0);
        let long = (x[1] - x[0]) / columns;
        let layers = (self.left / ((columns - 0.5) * rows)).ceil();
        let tall = thick.min((y[1] - y[0]) * 1.12 / layers);
        let mut layer = 0.0;
        while self.left > 0.5 {
            let shifted = layer as usize % 2 == 1;
            let (count, start) = if shifted {
                (columns - 1.0, long / 2.0)
            } else {
                (columns, 0.0)
            };
            for slot in 0..((count * rows).min(self.left).ceil() as usize) {
                let (column, row) = ((slot / rows as usize) as f32, (slot % rows as usize) as f32);
                let left = x[0] + start + long * column + luck.around(18.0);
                let low = y[0] + tall * layer + luck.around(4.0);
                let near = z[0] + deep * row;
                let size = [long * luck.between(0.95, 1.03), tall + 9.0, deep];
                self.bag([left, low - 4.0, near], size, drawing, luck);
                self.left -= 1.0;
            }
            layer += 1.0;
        }
    }

    fn bag(&self, corner: [f32; 3], size: [f32; 3], drawing: &mut Drawing, luck: &mut Luck) {
        let span = |axis: usize| [corner[axis], corner[axis] + size[axis]];
        let (x, y, z) = (span(0), span(1), span(2));
        // A pillow fills about nine tenths of its box.
        let density = self.section.each() * 1e6 / (size[0] * size[1] * size[2] * 0.93);
        let (look, density) = match self.swap.filter(|swap| swap.holds(x, y, z)) {
            Some(swap) => (swap.look, swap.look.density),
            None => (self.section.look, density),
        };
        let pen = look.pen(density);
        mottled(drawing, look.inside, luck, |drawing| {
            drawing.pillow(pen, x, y, z);
        });
    }

    /// Pressed bales with their straps.
    fn bales(&mut self, drawing: &mut Drawing, luck: &mut Luck) {
        let Section { x, y, z, .. } = self.section;
        let edge = self.section.volume().cbrt();
        let fit = |room: f32, size: f32| (room / size).round().max(1.0);
        let columns = fit(x[1] - x[0], edge * 1.35);
        let rows = fit(z[1] - z[0], edge * 0.9);
        let (long, deep) = ((x[1] - x[0]) / columns, (z[1] - z[0]) / rows);
        let tall = self.section.volume() / (long * deep);
        let layers = (self.left / (columns * rows)).ceil();
        let tall = tall.min((y[1] - y[0]) / layers);
        for slot in 0..self.left as usize {
            let per_layer = (columns * rows) as usize;
            let (layer, rest) = (slot / per_layer, slot % per_layer);
            let (column, row) = (rest / rows as usize, rest % rows as usize);
            let left = x[0] + long * column as f32 + luck.around(16.0);
            let bottom = y[0] + tall * layer as f32 + luck.around(6.0);
            let near = z[0] + deep * row as f32;
            let bale = [
                [left, left + long - 8.0],
                [bottom, bottom + tall - 3.0],
                [near, near + deep],
            ];
            let density = self.section.each() * 1e6 / ((long - 8.0) * (tall - 3.0) * deep * 0.97);
            let pen = self.section.look.pen(density * luck.between(0.9, 1.1));
            mottled(drawing, self.section.look.inside, luck, |drawing| {
                drawing.pillow(pen.share(0.96), bale[0], bale[1], bale[2]);
            });
            for strap in [0.22, 0.5, 0.78] {
                let at = left + long * strap;
                let band = Material::Steel.pen();
                drawing.block(band, [at, at + 14.0], bale[1], [near, near + 1.6]);
            }
        }
    }
}

/// Draws what is in a package.
pub(super) fn content(
    drawing: &mut Drawing,
    inside: Inside,
    pen: Pen,
    x: Span,
    y: Span,
    z: Span,
    luck: &mut Luck,
) {
    match inside {
        Inside::Even => drawing.block(pen, x, y, z),
        Inside::Lumps(..) => mottled(drawing, inside, luck, |drawing| drawing.block(pen, x, y, z)),
        Inside::Round(diameter) => {
            let count = ((x[1] - x[0]) / diameter).round().max(1.0);
            let pitch = (x[1] - x[0]) / count;
            // Mean of a half circle's height over its width is pi/4.
            drawing.ribbed(pen.share(1.0 / (0.35 + 0.65 * 0.785)), x, y, z, |at| {
                let off = ((at - x[0]).rem_euclid(pitch) / pitch - 0.5) * 2.0;
                0.35 + 0.65 * (1.0 - off * off).max(0.0).sqrt()
            });
        }
    }
}

/// Draws with the mottling of lumpy goods, each package from another part of the tile.
pub(super) fn mottled(
    drawing: &mut Drawing,
    inside: Inside,
    luck: &mut Luck,
    draw: impl FnOnce(&mut Drawing),
) {
    let Inside::Lumps(tile, amplitude) = inside else {
        return draw(drawing);
    };
    let offset = [luck.below(512), luck.below(512)];
    drawing.mottled(
        Mottle {
            tile,
            amplitude,
            offset,
        },
        draw,
    );
}
