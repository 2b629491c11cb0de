//! Marks on the image: their outlines, how they are painted over it, and which one is under a click.

use egui::epaint::EllipseShape;
use egui::{Color32, CornerRadius, Pos2, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use outpost_imaging::regions::Region as Enclosed;
use outpost_imaging::shapes::Point;

use crate::design::{Tone, badge, palette};

use super::viewport::Viewport;

/// Which kind of mark is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Mark {
    /// An upright rectangle, dragged.
    #[default]
    Box,
    /// An upright ellipse, dragged.
    Ellipse,
    /// A closed outline, clicked corner by corner.
    Polygon,
    /// An arrow, dragged from tail to head.
    Arrow,
    /// A line whose length is shown, dragged.
    Ruler,
    /// Words at a place that is clicked.
    Text,
}

impl Mark {
    /// Every kind, in the order in which its key goes through them.
    pub const ALL: [Self; 6] = [
        Self::Box,
        Self::Ellipse,
        Self::Polygon,
        Self::Arrow,
        Self::Ruler,
        Self::Text,
    ];

    /// The end of its Fluent key `mark-…`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Box => "box",
            Self::Ellipse => "ellipse",
            Self::Polygon => "polygon",
            Self::Arrow => "arrow",
            Self::Ruler => "ruler",
            Self::Text => "text",
        }
    }

    /// The one after it; after the last the first.
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|mark| *mark == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }
}

/// Where a mark is, in pixels of the image.
#[derive(Debug, Clone, PartialEq)]
pub enum Outline {
    /// An upright rectangle.
    Box(Rect),
    /// The upright ellipse that fills a rectangle.
    Ellipse(Rect),
    /// Corners of a closed outline.
    Polygon(Vec<Pos2>),
    /// Tail and head.
    Arrow(Pos2, Pos2),
    /// Both ends.
    Ruler(Pos2, Pos2),
    /// A place.
    Text(Pos2),
}

impl Outline {
    /// The smallest rectangle around it.
    pub fn bounds(&self) -> Rect {
        match self {
            Self::Box(rect) | Self::Ellipse(rect) => *rect,
            Self::Polygon(corners) => Rect::from_points(corners),
            Self::Arrow(a, b) | Self::Ruler(a, b) => Rect::from_two_pos(*a, *b),
            Self::Text(at) => Rect::from_min_size(*at, vec2(1.0, 1.0)),
        }
    }

    /// The same under a map of the image's plane that keeps upright rectangles upright. Edges are mapped as they are,
    /// corners and ends by the middle of their pixel.
    pub fn mapped(&self, map: impl Fn(Pos2) -> Pos2) -> Self {
        let half = vec2(0.5, 0.5);
        let pixel = |at: &Pos2| (map(*at + half) - half).round();
        let rect = |rect: &Rect| Rect::from_two_pos(map(rect.min), map(rect.max));
        match self {
            Self::Box(of) => Self::Box(rect(of)),
            Self::Ellipse(of) => Self::Ellipse(rect(of)),
            Self::Polygon(corners) => Self::Polygon(corners.iter().map(pixel).collect()),
            Self::Arrow(a, b) => Self::Arrow(pixel(a), pixel(b)),
            Self::Ruler(a, b) => Self::Ruler(pixel(a), pixel(b)),
            Self::Text(at) => Self::Text(pixel(at)),
        }
    }

    /// What it encloses, for measuring; `None` for lines and places.
    pub fn area(&self) -> Option<Enclosed> {
        let whole = |rect: &Rect| {
            let side = |length: f32| length.max(0.0) as u32;
            outpost_imaging::Rect::new(
                side(rect.left()),
                side(rect.top()),
                side(rect.width()),
                side(rect.height()),
            )
        };
        match self {
            Self::Box(rect) => Some(Enclosed::Box(whole(rect))),
            Self::Ellipse(rect) => Some(Enclosed::Ellipse(whole(rect))),
            Self::Polygon(corners) => Some(Enclosed::Polygon(
                corners.iter().map(|at| Point::new(at.x, at.y)).collect(),
            )),
            Self::Arrow(..) | Self::Ruler(..) | Self::Text(_) => None,
        }
    }

    /// Whether a pixel is on or in it, with `slack` pixels of patience beside lines and points.
    pub fn is_at(&self, pixel: Pos2, slack: f32) -> bool {
        match self {
            Self::Box(rect) => rect.contains(pixel),
            Self::Ellipse(rect) => {
                let half = rect.size() / 2.0;
                let off = pixel - rect.center();
                let part = vec2(off.x / half.x.max(0.5), off.y / half.y.max(0.5));
                part.length_sq() <= 1.0
            }
            Self::Polygon(corners) => within(corners, pixel),
            Self::Arrow(a, b) | Self::Ruler(a, b) => beside(*a, *b, pixel) <= slack,
            Self::Text(at) => at.distance(pixel) <= slack * 2.0,
        }
    }
}

/// Whether a pixel lies within an outline: a ray from it crosses the edges an odd number of times.
fn within(corners: &[Pos2], pixel: Pos2) -> bool {
    let ends = corners.iter().zip(corners.iter().cycle().skip(1));
    ends.filter(|(a, b)| {
        (a.y > pixel.y) != (b.y > pixel.y)
            && pixel.x < a.x + (pixel.y - a.y) / (b.y - a.y) * (b.x - a.x)
    })
    .count()
        % 2
        == 1
}

/// Distance of a pixel from a line between two others.
fn beside(a: Pos2, b: Pos2, pixel: Pos2) -> f32 {
    let along = b - a;
    let share = ((pixel - a).dot(along) / along.length_sq().max(f32::MIN_POSITIVE)).clamp(0.0, 1.0);
    (a + along * share).distance(pixel)
}

/// A mark to be drawn over the image.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// Where it is.
    pub outline: Outline,
    /// What stands at it: number and category.
    pub label: String,
    /// Red for the reader's own, blue for another reader's, amber for a suggestion, accent for one being drawn.
    pub tone: Tone,
    /// Whether it is the one that is looked at.
    pub selected: bool,
    /// Whether it is only offered: its line is broken.
    pub offered: bool,
}

impl Region {
    /// One that is being drawn or described.
    pub const fn drawn(outline: Outline) -> Self {
        Self {
            outline,
            label: String::new(),
            tone: Tone::Accent,
            selected: true,
            offered: false,
        }
    }
}

/// Patience beside a line, points of the screen.
const PATIENCE: f32 = 8.0;

/// The smallest region at a pixel: one within another can be reached.
pub fn clicked(regions: &[Region], pixel: Pos2, zoom: f32) -> Option<usize> {
    let area = |region: &Region| region.outline.bounds().area();
    regions
        .iter()
        .enumerate()
        .filter(|(_, region)| {
            region
                .outline
                .is_at(pixel, PATIENCE / zoom.max(f32::MIN_POSITIVE))
        })
        .min_by(|a, b| area(a.1).total_cmp(&area(b.1)))
        .map(|(index, _)| index)
}

/// Length of an arrow's head, points.
const HEAD: f32 = 14.0;
/// Half the length of the strokes across a ruler's ends, points.
const END: f32 = 6.0;
/// Length of a dash and of the gap after it, points.
const DASH: [f32; 2] = [6.0, 4.0];

/// Paints a region on the stage.
pub fn paint(ui: &Ui, viewport: Viewport, stage: Rect, region: &Region) {
    let color = palette(ui).tone(region.tone);
    let width = if region.selected { 2.5 } else { 1.5 };
    // A dark line under the coloured one keeps the region seen on a bright image.
    let under = Stroke::new(width + 2.5, Color32::from_black_alpha(110));
    for stroke in [under, Stroke::new(width, color)] {
        outline(ui, viewport, stage, region, stroke);
    }
    label(ui, viewport, stage, region);
}

fn outline(ui: &Ui, viewport: Viewport, stage: Rect, region: &Region, stroke: Stroke) {
    let painter = ui.painter().with_clip_rect(stage);
    let at = |pixel: Pos2| viewport.to_screen(stage, pixel);
    match &region.outline {
        Outline::Box(rect) => {
            let place = viewport.rect_to_screen(stage, *rect);
            if region.offered {
                let [a, c] = [place.min, place.max];
                let around = [a, pos2(c.x, a.y), c, pos2(a.x, c.y), a];
                painter.extend(egui::Shape::dashed_line(&around, stroke, DASH[0], DASH[1]));
            } else {
                painter.rect_stroke(place, CornerRadius::same(2), stroke, StrokeKind::Outside);
            }
        }
        Outline::Ellipse(rect) => {
            let place = viewport.rect_to_screen(stage, *rect);
            painter.add(EllipseShape::stroke(
                place.center(),
                place.size() / 2.0,
                stroke,
            ));
        }
        Outline::Polygon(corners) => {
            let corners = corners.iter().map(|corner| at(*corner)).collect();
            painter.add(egui::Shape::closed_line(corners, stroke));
        }
        Outline::Arrow(from, to) => {
            let [from, to] = [at(*from), at(*to)];
            let back = (from - to).normalized() * HEAD;
            painter.line_segment([from, to], stroke);
            for turn in [0.45_f32, -0.45] {
                let side = egui::emath::Rot2::from_angle(turn) * back;
                painter.line_segment([to, to + side], stroke);
            }
        }
        Outline::Ruler(from, to) => {
            let [from, to] = [at(*from), at(*to)];
            let along = (to - from).normalized();
            let across = vec2(-along.y, along.x) * END;
            painter.line_segment([from, to], stroke);
            painter.line_segment([from - across, from + across], stroke);
            painter.line_segment([to - across, to + across], stroke);
        }
        Outline::Text(place) => {
            painter.circle_stroke(at(*place), END / 2.0, stroke);
        }
    }
}

fn label(ui: &Ui, viewport: Viewport, stage: Rect, region: &Region) {
    let place = viewport.rect_to_screen(stage, region.outline.bounds());
    if region.label.is_empty() || !stage.expand(1.0).intersects(place.expand(1.0)) {
        return;
    }
    let width = badge::natural_width(ui, &region.label).min(stage.width());
    let y = (place.top() - LABEL).max(stage.top() + LABEL);
    let x = place
        .left()
        .clamp(stage.left(), (stage.right() - width).max(stage.left()));
    let label = Rect::from_center_size(pos2(x + width / 2.0, y), vec2(width, 0.0));
    badge::paint(ui, label, &region.label, region.tone);
}

/// From a region's upper edge to the middle of its label, points.
const LABEL: f32 = 16.0;

#[cfg(test)]
mod tests {
    use super::*;

    fn region(outline: Outline) -> Region {
        Region::drawn(outline)
    }

    #[test]
    fn the_smallest_mark_under_a_click_is_meant() {
        let regions = [
            region(Outline::Box(Rect::from_min_max(
                pos2(0.0, 0.0),
                pos2(100.0, 100.0),
            ))),
            region(Outline::Ellipse(Rect::from_min_max(
                pos2(40.0, 40.0),
                pos2(60.0, 60.0),
            ))),
            region(Outline::Arrow(pos2(10.0, 90.0), pos2(30.0, 90.0))),
        ];
        assert_eq!(clicked(&regions, pos2(50.0, 50.0), 1.0), Some(1));
        // The ellipse's corner is outside of it.
        assert_eq!(clicked(&regions, pos2(41.0, 41.0), 1.0), Some(0));
        assert_eq!(clicked(&regions, pos2(20.0, 94.0), 1.0), Some(2));
        assert_eq!(clicked(&regions, pos2(20.0, 94.0), 4.0), Some(0));
        assert_eq!(clicked(&regions, pos2(150.0, 50.0), 1.0), None);
    }

    #[test]
    fn a_hollow_outline_is_hit_only_within() {
        let corners = [
            (0.0, 0.0),
            (10.0, 0.0),
            (10.0, 10.0),
            (5.0, 4.0),
            (0.0, 10.0),
        ];
        let outline = Outline::Polygon(corners.map(|(x, y)| pos2(x, y)).to_vec());
        assert!(outline.is_at(pos2(5.0, 2.0), 0.0));
        assert!(!outline.is_at(pos2(5.0, 8.0), 0.0));
        assert!(outline.is_at(pos2(1.0, 8.0), 0.0));
        assert_eq!(
            outline.bounds(),
            Rect::from_min_max(pos2(0.0, 0.0), pos2(10.0, 10.0))
        );
    }

    #[test]
    fn the_key_goes_through_every_kind_and_comes_back() {
        let mut mark = Mark::default();
        for expected in Mark::ALL.into_iter().skip(1).chain([Mark::Box]) {
            mark = mark.next();
            assert_eq!(mark, expected);
        }
    }
}
