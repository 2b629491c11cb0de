//! What part of the image is in sight: positions in the image against positions on the screen.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

/// How the image lies on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// The image's pixel at the middle of the stage.
    pub center: Pos2,
    /// Points of the screen per pixel of the image.
    pub zoom: f32,
}

/// Largest magnification: a pixel of the image on 32 points.
const LARGEST: f32 = 32.0;

/// How much of the stage's smaller side stays empty around an image that fits.
const MARGIN: f32 = 0.03;

impl Viewport {
    /// The whole image in the middle of a stage.
    pub fn fit(image: Vec2, stage: Vec2) -> Self {
        let room = stage * (1.0 - 2.0 * MARGIN);
        let zoom = (room.x / image.x.max(1.0)).min(room.y / image.y.max(1.0));
        Self {
            center: pos2(image.x / 2.0, image.y / 2.0),
            zoom: zoom.clamp(f32::MIN_POSITIVE, LARGEST),
        }
    }

    /// A part of the image as large as the stage allows, with some of what is around it.
    pub fn on(part: Rect, image: Vec2, stage: Vec2) -> Self {
        let around = part.size() * 3.0;
        let zoom = (stage.x / around.x.max(1.0)).min(stage.y / around.y.max(1.0));
        Self {
            center: part.center(),
            zoom,
        }
        .within(image, stage)
    }

    /// Where a pixel of the image is on the screen.
    pub fn to_screen(&self, stage: Rect, pixel: Pos2) -> Pos2 {
        stage.center() + (pixel - self.center) * self.zoom
    }

    /// Which pixel of the image is at a place of the screen.
    pub fn to_image(&self, stage: Rect, place: Pos2) -> Pos2 {
        self.center + (place - stage.center()) / self.zoom
    }

    /// A rectangle of the image on the screen.
    pub fn rect_to_screen(&self, stage: Rect, part: Rect) -> Rect {
        Rect::from_min_max(
            self.to_screen(stage, part.min),
            self.to_screen(stage, part.max),
        )
    }

    /// The part of the image's plane that the stage shows.
    pub fn seen(&self, stage: Rect) -> Rect {
        Rect::from_min_max(
            self.to_image(stage, stage.min),
            self.to_image(stage, stage.max),
        )
    }

    /// Zoomed by `factor`, with what is under `place` staying there.
    pub fn zoomed(&self, stage: Rect, place: Pos2, factor: f32, image: Vec2) -> Self {
        let held = self.to_image(stage, place);
        let least = Self::fit(image, stage.size()).zoom.min(1.0) / 2.0;
        let zoom = (self.zoom * factor).clamp(least, LARGEST);
        Self {
            center: held - (place - stage.center()) / zoom,
            zoom,
        }
        .within(image, stage.size())
    }

    /// Moved with the hand by `delta` points.
    pub fn panned(&self, delta: Vec2, image: Vec2, stage: Vec2) -> Self {
        Self {
            center: self.center - delta / self.zoom,
            ..*self
        }
        .within(image, stage)
    }

    /// One pixel of the image on one pixel of the screen, the middle staying where it is.
    pub fn one_to_one(&self, pixels_per_point: f32, image: Vec2, stage: Vec2) -> Self {
        Self {
            zoom: 1.0 / pixels_per_point.max(f32::MIN_POSITIVE),
            ..*self
        }
        .within(image, stage)
    }

    /// Kept so that some of the image is always in sight; an image smaller than the stage stays in its middle.
    pub fn within(&self, image: Vec2, stage: Vec2) -> Self {
        let half = stage / (2.0 * self.zoom);
        let keep = |center: f32, size: f32, half: f32| {
            if size <= 2.0 * half {
                size / 2.0
            } else {
                center.clamp(half, size - half)
            }
        };
        Self {
            center: pos2(
                keep(self.center.x, image.x, half.x),
                keep(self.center.y, image.y, half.y),
            ),
            zoom: self.zoom,
        }
    }
}

/// The whole of an image as a rectangle in its pixels.
pub fn whole(image: Vec2) -> Rect {
    Rect::from_min_size(Pos2::ZERO, vec2(image.x, image.y))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAGE: Rect = Rect {
        min: pos2(64.0, 100.0),
        max: pos2(1064.0, 800.0),
    };
    const IMAGE: Vec2 = vec2(6000.0, 2400.0);

    #[test]
    fn an_image_that_fits_is_whole_and_in_the_middle() {
        let view = Viewport::fit(IMAGE, STAGE.size());
        let shown = view.rect_to_screen(STAGE, whole(IMAGE));
        assert!(STAGE.contains_rect(shown));
        assert!((shown.center() - STAGE.center()).length() < 0.01);
        assert!(shown.width() > STAGE.width() * 0.9);
    }

    #[test]
    fn zooming_leaves_what_is_under_the_pointer_there() {
        let mut view = Viewport::fit(IMAGE, STAGE.size());
        let place = pos2(500.0, 430.0);
        view = view.zoomed(STAGE, place, 8.0, IMAGE);
        let before = view.to_image(STAGE, place);
        view = view.zoomed(STAGE, place, 1.7, IMAGE);
        assert!((view.to_image(STAGE, place) - before).length() < 0.05);
    }

    #[test]
    fn the_image_cannot_be_lost_from_sight() {
        let mut view =
            Viewport::fit(IMAGE, STAGE.size()).zoomed(STAGE, STAGE.center(), 20.0, IMAGE);
        for _ in 0..50 {
            view = view.panned(vec2(-4000.0, 3000.0), IMAGE, STAGE.size());
        }
        assert!(whole(IMAGE).intersects(view.seen(STAGE)));
        for _ in 0..80 {
            view = view.zoomed(STAGE, STAGE.min, 0.5, IMAGE);
        }
        assert!(view.rect_to_screen(STAGE, whole(IMAGE)).width() > 100.0);
    }

    #[test]
    fn there_and_back_is_the_same_pixel() {
        let view = Viewport {
            center: pos2(1234.0, 567.0),
            zoom: 2.5,
        };
        let pixel = pos2(1300.5, 600.25);
        assert!((view.to_image(STAGE, view.to_screen(STAGE, pixel)) - pixel).length() < 0.01);
    }
}
