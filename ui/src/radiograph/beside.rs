//! What is laid beside the image to compare it with: the image as it was opened, or another scan; shown on the left of
//! a line that is dragged, on a stage of its own, or in turns. Both are moved and zoomed together.

use std::sync::Arc;
use std::time::Duration;

use egui::{CursorIcon, Id, Pos2, Rect, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};
use outpost_imaging::compare::{RegisterError, Registration, Similarity};
use outpost_imaging::{DecodeError, Look, Preset, Tone};

use crate::design::{Tone as Tint, badge, palette};

use super::bench::{Bench, Painted};
use super::draw::Wish;
use super::loaded::Loaded;
use super::viewport::Viewport;

/// What lies beside the image.
#[derive(Debug, Clone, Default)]
pub enum Beside {
    /// Nothing.
    #[default]
    Nothing,
    /// The image as it was opened.
    Original,
    /// Another scan that is being decoded.
    Coming,
    /// Another scan.
    Other(Arc<Loaded>),
    /// Another scan that cannot be shown.
    Failed(DecodeError),
}

/// How it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Arrangement {
    /// To the left of a line over the image.
    #[default]
    Wipe,
    /// On a stage of its own.
    Stages,
    /// In turns with the image.
    Blink,
}

impl Arrangement {
    /// Every one, in the order in which its key goes through them.
    pub const ALL: [Self; 3] = [Self::Wipe, Self::Stages, Self::Blink];

    /// The end of its Fluent key `beside-…`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Wipe => "wipe",
            Self::Stages => "stages",
            Self::Blink => "blink",
        }
    }

    /// The one after it; after the last the first.
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|a| *a == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }
}

/// How pixels of the image lie on those of what is beside it: `beside = image × scale + shift`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placing {
    /// Pixels of the other scan per pixel of the image.
    pub scale: f32,
    /// Where the image's first pixel lies on the other scan.
    pub shift: Vec2,
}

impl Default for Placing {
    fn default() -> Self {
        Self {
            scale: 1.0,
            shift: Vec2::ZERO,
        }
    }
}

impl Placing {
    /// So that two images of these sizes have the same width and the same middle: what is done before they are
    /// laid upon each other by their content.
    pub fn by_size(image: Vec2, other: Vec2) -> Self {
        let scale = other.x / image.x.max(1.0);
        Self {
            scale,
            shift: other / 2.0 - image / 2.0 * scale,
        }
    }

    /// As a registration found it.
    fn of(found: Similarity) -> Self {
        let scale = 1.0 / found.scale.max(f32::MIN_POSITIVE);
        Self {
            scale,
            shift: vec2(-found.dx, -found.dy) * scale,
        }
    }

    /// Where a view on the image is on the other scan.
    pub fn view(self, viewport: Viewport) -> Viewport {
        Viewport {
            center: (viewport.center.to_vec2() * self.scale + self.shift).to_pos2(),
            zoom: viewport.zoom / self.scale.max(f32::MIN_POSITIVE),
        }
    }

    /// Where a pixel of the image is on the other scan.
    pub fn pixel(self, pixel: Pos2) -> Pos2 {
        (pixel.to_vec2() * self.scale + self.shift).to_pos2()
    }
}

/// By what the other scan is laid on the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Laid {
    /// By width and middle.
    #[default]
    BySize,
    /// So until what both show is found.
    Asked,
    /// By what both show.
    ByContent,
    /// By width and middle: they do not show the same.
    NotAlike,
}

/// The state of comparing.
#[derive(Default)]
pub struct Comparing {
    /// What lies beside the image.
    pub beside: Beside,
    /// How it is shown.
    pub arrangement: Arrangement,
    /// Where the line of [`Arrangement::Wipe`] is, as a share of the stage's width.
    pub line: f32,
    /// How the image lies on the other scan.
    pub placing: Placing,
    /// By what.
    pub laid: Laid,
    pub(super) painted: Option<Painted>,
    pub(super) asked: Option<Wish>,
}

/// Between two turns of [`Arrangement::Blink`].
const TURN: Duration = Duration::from_millis(700);
/// Width of what takes the pointer at the line, points.
const GRIP: f32 = 16.0;
/// What stays of the stage at either side of the line.
const LEAST: f32 = 0.02;
/// From the stage's upper edge to the middle of its label, points: below what is said of the scan there.
const LABEL: f32 = 56.0;

impl Comparing {
    /// Whether something is there to compare with.
    pub const fn is_on(&self) -> bool {
        matches!(self.beside, Beside::Original | Beside::Other(_))
    }

    /// Lays something else beside the image.
    pub fn lay(&mut self, beside: Beside, placing: Placing) {
        *self = Self {
            beside,
            placing,
            arrangement: self.arrangement,
            line: if self.line > 0.0 { self.line } else { 0.5 },
            ..Self::default()
        };
    }

    /// Takes how the other scan lies on the image, found by what both show.
    pub fn registered(
        &mut self,
        of: &Arc<Loaded>,
        registered: Result<Registration, RegisterError>,
    ) {
        let Beside::Other(other) = &self.beside else {
            return;
        };
        if !Arc::ptr_eq(other, of) {
            return;
        }
        match registered {
            Ok(registration) => {
                self.placing = Placing::of(registration.transform);
                self.laid = Laid::ByContent;
            }
            Err(_) => self.laid = Laid::NotAlike,
        }
    }

    /// The stages of the image and of what is beside it, out of the room there is.
    pub fn stages(&self, room: Rect) -> (Rect, Option<Rect>) {
        if !self.is_on() || self.arrangement != Arrangement::Stages {
            return (room, None);
        }
        let middle = room.center().x;
        (
            Rect::from_min_max(pos2(middle + 1.0, room.top()), room.max),
            Some(Rect::from_min_max(
                room.min,
                pos2(middle - 1.0, room.bottom()),
            )),
        )
    }
}

impl Bench {
    /// What picture of the other image is wanted, and of which.
    pub(super) fn wish_beside(&self, view: Wish) -> Option<(Arc<Loaded>, Wish)> {
        let image = self.loaded()?;
        match &self.comparing.beside {
            Beside::Original => {
                let layer = image.layers.first()?;
                let preset = if image.photo {
                    Preset::Whole
                } else {
                    Preset::Automatic
                };
                let tone = Tone {
                    window: preset.window(&layer.histogram),
                    ..Tone::default()
                };
                let wish = Wish {
                    tone,
                    layer: 0,
                    look: Look::default(),
                    ..view
                };
                Some((Arc::clone(image), wish))
            }
            Beside::Other(other) => {
                let layer = view.layer.min(other.layers.len().saturating_sub(1));
                let mut wish = Wish { layer, ..view };
                // Another scanner counts otherwise: a preset means its own samples.
                if let (Some(preset), Some(layer)) = (self.preset, other.layers.get(layer)) {
                    wish.tone.window = preset.window(&layer.histogram);
                }
                Some((Arc::clone(other), wish))
            }
            Beside::Nothing | Beside::Coming | Beside::Failed(_) => None,
        }
    }

    /// How the other image lies on a stage.
    pub(super) fn view_beside(&self) -> Option<Viewport> {
        let placing = match self.comparing.beside {
            Beside::Other(_) => self.comparing.placing,
            _ => Placing::default(),
        };
        Some(placing.view(self.viewport?))
    }
}

/// Lets the line be dragged; to be called before the stage takes the pointer.
pub fn drag_line(ui: &Ui, bench: &mut Bench, stage: Rect, name: &str) {
    let comparing = &mut bench.comparing;
    if !comparing.is_on() || comparing.arrangement != Arrangement::Wipe {
        return;
    }
    let x = stage.left() + comparing.line * stage.width();
    let grip = Rect::from_center_size(pos2(x, stage.center().y), vec2(GRIP, stage.height()));
    let response = ui.interact(grip, Id::unique("radiograph-wipe"), Sense::drag());
    response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Slider, true, name));
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    if let Some(at) = response
        .interact_pointer_pos()
        .filter(|_| response.dragged())
    {
        let share = (at.x - stage.left()) / stage.width().max(1.0);
        comparing.line = share.clamp(LEAST, 1.0 - LEAST);
    }
}

/// Paints what is beside the image, over it or on its own stage; `names` are said of it and of the image.
pub fn paint(ui: &Ui, bench: &Bench, stage: Rect, own: Option<Rect>, names: [&str; 2]) {
    let comparing = &bench.comparing;
    if !comparing.is_on() {
        return;
    }
    let Some(viewport) = bench.view_beside() else {
        return;
    };
    let (room, shown) = match (own, comparing.arrangement) {
        (Some(own), _) => (own, own),
        (None, Arrangement::Blink) if !turn(ui) => {
            label(ui, stage, names[1], stage.center().x);
            return;
        }
        (None, Arrangement::Blink) => (stage, stage),
        (None, _) => {
            let x = stage.left() + comparing.line * stage.width();
            (
                stage,
                Rect::from_min_max(stage.min, pos2(x, stage.bottom())),
            )
        }
    };
    let p = palette(ui);
    let painter = ui.painter().with_clip_rect(shown);
    painter.rect_filled(shown, 0, p.stage);
    if let Some(painted) = &comparing.painted {
        let place = viewport.rect_to_screen(room, super::pictures::covered(&painted.wish.view));
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(painted.texture.id(), place, whole, egui::Color32::WHITE);
    }
    match comparing.arrangement {
        Arrangement::Wipe => {
            let x = shown.right();
            for stroke in [
                Stroke::new(4.0, egui::Color32::from_black_alpha(130)),
                Stroke::new(1.5, p.accent),
            ] {
                ui.painter().vline(x, stage.y_range(), stroke);
            }
            label(ui, stage, names[0], stage.left().midpoint(x));
            label(ui, stage, names[1], x.midpoint(stage.right()));
        }
        Arrangement::Stages => {
            label(ui, room, names[0], room.center().x);
            label(ui, stage, names[1], stage.center().x);
            pointer(ui, bench, stage, room, viewport);
        }
        Arrangement::Blink => label(ui, stage, names[0], stage.center().x),
    }
}

/// Whether it is the other image's turn; draws again at the next.
fn turn(ui: &Ui) -> bool {
    let turns = ui.input(|input| input.time) / TURN.as_secs_f64();
    let left = (1.0 - turns.fract()) * TURN.as_secs_f64();
    ui.ctx()
        .request_repaint_after(Duration::from_secs_f64(left.max(0.01)));
    turns as u64 % 2 == 1
}

/// Shows on the other stage where the pointer is on this one.
fn pointer(ui: &Ui, bench: &Bench, stage: Rect, room: Rect, viewport: Viewport) {
    let at = ui.ctx().pointer_hover_pos();
    let (Some(at), Some(own)) = (at.filter(|at| stage.contains(*at)), bench.viewport) else {
        return;
    };
    let pixel = own.to_image(stage, at);
    let placing = match bench.comparing.beside {
        Beside::Other(_) => bench.comparing.placing,
        _ => Placing::default(),
    };
    let there = viewport.to_screen(room, placing.pixel(pixel));
    let painter = ui.painter().with_clip_rect(room);
    let color = palette(ui).accent;
    for (width, color) in [(3.0, egui::Color32::from_black_alpha(130)), (1.0, color)] {
        let stroke = Stroke::new(width, color);
        painter.hline(there.x - 8.0..=there.x + 8.0, there.y, stroke);
        painter.vline(there.x, there.y - 8.0..=there.y + 8.0, stroke);
    }
}

/// A name at the upper edge of a stage, its middle at `x`.
fn label(ui: &Ui, stage: Rect, words: &str, x: f32) {
    let width = badge::natural_width(ui, words).min(stage.width());
    let half = width / 2.0;
    let x = x.clamp(
        stage.left() + half,
        (stage.right() - half).max(stage.left() + half),
    );
    let place = Rect::from_center_size(pos2(x, stage.top() + LABEL), vec2(width, 0.0));
    badge::paint(ui, place, words, Tint::Accent);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_of_two_sizes_are_laid_middle_on_middle() {
        let placing = Placing::by_size(vec2(2000.0, 800.0), vec2(1000.0, 420.0));
        assert_eq!(placing.pixel(pos2(1000.0, 400.0)), pos2(500.0, 210.0));
        assert_eq!(placing.pixel(pos2(0.0, 400.0)), pos2(0.0, 210.0));
    }

    #[test]
    fn a_registration_places_pixels_as_it_says() {
        let found = Similarity {
            scale: 2.0,
            dx: 30.0,
            dy: -8.0,
        };
        let pixel = Placing::of(found).pixel(pos2(130.0, 92.0));
        let there = found.to_moving(outpost_imaging::shapes::Point::new(130.0, 92.0));
        assert!((pixel - pos2(there.x, there.y)).length() < 1e-3);
        assert!((pixel - pos2(50.0, 50.0)).length() < 1e-3);
    }

    #[test]
    fn what_is_under_the_pointer_on_one_is_under_it_on_the_other() {
        let placing = Placing {
            scale: 0.8,
            shift: vec2(13.0, -4.0),
        };
        let stage = Rect::from_min_max(pos2(64.0, 100.0), pos2(1064.0, 800.0));
        let view = Viewport {
            center: pos2(700.0, 300.0),
            zoom: 1.7,
        };
        let place = pos2(321.0, 456.0);
        let there = placing.view(view).to_image(stage, place);
        let expected = placing.pixel(view.to_image(stage, place));
        assert!((there - expected).length() < 1e-2, "{there:?} {expected:?}");
    }

    #[test]
    fn the_key_goes_through_every_arrangement() {
        assert_eq!(Arrangement::Wipe.next(), Arrangement::Stages);
        assert_eq!(Arrangement::Blink.next(), Arrangement::Wipe);
    }
}
