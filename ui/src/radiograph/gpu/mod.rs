//! The view drawn by the graphics card: the 16-bit planes are brought to it once, and window, level, colours and zoom
//! are looked up for each pixel of each frame. Without a card that is worth it, [`super::draw`] makes the same picture.

mod painter;
mod planes;
mod scene;

pub use painter::Painter;
pub use scene::{Plane, Scene};

use egui::{Context, Id};
use outpost_imaging::pyramid::{Pyramid, TILE};

/// Who draws the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Graphics {
    /// The processor.
    #[default]
    Processor,
    /// The graphics card.
    Card {
        /// Of the window's surface.
        format: wgpu::TextureFormat,
        /// The most layers of a texture array.
        layers: u32,
    },
}

impl Graphics {
    /// The card behind the window, unless it is the processor in disguise: a software driver is slower than our own
    /// code. `wanted` may be `card`, which takes that one too, or `processor`, for a card whose driver draws nonsense.
    pub fn of(state: &eframe::egui_wgpu::RenderState, wanted: &str) -> Self {
        let software = state.adapter.get_info().device_type == wgpu::DeviceType::Cpu;
        let limits = state.device.limits();
        if wanted == "processor"
            || (software && wanted != "card")
            || limits.max_texture_dimension_2d < WIDEST
        {
            return Self::Processor;
        }
        Self::Card {
            format: state.target_format,
            layers: limits.max_texture_array_layers,
        }
    }

    /// Makes it known to the benches of this window.
    pub fn tell(self, ctx: &Context) {
        ctx.data_mut(|data| data.insert_temp(Id::NULL, self));
    }

    /// Who draws in this window.
    pub fn known(ctx: &Context) -> Self {
        ctx.data(|data| data.get_temp(Id::NULL)).unwrap_or_default()
    }

    /// Whether the card takes an image of this size: with all its halved copies it needs a layer per tile.
    pub fn takes(self, pyramid: &Pyramid) -> bool {
        match self {
            Self::Processor => false,
            Self::Card { layers, .. } => planes::tiles(pyramid) <= layers,
        }
    }
}

/// The most pixels of a view on a side: its taps are a texture of one row.
pub const WIDEST: u32 = 8192;
const _: () = assert!(WIDEST >= TILE);

#[cfg(test)]
mod tests;
