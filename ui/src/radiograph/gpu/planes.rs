//! Planes on the card: every level of a pyramid as tiles in one texture array, brought there a few tiles a frame, the
//! coarsest first.

use outpost_imaging::pyramid::{Pyramid, TILE, Tile};

use super::scene::{Held, Plane};

/// Tiles brought to the card within a frame: 8 MB, some milliseconds.
pub(super) const TILES_A_FRAME: usize = 4;

/// Where a level lies in the array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) first: u32,
    pub(super) across: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// How many tiles an image and its halved copies have.
pub(super) fn tiles(pyramid: &Pyramid) -> u32 {
    (0..pyramid.levels())
        .map(|level| {
            let grid = pyramid.level(level);
            grid.width().div_ceil(TILE) * grid.height().div_ceil(TILE)
        })
        .sum()
}

/// A plane on the card.
pub(super) struct Planes {
    pub(super) held: Held,
    texture: wgpu::Texture,
    pub(super) view: wgpu::TextureView,
    pub(super) places: Vec<Place>,
    /// Tiles still to be brought, with their layers; the coarsest level last.
    pending: Vec<(Tile, u32)>,
}

impl Planes {
    /// Makes room for a plane.
    pub(super) fn new(device: &wgpu::Device, plane: &Plane, pyramid: &Pyramid) -> Self {
        let mut places = Vec::new();
        let mut pending = Vec::new();
        let mut layer = 0;
        for level in 0..pyramid.levels() {
            let grid = pyramid.level(level);
            places.push(Place {
                first: layer,
                across: grid.width().div_ceil(TILE),
                width: grid.width(),
                height: grid.height(),
            });
            for tile in pyramid.tiles(level) {
                pending.push((tile, layer));
                layer += 1;
            }
        }
        let side = |longest: fn(&Place) -> u32| places.iter().map(longest).max().unwrap_or(1);
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("radiograph plane"),
            size: wgpu::Extent3d {
                width: side(|place| place.width).min(TILE),
                height: side(|place| place.height).min(TILE),
                depth_or_array_layers: layer.max(1),
            },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::R16Uint,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor {
            dimension: Some(wgpu::TextureViewDimension::D2Array),
            ..Default::default()
        });
        Self {
            held: Held::of(plane),
            texture,
            view,
            places,
            pending,
        }
    }

    /// Brings up to `most` tiles; returns how many it was.
    pub(super) fn bring(&mut self, queue: &wgpu::Queue, pyramid: &Pyramid, most: usize) -> usize {
        let count = most.min(self.pending.len());
        for (tile, layer) in self.pending.split_off(self.pending.len() - count) {
            let Some(samples) = pyramid.samples(&tile) else {
                continue;
            };
            queue.write_texture(
                wgpu::TexelCopyTextureInfo {
                    texture: &self.texture,
                    mip_level: 0,
                    origin: wgpu::Origin3d {
                        x: 0,
                        y: 0,
                        z: layer,
                    },
                    aspect: wgpu::TextureAspect::All,
                },
                bytemuck::cast_slice(samples.samples()),
                wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(2 * samples.width()),
                    rows_per_image: Some(samples.height()),
                },
                wgpu::Extent3d {
                    width: samples.width(),
                    height: samples.height(),
                    depth_or_array_layers: 1,
                },
            );
        }
        count
    }

    /// The finest level that is wholly there; `None` when not even the coarsest is.
    pub(super) fn finest(&self) -> Option<usize> {
        match self.pending.last() {
            None => Some(0),
            Some((tile, _)) => (tile.level + 1 < self.places.len()).then_some(tile.level + 1),
        }
    }
}
