//! Shapes in space and their shadow: path lengths along the rays of a fan beam.
//!
//! Space is in millimetres: `x` along the unit (the scan direction, front to the left), `y` up from
//! the road, `z` away from the source, 0 in the middle of the unit. The source stands low and far;
//! along `x` the scan is parallel, along `y` the beam is a fan, so that near things look taller than
//! far ones and a roof seen from below becomes a band.

use std::sync::Arc;

use super::materials::Pen;

/// Distance of the source from the middle plane, mm.
const SOURCE_DISTANCE: f32 = 24_000.0;
/// Height of the source, mm: about the floor of a loaded unit.
const SOURCE_HEIGHT: f32 = 1_250.0;

/// How space maps to pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) pitch: f32,
    pub(super) width: usize,
    pub(super) height: usize,
}

impl Frame {
    pub(super) fn column(&self, x: f32) -> f32 {
        (x - self.left) / self.pitch
    }

    /// Image row of a point at height `y` and depth `z`.
    pub(super) fn row(&self, y: f32, z: f32) -> f32 {
        let seen = SOURCE_HEIGHT + (y - SOURCE_HEIGHT) * magnification(z);
        (self.top - seen) / self.pitch
    }
}

fn magnification(z: f32) -> f32 {
    SOURCE_DISTANCE / (SOURCE_DISTANCE + z)
}

/// An interval on one axis, mm.
pub(super) type Span = [f32; 2];

/// A mottling of a shape's density: one of the scene's noise tiles at an offset.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mottle {
    pub(super) tile: usize,
    pub(super) amplitude: f32,
    pub(super) offset: [usize; 2],
}

/// Shapes in pixel coordinates, with attenuation at both energies.
pub(super) struct Shape {
    form: Form,
    pen: Pen,
    mottle: Option<Mottle>,
}

enum Form {
    /// Full attenuation inside, soft edges by coverage: left, right, upper, lower.
    Rect([f32; 4]),
    /// Product of a profile along columns and one along rows; both in units of the pen.
    Product {
        column: usize,
        across: Arc<[f32]>,
        row: usize,
        down: Vec<f32>,
    },
    /// Ring between two radii, as columns; `flat` stretches rows.
    Ring {
        x: f32,
        y: f32,
        outer: f32,
        inner: f32,
        flat: f32,
    },
    /// A ball: chords fall off to the edge; radii along columns and rows.
    Ball {
        x: f32,
        y: f32,
        across: f32,
        down: f32,
    },
    /// A closed polygon of even thickness.
    Polygon(Vec<[f32; 2]>),
}

/// All shapes of a scene.
pub(super) struct Drawing {
    pub(super) frame: Frame,
    pub(super) shapes: Vec<Shape>,
    mottle: Option<Mottle>,
}

impl Drawing {
    pub(super) fn new(frame: Frame) -> Self {
        Self {
            frame,
            shapes: Vec::new(),
            mottle: None,
        }
    }

    /// Mottles everything drawn by `draw`.
    pub(super) fn mottled(&mut self, mottle: Mottle, draw: impl FnOnce(&mut Self)) {
        let before = self.mottle.replace(mottle);
        draw(self);
        self.mottle = before;
    }

    fn push(&mut self, form: Form, pen: Pen) {
        self.shapes.push(Shape {
            form,
            pen,
            mottle: self.mottle,
        });
    }

    /// A block: every ray inside takes the path through `z`; edges at height are soft because the
    /// near and the far edge are seen at different heights.
    pub(super) fn block(&mut self, pen: Pen, x: Span, y: Span, z: Span) {
        let depth = z[1] - z[0];
        let frame = self.frame;
        let (left, right) = (frame.column(x[0]), frame.column(x[1]));
        let slant = |y: f32| (frame.row(y, z[0]) - frame.row(y, z[1])).abs();
        if slant(y[1]).max(slant(y[0])) < 1.2 {
            let middle = f32::midpoint(z[0], z[1]);
            let rect = [
                left,
                right,
                frame.row(y[1], middle),
                frame.row(y[0], middle),
            ];
            return self.push(Form::Rect(rect), pen.share(depth));
        }
        let (row, down) = self.slanted(y, z);
        let (column, across) = covered(left, right, frame.width);
        self.push(
            Form::Product {
                column,
                across,
                row,
                down,
            },
            pen.share(depth),
        );
    }

    /// A block whose thickness varies along `x`: `profile(x)` in shares of the full depth.
    pub(super) fn ribbed(
        &mut self,
        pen: Pen,
        x: Span,
        y: Span,
        z: Span,
        profile: impl Fn(f32) -> f32,
    ) {
        let (column, mut across) = covered_vec(
            self.frame.column(x[0]),
            self.frame.column(x[1]),
            self.frame.width,
        );
        let pitch = self.frame.pitch;
        let start = self.frame.left + column as f32 * pitch;
        for (at, share) in across.iter_mut().enumerate() {
            *share *= profile(start + (at as f32 + 0.5) * pitch);
        }
        let (row, down) = self.slanted(y, z);
        let form = Form::Product {
            column,
            across: across.into(),
            row,
            down,
        };
        self.push(form, pen.share(z[1] - z[0]));
    }

    /// Share of the depth `z` that each row's ray spends between the heights `y`.
    fn slanted(&self, y: Span, z: Span) -> (usize, Vec<f32>) {
        let row = |y, z| self.frame.row(y, z);
        let upper = ordered(row(y[1], z[0]), row(y[1], z[1]));
        let lower = ordered(row(y[0], z[0]), row(y[0], z[1]));
        let first = upper[0].floor().max(0.0);
        let last = lower[1].ceil().min(self.frame.height as f32);
        // Integral over the row of the share of depth that lies below the edge.
        let below =
            |edge: [f32; 2], at: f32| ramp_integral(edge, at + 1.0) - ramp_integral(edge, at);
        let rows = (last - first).max(0.0) as usize;
        let down = (0..rows)
            .map(|at| first + at as f32)
            .map(|at| (below(upper, at) - below(lower, at)).max(0.0))
            .collect();
        (first as usize, down)
    }

    /// A cylinder or tube lying along `x`.
    pub(super) fn lying(&mut self, pen: Pen, x: Span, y: f32, z: f32, outer: f32, inner: f32) {
        let frame = self.frame;
        let scale = magnification(z) / frame.pitch;
        let (row, down) = chords(frame.row(y, z), outer, inner, scale, frame.height);
        let (column, across) = covered(frame.column(x[0]), frame.column(x[1]), frame.width);
        self.push(
            Form::Product {
                column,
                across,
                row,
                down,
            },
            pen,
        );
    }

    /// A cylinder or tube standing upright.
    pub(super) fn standing(&mut self, pen: Pen, x: f32, y: Span, z: f32, outer: f32, inner: f32) {
        let frame = self.frame;
        let (column, across) = chords(
            frame.column(x),
            outer,
            inner,
            1.0 / frame.pitch,
            frame.width,
        );
        let (row, down) = covered_vec(frame.row(y[1], z), frame.row(y[0], z), frame.height);
        self.push(
            Form::Product {
                column,
                across: across.into(),
                row,
                down,
            },
            pen,
        );
    }

    /// A disc or ring facing the beam: `depth` millimetres thick.
    pub(super) fn ring(
        &mut self,
        pen: Pen,
        at: [f32; 2],
        z: f32,
        outer: f32,
        inner: f32,
        depth: f32,
    ) {
        let frame = self.frame;
        let form = Form::Ring {
            x: frame.column(at[0]),
            y: frame.row(at[1], z),
            outer: outer / frame.pitch,
            inner: inner / frame.pitch,
            flat: magnification(z),
        };
        self.push(form, pen.share(depth));
    }

    /// A ball or a lens: radii along the unit, upright and along the beam.
    pub(super) fn ball(&mut self, pen: Pen, at: [f32; 2], z: f32, radii: [f32; 3]) {
        let frame = self.frame;
        let form = Form::Ball {
            x: frame.column(at[0]),
            y: frame.row(at[1], z),
            across: radii[0] / frame.pitch,
            down: radii[1] * magnification(z) / frame.pitch,
        };
        self.push(form, pen.share(2.0 * radii[2]));
    }

    /// A pillow: thick in the middle, round at the edges, as a filled sack lies.
    pub(super) fn pillow(&mut self, pen: Pen, x: Span, y: Span, z: Span) {
        let frame = self.frame;
        let middle = f32::midpoint(z[0], z[1]);
        let (column, across) = bulge(frame.column(x[0]), frame.column(x[1]), 0.34, frame.width);
        let (row, down) = bulge(
            frame.row(y[1], middle),
            frame.row(y[0], middle),
            0.5,
            frame.height,
        );
        let form = Form::Product {
            column,
            across: across.into(),
            row,
            down,
        };
        self.push(form, pen.share((z[1] - z[0]) * 1.12));
    }

    /// A polygon in the plane at depth `z`, `depth` millimetres thick.
    pub(super) fn polygon(&mut self, pen: Pen, corners: &[[f32; 2]], z: f32, depth: f32) {
        let frame = self.frame;
        let seen = corners
            .iter()
            .map(|[x, y]| [frame.column(*x), frame.row(*y, z)])
            .collect();
        self.push(Form::Polygon(seen), pen.share(depth));
    }

    /// A straight bar between two points.
    pub(super) fn bar(
        &mut self,
        pen: Pen,
        from: [f32; 2],
        to: [f32; 2],
        wide: f32,
        z: f32,
        depth: f32,
    ) {
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        let length = (dx * dx + dy * dy).sqrt().max(1.0);
        let (nx, ny) = (-dy / length * wide / 2.0, dx / length * wide / 2.0);
        let corners = [
            [from[0] + nx, from[1] + ny],
            [to[0] + nx, to[1] + ny],
            [to[0] - nx, to[1] - ny],
            [from[0] - nx, from[1] - ny],
        ];
        self.polygon(pen, &corners, z, depth);
    }
}

fn ordered(a: f32, b: f32) -> [f32; 2] {
    [a.min(b), a.max(b)]
}

/// Integral up to `at` of a ramp that rises from 0 to 1 between the edge's two ends.
fn ramp_integral(edge: [f32; 2], at: f32) -> f32 {
    let length = (edge[1] - edge[0]).max(1e-3);
    let within = (at - edge[0]).clamp(0.0, length);
    within * within / (2.0 * length) + (at - edge[0] - length).max(0.0)
}

/// Coverage of each pixel by an interval, from the first touched pixel on.
fn covered_vec(low: f32, high: f32, count: usize) -> (usize, Vec<f32>) {
    let first = low.floor().max(0.0);
    let last = high.ceil().min(count as f32);
    let pixels = (last - first).max(0.0) as usize;
    let share = |at: usize| {
        let left = first + at as f32;
        (high.min(left + 1.0) - low.max(left)).clamp(0.0, 1.0)
    };
    (first as usize, (0..pixels).map(share).collect())
}

fn covered(low: f32, high: f32, count: usize) -> (usize, Arc<[f32]>) {
    let (first, shares) = covered_vec(low, high, count);
    (first, shares.into())
}

/// Chords (mm) of a tube across its axis, one per pixel, each the mean of four.
fn chords(centre: f32, outer: f32, inner: f32, scale: f32, count: usize) -> (usize, Vec<f32>) {
    let reach = outer * scale;
    let first = (centre - reach).floor().max(0.0);
    let last = (centre + reach).ceil().min(count as f32);
    let pixels = (last - first).max(0.0) as usize;
    let chord = |radius: f32, off: f32| (radius * radius - off * off).max(0.0).sqrt() * 2.0;
    let mean = |at: usize| {
        let sub = |part: u8| {
            let off = (first + at as f32 + (f32::from(part) + 0.5) / 4.0 - centre) / scale;
            chord(outer, off) - chord(inner, off)
        };
        (0..4).map(sub).sum::<f32>() / 4.0
    };
    (first as usize, (0..pixels).map(mean).collect())
}

/// A rounded profile between two edges; `round` is the share of the half-length that is curved.
fn bulge(low: f32, high: f32, round: f32, count: usize) -> (usize, Vec<f32>) {
    let (first, mut shares) = covered_vec(low, high, count);
    let half = ((high - low) / 2.0).max(1e-3);
    for (at, share) in shares.iter_mut().enumerate() {
        let from_edge = ((first as f32 + at as f32 + 0.5 - low)
            .min(high - first as f32 - at as f32 - 0.5)
            / (half * round))
            .clamp(0.0, 1.0);
        *share *= (from_edge * (2.0 - from_edge)).sqrt();
    }
    (first, shares)
}

/// Attenuation of a band of rows at both energies.
pub(super) struct Band<'a> {
    pub(super) first_row: usize,
    pub(super) width: usize,
    pub(super) high: &'a mut [f32],
    pub(super) low: &'a mut [f32],
}

/// Side of a noise tile, pixels; a power of two.
pub(super) const MOTTLE: usize = 512;

impl Shape {
    /// First and last row touched.
    pub(super) fn rows(&self) -> (f32, f32) {
        match &self.form {
            Form::Rect([_, _, upper, lower]) => (*upper, *lower),
            Form::Product { row, down, .. } => (*row as f32, (*row + down.len()) as f32),
            Form::Ring { y, outer, flat, .. } => (y - outer * flat, y + outer * flat),
            Form::Ball { y, down, .. } => (y - down, y + down),
            Form::Polygon(corners) => {
                corners.iter().fold((f32::MAX, f32::MIN), |(low, high), c| {
                    (low.min(c[1]), high.max(c[1]))
                })
            }
        }
    }

    /// Adds this shape's attenuation to a band; `line` is scratch of one row.
    pub(super) fn add(&self, band: &mut Band, tiles: &[Vec<f32>], line: &mut [f32]) {
        let (upper, lower) = self.rows();
        let rows = band.high.len() / band.width;
        let first = (upper.floor().max(0.0) as usize).max(band.first_row);
        let last = (lower.ceil().max(0.0) as usize).min(band.first_row + rows);
        for y in first..last {
            let Some(columns) = self.trace(y, line) else {
                continue;
            };
            if let Some(mottle) = self.mottle {
                speckle(&mut line[columns.clone()], columns.start, y, mottle, tiles);
            }
            let start = (y - band.first_row) * band.width;
            let target = start + columns.start..start + columns.end;
            accumulate(
                &mut band.high[target.clone()],
                &line[columns.clone()],
                self.pen.high,
            );
            accumulate(&mut band.low[target], &line[columns], self.pen.low);
        }
    }

    /// Writes the shape's share along one row into `line`; says which columns.
    fn trace(&self, y: usize, line: &mut [f32]) -> Option<std::ops::Range<usize>> {
        match &self.form {
            Form::Rect([left, right, upper, lower]) => {
                let share = overlap(*upper, *lower, y as f32);
                run(*left, *right, share, line)
            }
            Form::Product {
                column,
                across,
                row,
                down,
            } => {
                let share = *down.get(y.checked_sub(*row)?)?;
                let end = (column + across.len()).min(line.len());
                let columns = *column..end.max(*column);
                for (target, across) in line.get_mut(columns.clone())?.iter_mut().zip(across.iter())
                {
                    *target = across * share;
                }
                (share > 0.0).then_some(columns)
            }
            Form::Ring {
                x,
                y: centre,
                outer,
                inner,
                flat,
            } => ring(*x, *centre, *outer, *inner, *flat, y, line),
            Form::Ball {
                x,
                y: centre,
                across,
                down,
            } => {
                let off = (y as f32 + 0.5 - centre) / down.max(0.5);
                let left = 1.0 - off * off;
                if left <= 0.0 {
                    return None;
                }
                let columns = clip(
                    x - across * left.sqrt(),
                    x + across * left.sqrt(),
                    line.len(),
                )?;
                for (at, target) in line[columns.clone()].iter_mut().enumerate() {
                    let off = ((columns.start + at) as f32 + 0.5 - x) / across.max(0.5);
                    *target = (left - off * off).max(0.0).sqrt();
                }
                Some(columns)
            }
            Form::Polygon(corners) => polygon(corners, y, line),
        }
    }
}

fn overlap(low: f32, high: f32, at: f32) -> f32 {
    (high.min(at + 1.0) - low.max(at)).clamp(0.0, 1.0)
}

fn clip(low: f32, high: f32, count: usize) -> Option<std::ops::Range<usize>> {
    let first = low.floor().max(0.0) as usize;
    let last = (high.ceil().max(0.0) as usize).min(count);
    (first < last).then_some(first..last)
}

fn run(left: f32, right: f32, share: f32, line: &mut [f32]) -> Option<std::ops::Range<usize>> {
    let columns = clip(left, right, line.len())?;
    line[columns.clone()].fill(share);
    line[columns.start] = share * overlap(left, right, columns.start as f32);
    line[columns.end - 1] = share * overlap(left, right, (columns.end - 1) as f32);
    (share > 0.0).then_some(columns)
}

fn add_run(left: f32, right: f32, share: f32, line: &mut [f32]) {
    let Some(columns) = clip(left, right, line.len()) else {
        return;
    };
    for x in columns {
        line[x] += share * overlap(left, right, x as f32);
    }
}

/// Sub-rows that soften round and slanted edges.
const SUB: u8 = 4;

fn sub_rows(y: usize) -> impl Iterator<Item = f32> {
    (0..SUB).map(move |part| y as f32 + (f32::from(part) + 0.5) / f32::from(SUB))
}

fn ring(
    x: f32,
    centre: f32,
    outer: f32,
    inner: f32,
    flat: f32,
    y: usize,
    line: &mut [f32],
) -> Option<std::ops::Range<usize>> {
    let columns = clip(x - outer, x + outer, line.len())?;
    line[columns.clone()].fill(0.0);
    let share = 1.0 / f32::from(SUB);
    for sub in sub_rows(y) {
        let off = (sub - centre) / flat;
        let wide = (outer * outer - off * off).max(0.0).sqrt();
        let hole = (inner * inner - off * off).max(0.0).sqrt();
        if hole > 0.0 {
            add_run(x - wide, x - hole, share, line);
            add_run(x + hole, x + wide, share, line);
        } else {
            add_run(x - wide, x + wide, share, line);
        }
    }
    Some(columns)
}

fn polygon(corners: &[[f32; 2]], y: usize, line: &mut [f32]) -> Option<std::ops::Range<usize>> {
    let reach = corners
        .iter()
        .fold((f32::MAX, f32::MIN), |(low, high), corner| {
            (low.min(corner[0]), high.max(corner[0]))
        });
    let columns = clip(reach.0, reach.1, line.len())?;
    line[columns.clone()].fill(0.0);
    let share = 1.0 / f32::from(SUB);
    for sub in sub_rows(y) {
        let mut cuts = cuts(corners, sub);
        cuts.sort_by(f32::total_cmp);
        for pair in cuts.chunks_exact(2) {
            add_run(pair[0], pair[1], share, line);
        }
    }
    Some(columns)
}

/// Where a row cuts the polygon's edges.
fn cuts(corners: &[[f32; 2]], y: f32) -> Vec<f32> {
    let next = corners.iter().cycle().skip(1);
    corners
        .iter()
        .zip(next)
        .filter(|(a, b)| (a[1] <= y) != (b[1] <= y))
        .map(|(a, b)| a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]))
        .collect()
}

fn speckle(line: &mut [f32], start: usize, y: usize, mottle: Mottle, tiles: &[Vec<f32>]) {
    let Some(tile) = tiles.get(mottle.tile) else {
        return;
    };
    let row = (y + mottle.offset[1]) % MOTTLE * MOTTLE;
    for (at, value) in line.iter_mut().enumerate() {
        let column = (start + at + mottle.offset[0]) % MOTTLE;
        *value *= 1.0 + mottle.amplitude * tile[row + column];
    }
}

fn accumulate(target: &mut [f32], line: &[f32], pen: f32) {
    for (target, value) in target.iter_mut().zip(line) {
        *target += value * pen;
    }
}
