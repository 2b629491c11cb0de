//! Which pictures the bench wants of the image, and where those that are there belong on the stage.

use std::sync::Arc;

use egui::{Context, Pos2, Rect, TextureHandle, Vec2, pos2, vec2};
use outpost_imaging::{Energy, Magnify, View};

use super::bench::{Bench, Painted};
use super::beside::{Beside, Laid};
use super::draw::{LARGEST_TEXTURE, Wish, overview_wish};
use super::gpu::{Graphics, Plane, Scene, WIDEST};
use super::viewport::{Viewport, whole};

impl Bench {
    /// Asks for the pictures that this stage needs, unless they are there or asked for.
    pub fn wish(&mut self, ctx: &Context, stage: Rect) {
        let (Some(loaded), Some(engine), Some(viewport)) =
            (&self.loaded, &self.engine, self.viewport)
        else {
            return;
        };
        let overview = overview_wish(loaded, self.tone, self.layer, self.look);
        let view = Wish {
            view: view_of(viewport, stage, self.size(), ctx.pixels_per_point()),
            tone: self.tone,
            layer: self.layer,
            look: self.look,
        };
        let scene = self.scene(ctx, stage, viewport);
        if scene.is_none() && self.asked != Some(view) {
            engine.view(loaded, view);
            self.asked = Some(view);
        }
        if self.asked_overview != Some(overview) {
            engine.overview(loaded, overview);
            self.asked_overview = Some(overview);
        }
        if scene.is_some() {
            (self.view, self.asked) = (None, None);
        }
        self.scene = scene;
        self.ask_beside(stage, view, ctx.pixels_per_point());
    }

    /// What the graphics card is to draw; `None` when the processor draws. What is still being made of the image, its
    /// filtered layer or its materials, is waited for with what was drawn before.
    fn scene(&self, ctx: &Context, stage: Rect, viewport: Viewport) -> Option<Scene> {
        let loaded = self.loaded.as_ref().filter(|loaded| !loaded.photo)?;
        let layer = self.layer.min(loaded.layers.len().checked_sub(1)?);
        if !Graphics::known(ctx).takes(&loaded.layers.get(layer)?.pyramid) {
            return None;
        }
        let (view, origin) = framed(viewport, stage, self.size(), ctx.pixels_per_point());
        let before = || {
            let before = self.scene.clone()?;
            Some(Scene {
                view,
                origin,
                ..before
            })
        };
        let shown = match self.filtered() {
            Some(made) => Plane::Filtered(Arc::clone(&made.layer)),
            None if self.look.filters.any() => return before(),
            None => Plane::Image(Arc::clone(loaded), layer),
        };
        let materials = if self.look.needs_materials() && loaded.energies().is_some() {
            let Some(materials) = &self.materials else {
                return before();
            };
            let high = loaded
                .layers
                .iter()
                .position(|l| l.energy == Energy::High)?;
            Some((
                Plane::Image(Arc::clone(loaded), high),
                Arc::clone(materials),
            ))
        } else {
            None
        };
        Some(Scene {
            shown,
            materials,
            view,
            origin,
            tone: self.tone,
            look: self.look,
        })
    }

    fn ask_beside(&mut self, stage: Rect, view: Wish, pixels_per_point: f32) {
        let (Some((other, mut wish)), Some(viewport), Some(engine)) =
            (self.wish_beside(view), self.view_beside(), &self.engine)
        else {
            return;
        };
        let size = vec2(other.width as f32, other.height as f32);
        wish.view = view_of(viewport, stage, size, pixels_per_point);
        if self.comparing.asked != Some(wish) {
            engine.beside(&other, wish);
            self.comparing.asked = Some(wish);
        }
    }

    /// Asks for what a loupe shows that lies at `place` on the screen and magnifies as `viewport` does, and gives what
    /// is there of it with its own place.
    pub fn under_loupe(
        &mut self,
        ctx: &Context,
        place: Rect,
        viewport: Viewport,
    ) -> Option<(egui::TextureId, Rect)> {
        let (loaded, engine) = (self.loaded.as_ref()?, self.engine.as_ref()?);
        let wish = Wish {
            view: view_of(viewport, place, self.size(), ctx.pixels_per_point()),
            tone: self.tone,
            layer: self.layer,
            look: self.look,
        };
        if self.asked_loupe != Some(wish) {
            engine.loupe(loaded, wish);
            self.asked_loupe = Some(wish);
        }
        let painted = self.loupe.as_ref()?;
        let part = covered(&painted.wish.view);
        Some((painted.texture.id(), viewport.rect_to_screen(place, part)))
    }

    /// The pictures to be painted on the stage, the coarse one first, each with its place.
    pub fn pictures(&self, stage: Rect) -> Vec<(egui::TextureId, Rect)> {
        let Some(viewport) = self.viewport else {
            return Vec::new();
        };
        [&self.overview, &self.view]
            .into_iter()
            .flatten()
            .map(|painted| {
                let part = covered(&painted.wish.view);
                (painted.texture.id(), viewport.rect_to_screen(stage, part))
            })
            .collect()
    }

    /// The small picture of the whole image.
    pub fn overview_texture(&self) -> Option<&TextureHandle> {
        self.overview.as_ref().map(|painted| &painted.texture)
    }

    /// Whether what is on the screen is what is wished.
    pub fn settled(&self) -> bool {
        let shown = |painted: &Option<Painted>| painted.as_ref().map(|painted| painted.wish);
        (self.asked.is_some() || self.scene.is_some())
            && self.turning.is_none()
            && !self.looks_for_suggestions()
            && shown(&self.view) == self.asked
            && shown(&self.overview) == self.asked_overview
            && (!self.magnified || shown(&self.loupe) == self.asked_loupe)
            && self.asked_inside.is_some() == self.inside().is_some()
            && !matches!(self.comparing.beside, Beside::Coming)
            && self.comparing.laid != Laid::Asked
            && shown(&self.comparing.painted) == self.comparing.asked
    }

    /// The samples under a pixel, one per layer.
    pub fn samples(&self, pixel: Pos2) -> Vec<u16> {
        let Some(image) = self.image() else {
            return Vec::new();
        };
        if pixel.x < 0.0 || pixel.y < 0.0 {
            return Vec::new();
        }
        image
            .layers
            .iter()
            .filter_map(|layer| layer.pyramid.base().get(pixel.x as u32, pixel.y as u32))
            .collect()
    }
}

/// What part of the image a picture covers, in its pixels.
pub(super) fn covered(view: &View) -> Rect {
    let size = vec2(view.width as f32, view.height as f32) * view.scale;
    Rect::from_min_size(pos2(view.x, view.y), size)
}

/// The view of the image's part in sight, with one pixel of the picture for one of the screen.
fn view_of(viewport: Viewport, stage: Rect, image: Vec2, pixels_per_point: f32) -> View {
    let seen = viewport.seen(stage).intersect(whole(image));
    let scale = 1.0 / (viewport.zoom * pixels_per_point);
    let side = |pixels: f32| ((pixels / scale).ceil().max(1.0) as u32).min(LARGEST_TEXTURE);
    View {
        x: seen.min.x,
        y: seen.min.y,
        scale,
        width: side(seen.width()),
        height: side(seen.height()),
        magnify: magnify(scale),
    }
}

/// Above four screen pixels a sample, single samples are judged.
fn magnify(scale: f32) -> Magnify {
    if scale < 0.25 {
        Magnify::Nearest
    } else {
        Magnify::Bilinear
    }
}

/// The view of the image's part in sight on the framebuffer's own pixels, and the pixel of its upper left corner.
fn framed(viewport: Viewport, stage: Rect, image: Vec2, pixels_per_point: f32) -> (View, [i32; 2]) {
    let place = viewport
        .rect_to_screen(stage, whole(image))
        .intersect(stage);
    let first = (place.min.to_vec2() * pixels_per_point).floor();
    let last = (place.max.to_vec2() * pixels_per_point).ceil();
    let corner = viewport.to_image(stage, (first / pixels_per_point).to_pos2());
    let scale = 1.0 / (viewport.zoom * pixels_per_point);
    let side = |from: f32, to: f32| ((to - from).max(1.0) as u32).min(WIDEST);
    let view = View {
        x: corner.x,
        y: corner.y,
        scale,
        width: side(first.x, last.x),
        height: side(first.y, last.y),
        magnify: magnify(scale),
    };
    (view, [first.x as i32, first.y as i32])
}
