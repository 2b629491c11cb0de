//! From a wish to a picture: the fixed order of steps of [`outpost_imaging::look`] on what is in sight.
//!
//! What changes whole planes and what two energies tell is made once and kept until another is wished.

use std::sync::Arc;

use egui::{Color32, ColorImage};
use outpost_imaging::material::{Paint, SeenMaterials};
use outpost_imaging::{
    Colour, Filters, Look, Materials, Tone, View, colour, filtered_while, pyramid, render,
};

use super::loaded::{Layer, Loaded};

/// What a picture shows; two equal wishes give the same picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    /// Part of the image and size of the picture.
    pub view: View,
    /// Window, transfer, negative.
    pub tone: Tone,
    /// Which layer, for radiographs.
    pub layer: usize,
    /// Filters, material, colours.
    pub look: Look,
}

/// A picture with the wish it fulfils.
#[derive(Debug)]
pub struct Picture {
    /// What was wished.
    pub wish: Wish,
    /// The pixels.
    pub image: ColorImage,
}

/// A layer as the filters leave it.
#[derive(Debug, Clone)]
pub struct Filtered {
    /// What was switched on.
    pub filters: Filters,
    /// The layer it was made from.
    pub index: usize,
    /// The filtered layer.
    pub layer: Arc<Layer>,
}

/// Another wish came before this one was fulfilled.
#[derive(Debug, Clone, Copy)]
pub struct LeftOff;

/// What was made of an image beside its pictures. The last filtered layer only: each is as large as
/// the image.
#[derive(Debug, Default)]
pub struct Kept {
    of: Option<Arc<Loaded>>,
    filtered: Option<Filtered>,
    materials: Option<Arc<Materials>>,
    /// What painting materials needs of the last view drawn: turning the window does not resample it.
    seen: Option<(View, SeenMaterials)>,
}

impl Kept {
    /// Forgets what belongs to another image.
    fn turn_to(&mut self, loaded: &Arc<Loaded>) {
        if self.of.as_ref().is_none_or(|of| !Arc::ptr_eq(of, loaded)) {
            *self = Self {
                of: Some(Arc::clone(loaded)),
                ..Self::default()
            };
        }
    }

    /// Makes the filtered layer of a wish unless it is there; returns it when it is new. `wanted` is asked between the
    /// steps: when nobody waits for it any more, the rest is left off.
    ///
    /// # Errors
    /// Nobody waits any more.
    pub fn filter(
        &mut self,
        loaded: &Arc<Loaded>,
        wish: Wish,
        wanted: impl Fn() -> bool,
    ) -> Result<Option<Filtered>, LeftOff> {
        self.turn_to(loaded);
        let filters = wish.look.filters;
        let there = self
            .filtered
            .as_ref()
            .is_some_and(|made| made.filters == filters && made.index == wish.layer);
        let layer = loaded.layers.get(wish.layer);
        let Some(layer) = layer.filter(|_| !loaded.photo && filters.any() && !there) else {
            return Ok(None);
        };
        // The one before goes first: two at once would be the peak of memory.
        self.filtered = None;
        let plane = layer.pyramid.base();
        let grid = filtered_while(plane, filters, layer.air, wanted).ok_or(LeftOff)?;
        self.filtered = Some(Filtered {
            filters,
            index: wish.layer,
            layer: Arc::new(Layer::new(layer.energy, grid)),
        });
        Ok(self.filtered.clone())
    }

    /// The materials of an image of two energies, found at the first wish for them.
    fn materials(&mut self, loaded: &Loaded) -> Option<&Materials> {
        if self.materials.is_none() {
            let (high, low, air) = loaded.energies()?;
            let found = Materials::of(high.pyramid.base(), low.pyramid.base(), air);
            self.materials = found.map(Arc::new);
        }
        self.materials.as_deref()
    }

    /// What the image is made of, when a wish has needed it.
    pub const fn found_materials(&self) -> Option<&Arc<Materials>> {
        self.materials.as_ref()
    }

    /// Draws what is wished; [`Kept::filter`] has been called for it.
    pub fn draw(&mut self, loaded: &Arc<Loaded>, wish: Wish) -> Picture {
        self.turn_to(loaded);
        let size = [wish.view.width as usize, wish.view.height as usize];
        let image = match loaded.layers.as_slice() {
            [red, green, blue] if loaded.photo => {
                let [red, green, blue] = [red, green, blue].map(|layer| grey(layer, wish));
                let pixels = red
                    .iter()
                    .zip(&green)
                    .zip(&blue)
                    .map(|((r, g), b)| Color32::from_rgb(*r, *g, *b))
                    .collect();
                ColorImage::new(size, pixels)
            }
            layers => match layers.get(wish.layer).or_else(|| layers.first()) {
                Some(layer) => {
                    let filtered = self.filtered.as_ref().filter(|made| {
                        made.filters == wish.look.filters && made.index == wish.layer
                    });
                    let layer = filtered.map_or(layer, |made| &made.layer);
                    let (grey, air) = (grey(layer, wish), air_grey(layer, wish.tone));
                    self.coloured(loaded, wish, size, &grey, air)
                }
                None => ColorImage::filled(size, Color32::BLACK),
            },
        };
        Picture { wish, image }
    }

    /// The last two steps: one material alone, and colours.
    fn coloured(
        &mut self,
        loaded: &Loaded,
        wish: Wish,
        size: [usize; 2],
        grey: &[u8],
        air: u8,
    ) -> ColorImage {
        let mut rgba = vec![0u8; grey.len() * 4];
        if wish.look.needs_materials()
            && let Some((high, ..)) = loaded.energies()
            && self.materials(loaded).is_some()
            && let Some(materials) = &self.materials
        {
            let paint = Paint {
                colours: wish.look.colour == Colour::Material,
                only: wish.look.only,
                air,
            };
            let seen = match self.seen.take() {
                Some((view, seen)) if view == wish.view => seen,
                _ => materials.seen(&high.pyramid, &wish.view),
            };
            materials.paint(&seen, grey, paint, &mut rgba);
            self.seen = Some((wish.view, seen));
        } else if let Colour::Map(map) = wish.look.colour {
            colour::paint(grey, &map.table(), &mut rgba);
        } else {
            return ColorImage::from_gray(size, grey);
        }
        ColorImage::from_rgba_premultiplied(size, &rgba)
    }
}

/// Grey of what lies outside the image: the stage behind it shows through in the window's own colour.
const OUTSIDE: u8 = 0;

fn grey(layer: &Layer, wish: Wish) -> Vec<u8> {
    let mut grey = vec![OUTSIDE; wish.view.width as usize * wish.view.height as usize];
    render::grey(
        &layer.pyramid,
        &wish.view,
        &wish.tone.lut(),
        OUTSIDE,
        &mut grey,
    );
    grey
}

/// The grey in which open air is shown.
fn air_grey(layer: &Layer, tone: Tone) -> u8 {
    (tone.apply(layer.air) * 255.0 + 0.5) as u8
}

/// The most pixels on a side of the overview.
const OVERVIEW: u32 = 640;

/// The wish for the whole image, small: drawn under the view while that is being made, and in the map.
pub fn overview_wish(loaded: &Loaded, tone: Tone, layer: usize, look: Look) -> Wish {
    let larger = loaded.width.max(loaded.height).max(1);
    let scale = (larger as f32 / OVERVIEW as f32).max(1.0);
    let side = |pixels: u32| ((pixels as f32 / scale).round() as u32).max(1);
    Wish {
        view: View {
            x: 0.0,
            y: 0.0,
            scale,
            width: side(loaded.width),
            height: side(loaded.height),
            magnify: outpost_imaging::Magnify::Bilinear,
        },
        tone,
        layer,
        look,
    }
}

/// Side of a tile: what every graphics adapter takes.
pub const LARGEST_TEXTURE: u32 = 2 * pyramid::TILE;
