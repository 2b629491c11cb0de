//! The workbench's state: the image, the view on it, the tone, the tool, and the pictures made so far.

use std::sync::Arc;

use egui::{Context, Pos2, Rect, TextureHandle, TextureOptions, Vec2, pos2, vec2};
use outpost_imaging::filter::DENSE;
use outpost_imaging::material::NOT_PENETRATED;
use outpost_imaging::regions::Region;
use outpost_imaging::{DecodeError, Filters, Look, Magnify, Preset, Tone, Transfer, View, Window};

use super::beside::{Beside, Comparing, Laid, Placing};
use super::draw::{Filtered, LARGEST_TEXTURE, Picture, Wish, overview_wish};
use super::engine::{Engine, Made};
use super::loaded::{Layer, Loaded};
use super::mark::Mark;
use super::measure::{Inside, Line};
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
    /// Draws a line and measures along it.
    Measure,
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

/// The end of the scale.
const FULL: f32 = 65_535.0;

/// A picture on the graphics card with the wish it fulfils.
pub(super) struct Painted {
    pub(super) wish: Wish,
    pub(super) texture: TextureHandle,
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
    loupe: Option<Painted>,
    asked: Option<Wish>,
    asked_overview: Option<Wish>,
    asked_loupe: Option<Wish>,
    filtered: Option<Filtered>,
    /// Tone and preset from before samples got another scale, put back when they have their own again.
    unscaled: Option<(Tone, Option<Preset>)>,
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
    /// What kind of mark [`Tool::Region`] draws.
    pub mark: Mark,
    /// The corners of the outline that is being drawn, pixels of the image.
    pub corners: Vec<Pos2>,
    /// Whether that outline is to be closed in the next frame.
    pub close_outline: bool,
    /// Filters, material, colours.
    pub look: Look,
    /// Whether the loupe follows the pointer.
    pub magnified: bool,
    /// The line that is measured.
    pub line: Option<Line>,
    /// What of it is pointed at on its profile, as a share of its length.
    pub probe: Option<f32>,
    /// What lies inside the region that is looked at.
    inside: Option<Inside>,
    asked_inside: Option<Region>,
    /// Size of a pixel at the unit, millimetres, when it is known.
    pub pitch_mm: Option<f32>,
    /// What lies beside the image.
    pub comparing: Comparing,
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
        let (tool, mark, magnified) = (self.tool, self.mark, self.magnified);
        let engine = self.engine.take();
        *self = Self {
            engine: engine.or_else(|| Engine::start(ctx).ok()),
            decoding: true,
            tool,
            mark,
            magnified,
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

    /// Lays another file beside the image, decoded off this thread.
    pub fn lay_beside(&mut self, bytes: Vec<u8>) {
        if let Some(engine) = &self.engine {
            engine.decode_beside(bytes);
            self.comparing.lay(Beside::Coming, Placing::default());
        }
    }

    /// Has the objects along the line counted, off this thread.
    pub fn count_line(&self) {
        if let (Some(line), Some(loaded), Some(engine)) = (&self.line, &self.loaded, &self.engine)
            && !loaded.photo
        {
            engine.count(loaded, [line.from, line.to]);
        }
    }

    /// Has a region measured, off this thread; `None` forgets what was.
    pub fn measure_inside(&mut self, region: Option<Region>) {
        if self.asked_inside == region {
            return;
        }
        if let (Some(region), Some(loaded), Some(engine)) = (&region, &self.loaded, &self.engine) {
            engine.inside(loaded, region.clone(), self.pitch_mm);
        } else {
            self.inside = None;
        }
        self.asked_inside = region;
    }

    /// What lies inside the region that is looked at, once it is measured.
    pub fn inside(&self) -> Option<&Inside> {
        let inside = self.inside.as_ref()?;
        (Some(&inside.region) == self.asked_inside.as_ref()).then_some(inside)
    }

    pub(super) const fn loaded(&self) -> Option<&Arc<Loaded>> {
        self.loaded.as_ref()
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
                Made::Loupe(picture) => paint(ctx, &mut self.loupe, "radiograph-loupe", picture),
                Made::Counted([from, to], count) => {
                    let line = self.line.as_mut();
                    if let Some(line) = line.filter(|l| l.from == from && l.to == to) {
                        line.count = count;
                    }
                }
                Made::Inside(inside) => self.inside = inside,
                Made::Beside(picture) => {
                    let painted = &mut self.comparing.painted;
                    paint(ctx, painted, "radiograph-beside", picture);
                }
                Made::Other(Ok(other)) => self.laid_beside(other),
                Made::Registered(other, registered) => {
                    self.comparing.registered(&other, registered);
                }
                Made::Other(Err(error)) => {
                    self.comparing
                        .lay(Beside::Failed(error), Placing::default());
                }
                Made::Filtered(filtered) => {
                    let rescaled = filtered.filters.rescale();
                    self.filtered = Some(filtered);
                    // A preset chosen before these samples were there meant them.
                    if let Some(preset) = self.preset.filter(|_| rescaled) {
                        self.apply(preset);
                    }
                }
            }
        }
    }

    /// Another scan is there to compare with: laid by size at once, by what both show once that is found.
    fn laid_beside(&mut self, other: Arc<Loaded>) {
        let size = vec2(other.width as f32, other.height as f32);
        let asked = match (&self.engine, &self.loaded) {
            (Some(engine), Some(image)) if !image.photo && !other.photo => {
                engine.register(image, &other).is_ok()
            }
            _ => false,
        };
        let placing = Placing::by_size(self.size(), size);
        self.comparing.lay(Beside::Other(other), placing);
        if asked {
            self.comparing.laid = Laid::Asked;
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
        let (Some(image), Some(layer)) = (&self.loaded, self.toned()) else {
            return;
        };
        // A photograph is shown as it was taken.
        let preset = if image.photo { Preset::Whole } else { preset };
        self.tone.window = preset.window(&layer.histogram);
        self.preset = Some(preset);
    }

    /// The layer to whose samples the window is applied: as the filters leave it, once they are through.
    pub fn toned(&self) -> Option<&Layer> {
        let filters = self.look.filters;
        let filtered = self
            .filtered
            .as_ref()
            .filter(|made| made.filters == filters && made.index == self.layer);
        if let Some(made) = filtered {
            return Some(&made.layer);
        }
        let layers = &self.image()?.layers;
        layers.get(self.layer).or_else(|| layers.first())
    }

    /// Switches filters. Where samples get another scale by it, the window goes with them: to the whole of the new
    /// scale, and back to what it was.
    pub fn filter(&mut self, filters: Filters) {
        let before = std::mem::replace(&mut self.look.filters, filters);
        if (before.dense, before.local_contrast) == (filters.dense, filters.local_contrast) {
            return;
        }
        if !before.rescale() {
            self.unscaled = Some((self.tone, self.preset));
        }
        if !filters.rescale() {
            if let Some((tone, preset)) = self.unscaled.take() {
                self.tone = Tone {
                    invert: self.tone.invert,
                    ..tone
                };
                self.preset = preset;
            }
            return;
        }
        // The dense part is looked at by thickness, from where the beam is lost; local contrast has spread the
        // shades evenly already.
        let by_thickness = filters.dense && !filters.local_contrast;
        let (low, transfer) = if by_thickness {
            (NOT_PENETRATED / DENSE * FULL, Transfer::Log)
        } else {
            (0.0, Transfer::Linear)
        };
        self.tone = Tone {
            window: Window::between(low, FULL),
            transfer,
            gamma: 1.0,
            invert: self.tone.invert,
        };
        self.preset = None;
    }

    /// Puts everything back to how the image was opened, but for what part of it is in sight and what is measured.
    pub fn reset(&mut self) {
        self.look = Look::default();
        self.unscaled = None;
        self.layer = 0;
        self.tone = Tone::default();
        self.magnified = false;
        self.apply(Preset::Automatic);
    }

    /// Changes the window by hand.
    pub fn set_window(&mut self, window: Window) {
        self.tone.window = window.clamped();
        self.preset = None;
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
        let overview = overview_wish(loaded, self.tone, self.layer, self.look);
        let view = Wish {
            view: view_of(viewport, stage, self.size(), ctx.pixels_per_point()),
            tone: self.tone,
            layer: self.layer,
            look: self.look,
        };
        if self.asked != Some(view) {
            engine.view(loaded, view);
            self.asked = Some(view);
        }
        if self.asked_overview != Some(overview) {
            engine.overview(loaded, overview);
            self.asked_overview = Some(overview);
        }
        self.ask_beside(stage, view, ctx.pixels_per_point());
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
        self.asked.is_some()
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
        // Above four screen pixels a sample, single samples are judged.
        magnify: if scale < 0.25 {
            Magnify::Nearest
        } else {
            Magnify::Bilinear
        },
    }
}
