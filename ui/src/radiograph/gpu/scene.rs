//! What is to be drawn: planes, part of the image, tone and colours.

use std::sync::{Arc, Weak};

use egui::{Context, Rect, Shape};
use outpost_imaging::{Colour, Look, Materials, Pyramid, Tone, View};

use super::super::loaded::{Layer, Loaded};
use super::Graphics;
use super::painter::Callback;

/// A plane of 16 bits with its halved copies.
#[derive(Debug, Clone)]
pub enum Plane {
    /// A layer of an image as it was decoded.
    Image(Arc<Loaded>, usize),
    /// A layer that went through filters.
    Filtered(Arc<Layer>),
    /// What an image is made of.
    Ratios(Arc<Materials>),
}

impl Plane {
    /// The samples.
    pub fn pyramid(&self) -> Option<&Pyramid> {
        match self {
            Self::Image(loaded, index) => loaded.layers.get(*index).map(|layer| &layer.pyramid),
            Self::Filtered(layer) => Some(&layer.pyramid),
            Self::Ratios(materials) => Some(materials.ratios()),
        }
    }

    /// Counts of open air, for layers.
    pub fn air(&self) -> f32 {
        match self {
            Self::Image(loaded, index) => loaded.layers.get(*index).map_or(0.0, |layer| layer.air),
            Self::Filtered(layer) => layer.air,
            Self::Ratios(_) => 0.0,
        }
    }
}

/// Which plane lies on the card; it does not keep the plane alive.
#[derive(Debug, Clone)]
pub(super) enum Held {
    Image(Weak<Loaded>, usize),
    Filtered(Weak<Layer>),
    Ratios(Weak<Materials>),
}

impl Held {
    pub(super) fn of(plane: &Plane) -> Self {
        match plane {
            Plane::Image(loaded, index) => Self::Image(Arc::downgrade(loaded), *index),
            Plane::Filtered(layer) => Self::Filtered(Arc::downgrade(layer)),
            Plane::Ratios(materials) => Self::Ratios(Arc::downgrade(materials)),
        }
    }

    pub(super) fn is(&self, plane: &Plane) -> bool {
        match (self, plane) {
            (Self::Image(held, at), Plane::Image(loaded, index)) => {
                at == index && held.as_ptr() == Arc::as_ptr(loaded)
            }
            (Self::Filtered(held), Plane::Filtered(layer)) => held.as_ptr() == Arc::as_ptr(layer),
            (Self::Ratios(held), Plane::Ratios(materials)) => {
                held.as_ptr() == Arc::as_ptr(materials)
            }
            _ => false,
        }
    }

    /// Whether the plane is still somewhere.
    pub(super) fn lives(&self) -> bool {
        match self {
            Self::Image(held, _) => held.strong_count() > 0,
            Self::Filtered(held) => held.strong_count() > 0,
            Self::Ratios(held) => held.strong_count() > 0,
        }
    }
}

/// What is to be drawn.
#[derive(Debug, Clone)]
pub struct Scene {
    /// The plane whose greys are shown.
    pub shown: Plane,
    /// The plane of high energy and what the image is made of, where the look needs them.
    pub materials: Option<(Plane, Arc<Materials>)>,
    /// Part of the image, one pixel of the picture on one of the framebuffer.
    pub view: View,
    /// Framebuffer pixel of the picture's upper left corner.
    pub origin: [i32; 2],
    /// Window, transfer, gamma, negative.
    pub tone: Tone,
    /// Colours and the material shown alone; its filters have made `shown`.
    pub look: Look,
}

impl Scene {
    /// The grey of open air.
    pub fn air(&self) -> u8 {
        (self.tone.apply(self.shown.air()) * 255.0 + 0.5) as u8
    }

    /// Itself as something to be painted on a stage; `None` when the card is not used.
    pub fn shape(&self, ctx: &Context, stage: Rect) -> Option<Shape> {
        let Graphics::Card { format, .. } = Graphics::known(ctx) else {
            return None;
        };
        let callback = Callback {
            scene: self.clone(),
            format,
            ctx: ctx.clone(),
        };
        let callback = eframe::egui_wgpu::Callback::new_paint_callback(stage, callback);
        Some(Shape::Callback(callback))
    }

    /// The steps after the grey, as the shader's bits.
    pub(super) fn steps(&self) -> u32 {
        if self.materials.is_some() {
            let colours = u32::from(self.look.colour == Colour::Material) * 2;
            return colours + u32::from(self.look.only.is_some()) * 4;
        }
        u32::from(matches!(self.look.colour, Colour::Map(_)))
    }
}
