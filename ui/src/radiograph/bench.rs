//! The workbench's state: the image, the view on it, the tone, the tool, and the pictures made so far.

use std::sync::Arc;

use egui::{Context, Pos2, Rect, TextureHandle, TextureOptions, Vec2, pos2, vec2};
use outpost_imaging::filter::DENSE;
use outpost_imaging::material::NOT_PENETRATED;
use outpost_imaging::orientation::Orientation;
use outpost_imaging::regions::Region;
use outpost_imaging::shapes::Point;
use outpost_imaging::suggest::{Declared, Suggestion};
use outpost_imaging::{DecodeError, Filters, Look, Materials, Preset, Tone, Transfer, Window};

use super::beside::{Beside, Comparing, Laid, Placing};
use super::draw::{Filtered, Picture, Wish};
use super::engine::{Engine, Made};
use super::gpu::Scene;
use super::loaded::{File, Layer, Loaded};
use super::mark::{Mark, Outline};
use super::measure::{Inside, Line};
use super::project::{Hidden, Practising};
use super::viewport::Viewport;

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
    pub(super) engine: Option<Engine>,
    /// The image as it lies now.
    pub(super) loaded: Option<Arc<Loaded>>,
    /// The image as it came.
    upright: Option<Arc<Loaded>>,
    /// How the image lies, once the thread has turned it.
    pub orientation: Orientation,
    failed: Option<DecodeError>,
    decoding: bool,
    pub(super) view: Option<Painted>,
    pub(super) overview: Option<Painted>,
    pub(super) loupe: Option<Painted>,
    pub(super) asked: Option<Wish>,
    pub(super) asked_overview: Option<Wish>,
    pub(super) asked_loupe: Option<Wish>,
    filtered: Option<Filtered>,
    pub(super) materials: Option<Arc<Materials>>,
    /// What the graphics card has drawn last; `None` when the processor draws.
    pub(super) scene: Option<Scene>,
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
    pub(super) asked_inside: Option<Region>,
    pub(super) turning: Option<Orientation>,
    /// What stands out, once it was looked for.
    suggested: Option<Vec<Suggestion>>,
    asked_suggestions: bool,
    /// Size of a pixel at the unit, millimetres, when it is known.
    pub pitch_mm: Option<f32>,
    /// What lies beside the image.
    pub comparing: Comparing,
    /// What was projected into it, in practice.
    hidden: Option<Hidden>,
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
    pub fn open(&mut self, ctx: &Context, file: impl Into<File>) {
        self.begin(ctx, file.into(), None);
    }

    /// Shows a scan to practise on, with a threat in it or not.
    pub fn open_to_practise(&mut self, ctx: &Context, file: impl Into<File>, how: Practising) {
        self.begin(ctx, file.into(), Some(how));
    }

    fn begin(&mut self, ctx: &Context, file: File, practising: Option<Practising>) {
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
            engine.decode(file, practising);
        } else {
            self.decoding = false;
            self.failed = Some(DecodeError::Damaged {
                what: "the system gives no thread".to_owned(),
            });
        }
    }

    /// Lays another file beside the image, decoded off this thread.
    pub fn lay_beside(&mut self, file: File) {
        if let Some(engine) = &self.engine {
            engine.decode_beside(file, self.orientation);
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

    /// Has what stands out on the image looked for, once.
    pub fn suggest(&mut self, declared: impl FnOnce() -> Declared) {
        if self.asked_suggestions {
            return;
        }
        if let (Some(upright), Some(engine)) = (&self.upright, &self.engine) {
            self.asked_suggestions = true;
            let asked =
                !upright.photo && engine.suggest(upright, declared(), self.pitch_mm).is_ok();
            if !asked {
                self.suggested = Some(Vec::new());
            }
        }
    }

    /// What stands out, the strongest first; pixels of the file.
    pub fn suggestions(&self) -> &[Suggestion] {
        self.suggested.as_deref().unwrap_or_default()
    }

    /// Whether it is being looked for what stands out.
    pub(super) const fn looks_for_suggestions(&self) -> bool {
        self.asked_suggestions && self.suggested.is_none()
    }

    /// Whether it was looked for what stands out.
    pub const fn has_suggested(&self) -> bool {
        self.suggested.is_some()
    }

    /// What lies inside the region that is looked at, once it is measured.
    pub fn inside(&self) -> Option<&Inside> {
        let inside = self.inside.as_ref()?;
        (Some(&inside.region) == self.asked_inside.as_ref()).then_some(inside)
    }

    /// What was projected into the image, in practice.
    pub const fn hidden(&self) -> Option<Hidden> {
        self.hidden
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
                Made::Projected(Ok((loaded, hidden))) => {
                    self.hidden = hidden;
                    self.take(loaded);
                }
                Made::Loaded(Err(error)) | Made::Projected(Err(error)) => {
                    self.decoding = false;
                    self.failed = Some(error);
                }
                Made::Turned(orientation, loaded) => self.turned(orientation, loaded),
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
                Made::Suggested(of, found) => {
                    if self
                        .upright
                        .as_ref()
                        .is_some_and(|own| Arc::ptr_eq(own, &of))
                    {
                        self.suggested = Some(found);
                    }
                }
                Made::Inside(inside) => self.inside = inside,
                Made::Beside(picture) => {
                    let painted = &mut self.comparing.painted;
                    paint(ctx, painted, "radiograph-beside", picture);
                }
                Made::Materials(of, found) => {
                    let own = self.loaded.as_ref();
                    if own.is_some_and(|own| Arc::ptr_eq(own, &of)) {
                        self.materials = Some(found);
                    }
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
        if loaded.photo {
            self.mark = if self.mark == Mark::Ruler {
                Mark::Box
            } else {
                self.mark
            };
            self.tool = if self.tool == Tool::Measure {
                Tool::Pan
            } else {
                self.tool
            };
        }
        self.upright = Some(Arc::clone(&loaded));
        self.loaded = Some(loaded);
        self.apply(Preset::Automatic);
    }

    /// Turns or mirrors what is seen, off this thread; the file and what is recorded stay as they are.
    pub fn turn(&mut self, orientation: Orientation) {
        if let (Some(engine), Some(upright)) = (&self.engine, &self.upright) {
            engine.turn(upright, orientation);
            self.turning = Some(orientation);
        }
    }

    /// How the image will lie once it is turned.
    pub fn lies(&self) -> Orientation {
        self.turning.unwrap_or(self.orientation)
    }

    /// The image lies otherwise: what was measured or drawn on it as it lay before is dropped.
    fn turned(&mut self, orientation: Orientation, loaded: Arc<Loaded>) {
        self.orientation = orientation;
        self.turning = None;
        self.loaded = Some(loaded);
        (self.filtered, self.materials, self.scene) = (None, None, None);
        self.line = None;
        self.corners.clear();
        self.asked_inside = None;
        (self.asked, self.asked_overview, self.asked_loupe) = (None, None, None);
        (self.view, self.overview, self.loupe) = (None, None, None);
        let beside = match self.comparing.beside {
            Beside::Original => Beside::Original,
            _ => Beside::Nothing,
        };
        self.comparing.lay(beside, Placing::default());
        self.fit();
    }

    /// Where something recorded is seen.
    pub fn seen(&self, outline: &Outline) -> Outline {
        let (width, height) = self.upright_size().unwrap_or_default();
        let orientation = self.orientation;
        outline.mapped(|at| {
            let seen = orientation.to_view(Point::new(at.x, at.y), width, height);
            pos2(seen.x, seen.y)
        })
    }

    /// What is recorded of something drawn.
    pub fn recorded(&self, outline: &Outline) -> Outline {
        let (width, height) = self.upright_size().unwrap_or_default();
        let orientation = self.orientation;
        outline.mapped(|at| {
            let there = orientation.to_image(Point::new(at.x, at.y), width, height);
            pos2(there.x, there.y)
        })
    }

    /// The image as it came, however it lies.
    pub fn upright(&self) -> Option<&Loaded> {
        self.upright.as_deref()
    }

    /// Columns and rows of the file, however it lies.
    pub fn upright_size(&self) -> Option<(u32, u32)> {
        let upright = self.upright.as_ref();
        upright.map(|image| (image.width, image.height))
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
        if let Some(made) = self.filtered() {
            return Some(&made.layer);
        }
        let layers = &self.image()?.layers;
        layers.get(self.layer).or_else(|| layers.first())
    }

    /// The layer that is shown as the filters that are on have left it, once they are through.
    pub(super) fn filtered(&self) -> Option<&Filtered> {
        self.filtered
            .as_ref()
            .filter(|made| made.filters == self.look.filters && made.index == self.layer)
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
        if self.lies() != Orientation::UPRIGHT {
            self.turn(Orientation::UPRIGHT);
        }
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
