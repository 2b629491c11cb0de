//! The workbench's state: the image, the view on it, the tone, the tool, and the pictures made so far.

use std::sync::Arc;

use egui::{Context, Pos2, Rect, TextureHandle, TextureOptions, Vec2, pos2, vec2};
use outpost_imaging::{DecodeError, Magnify, Preset, Tone, Transfer, View, Window};

use super::engine::{Engine, LARGEST_TEXTURE, Loaded, Made, Picture, Wish, overview_wish};
use super::viewport::{Viewport, whole};

/// What dragging on the image does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tool {
    /// Changes window (sideways) and level (up and down).
    #[default]
    Window,
    /// Moves the image.
    Pan,
    /// Draws a region.
    Region,
}

/// What the bench shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown<'a> {
    /// No file was given.
    Nothing,
    /// A file is being decoded.
    Decoding,
    /// An image.
    Image,
    /// Why the file cannot be shown.
    Failed(&'a DecodeError),
}

/// A picture on the graphics card with the wish it fulfils.
struct Painted {
    wish: Wish,
    texture: TextureHandle,
}

/// The workbench.
#[derive(Default)]
pub struct Bench {
    engine: Option<Engine>,
    loaded: Option<Arc<Loaded>>,
    failed: Option<DecodeError>,
    decoding: bool,
    view: Option<Painted>,
    overview: Option<Painted>,
    asked: Option<Wish>,
    asked_overview: Option<Wish>,
    /// How the image lies on the stage; `None` until the stage's size is known.
    pub viewport: Option<Viewport>,
    /// Whether the image is kept whole when the stage changes.
    fitted: bool,
    /// Window, transfer, negative.
    pub tone: Tone,
    /// The preset in force, until the window is changed by hand.
    pub preset: Option<Preset>,
    /// The layer shown.
    pub layer: usize,
    /// The tool.
    pub tool: Tool,
}

impl std::fmt::Debug for Bench {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bench")
            .field("viewport", &self.viewport)
            .field("tone", &self.tone)
            .field("tool", &self.tool)
            .finish_non_exhaustive()
    }
}

impl Bench {
    /// Shows a file, decoded off this thread.
    pub fn open(&mut self, ctx: &Context, bytes: Vec<u8>) {
        let tool = self.tool;
        let engine = self.engine.take();
        *self = Self {
            engine: engine.or_else(|| Engine::start(ctx).ok()),
            decoding: true,
            tool,
            ..Self::default()
        };
        if let Some(engine) = &self.engine {
            engine.decode(bytes);
        } else {
            self.decoding = false;
            self.failed = Some(DecodeError::Damaged {
                what: "the system gives no thread".to_owned(),
            });
        }
    }

    /// What there is to see.
    pub const fn shown(&self) -> Shown<'_> {
        match (&self.failed, &self.loaded, self.decoding) {
            (Some(error), _, _) => Shown::Failed(error),
            (None, Some(_), _) => Shown::Image,
            (None, None, true) => Shown::Decoding,
            (None, None, false) => Shown::Nothing,
        }
    }

    /// The image.
    pub fn image(&self) -> Option<&Loaded> {
        self.loaded.as_deref()
    }

    /// Its size in pixels.
    pub fn size(&self) -> Vec2 {
        self.image().map_or(Vec2::ZERO, |image| {
            vec2(image.width as f32, image.height as f32)
        })
    }

    /// Takes what the engine has done; to be called once a frame.
    pub fn receive(&mut self, ctx: &Context) {
        let Some(engine) = &self.engine else {
            return;
        };
        let made: Vec<Made> = engine.made().collect();
        for made in made {
            match made {
                Made::Loaded(Ok(loaded)) => self.take(loaded),
                Made::Loaded(Err(error)) => {
                    self.decoding = false;
                    self.failed = Some(error);
                }
                Made::View(picture) => paint(ctx, &mut self.view, "radiograph", picture),
                Made::Overview(picture) => {
                    paint(ctx, &mut self.overview, "radiograph-overview", picture);
                }
            }
        }
    }

    fn take(&mut self, loaded: Arc<Loaded>) {
        self.decoding = false;
        self.fitted = true;
        self.loaded = Some(loaded);
        self.apply(Preset::Automatic);
    }

    /// Puts a preset in force.
    pub fn apply(&mut self, preset: Preset) {
        let Some(image) = &self.loaded else { return };
        let Some(layer) = image
            .layers
            .get(self.layer)
            .or_else(|| image.layers.first())
        else {
            return;
        };
        // A photograph is shown as it was taken.
        let preset = if image.photo { Preset::Whole } else { preset };
        self.tone.window = preset.window(&layer.histogram);
        self.preset = Some(preset);
    }

    /// Changes the window by hand.
    pub fn set_window(&mut self, window: Window) {
        self.tone.window = window.clamped();
        self.preset = None;
    }

    /// Turns the negative on or off.
    pub const fn invert(&mut self) {
        self.tone.invert = !self.tone.invert;
    }

    /// Turns the logarithm on or off.
    pub const fn logarithm(&mut self) {
        self.tone.transfer = match self.tone.transfer {
            Transfer::Linear => Transfer::Log,
            Transfer::Log => Transfer::Linear,
        };
    }

    /// Shows the other energy, where there is one.
    pub fn other_layer(&mut self) {
        if let Some(image) = &self.loaded
            && !image.photo
            && image.layers.len() > 1
        {
            self.layer = (self.layer + 1) % image.layers.len();
            if let Some(preset) = self.preset {
                self.apply(preset);
            }
        }
    }

    /// Shows the whole image.
    pub fn fit(&mut self) {
        self.fitted = true;
        self.viewport = None;
    }

    /// Shows one pixel of the image on one of the screen.
    pub fn one_to_one(&mut self, ctx: &Context, stage: Rect) {
        let size = self.size();
        if let Some(viewport) = &mut self.viewport {
            *viewport = viewport.one_to_one(ctx.pixels_per_point(), size, stage.size());
            self.fitted = false;
        }
    }

    /// Moves or zooms.
    pub const fn look(&mut self, viewport: Viewport) {
        self.viewport = Some(viewport);
        self.fitted = false;
    }

    /// Where the view stands on a stage of this size; a fitted image follows the stage.
    pub fn settle(&mut self, stage: Rect) -> Viewport {
        let size = self.size();
        let viewport = match self.viewport {
            Some(viewport) if !self.fitted => viewport.within(size, stage.size()),
            _ => Viewport::fit(size, stage.size()),
        };
        self.viewport = Some(viewport);
        viewport
    }

    /// Asks for the pictures that this stage needs, unless they are there or asked for.
    pub fn wish(&mut self, ctx: &Context, stage: Rect) {
        let (Some(loaded), Some(engine), Some(viewport)) =
            (&self.loaded, &self.engine, self.viewport)
        else {
            return;
        };
        let overview = overview_wish(loaded, self.tone, self.layer);
        let view = Wish {
            view: view_of(viewport, stage, self.size(), ctx.pixels_per_point()),
            tone: self.tone,
            layer: self.layer,
        };
        if self.asked != Some(view) {
            engine.view(loaded, view);
            self.asked = Some(view);
        }
        if self.asked_overview != Some(overview) {
            engine.overview(loaded, overview);
            self.asked_overview = Some(overview);
        }
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
        self.view.as_ref().map(|painted| painted.wish) == self.asked && self.asked.is_some()
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

/// Puts a picture on the graphics card in the place of the one before.
fn paint(ctx: &Context, place: &mut Option<Painted>, name: &str, picture: Picture) {
    let options = TextureOptions::LINEAR;
    match place {
        Some(painted) => {
            painted.texture.set(picture.image, options);
            painted.wish = picture.wish;
        }
        None => {
            *place = Some(Painted {
                wish: picture.wish,
                texture: ctx.load_texture(name, picture.image, options),
            });
        }
    }
}

/// What part of the image a picture covers, in its pixels.
fn covered(view: &View) -> Rect {
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
        // Above four screen pixels a sample, single samples are judged.
        magnify: if scale < 0.25 {
            Magnify::Nearest
        } else {
            Magnify::Bilinear
        },
    }
}
