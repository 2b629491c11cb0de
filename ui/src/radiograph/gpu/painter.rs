//! What lies on the card, and one draw call a frame.

use bytemuck::{Pod, Zeroable};
use eframe::egui_wgpu::{CallbackResources, CallbackTrait, ScreenDescriptor};
use egui::Context;
use outpost_imaging::material::{Paint, blocked_colour};
use outpost_imaging::render::{Plan, Tap};
use outpost_imaging::{Colour, ColourMap, Tone};

use super::WIDEST;
use super::planes::{Planes, TILES_A_FRAME};
use super::scene::{Plane, Scene};

/// The shader's `Params`.
#[repr(C)]
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
struct Params {
    origin: [i32; 2],
    size: [u32; 2],
    level: [u32; 4],
    steps: u32,
    blocked: u32,
    air: f32,
    pad: u32,
    blocked_colour: [f32; 4],
}

/// The bit of `Params::steps` for a framebuffer that wants linear light.
const LINEAR: u32 = 8;

/// Steps of a ratio, as [`Paint::tints`] gives them.
const TINTS: u32 = 1024;

/// A texture with its view.
struct Table {
    texture: wgpu::Texture,
    view: wgpu::TextureView,
}

/// The painter of one window.
pub struct Painter {
    pipeline: wgpu::RenderPipeline,
    params: wgpu::Buffer,
    planes: Vec<Planes>,
    nothing: wgpu::TextureView,
    columns: Table,
    rows: Table,
    greys: Table,
    map: Table,
    certain: Table,
    tints: Table,
    /// What the tables hold, so that they are written when they change and not every frame.
    written: (Option<Tone>, Option<ColourMap>, Option<Paint>),
    bound: Option<wgpu::BindGroup>,
    linear: bool,
}

impl Painter {
    /// For windows of this format.
    pub fn new(device: &wgpu::Device, format: wgpu::TextureFormat) -> Self {
        let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some("radiograph"),
            source: wgpu::ShaderSource::Wgsl(include_str!("shader.wgsl").into()),
        });
        let pipeline = device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
            label: Some("radiograph"),
            layout: None,
            vertex: wgpu::VertexState {
                module: &module,
                entry_point: Some("vertex"),
                compilation_options: wgpu::PipelineCompilationOptions::default(),
                buffers: &[],
            },
            primitive: wgpu::PrimitiveState::default(),
            depth_stencil: None,
            multisample: wgpu::MultisampleState::default(),
            fragment: Some(wgpu::FragmentState {
                module: &module,
                entry_point: Some("fragment"),
                compilation_options: wgpu::PipelineCompilationOptions::default(),
                targets: &[Some(format.into())],
            }),
            multiview_mask: None,
            cache: None,
        });
        let params = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("radiograph"),
            size: size_of::<Params>() as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let table = |width, height, format| Table::new(device, [width, height, 1], format);
        let nothing = Table::new(device, [1, 1, 1], wgpu::TextureFormat::R16Uint);
        Self {
            pipeline,
            params,
            planes: Vec::new(),
            nothing: nothing.texture.create_view(&wgpu::TextureViewDescriptor {
                dimension: Some(wgpu::TextureViewDimension::D2Array),
                ..Default::default()
            }),
            columns: table(WIDEST, 1, wgpu::TextureFormat::Rgba32Uint),
            rows: table(WIDEST, 1, wgpu::TextureFormat::Rgba32Uint),
            greys: table(256, 256, wgpu::TextureFormat::R8Uint),
            map: table(256, 1, wgpu::TextureFormat::Rgba8Uint),
            certain: table(256, 256, wgpu::TextureFormat::R8Uint),
            tints: table(TINTS, 1, wgpu::TextureFormat::Rgba32Float),
            written: (None, None, None),
            bound: None,
            linear: format.is_srgb(),
        }
    }

    /// Brings to the card what the scene needs and is not there yet; `true` when more is to come, and another frame
    /// is wanted.
    pub fn prepare(&mut self, device: &wgpu::Device, queue: &wgpu::Queue, scene: &Scene) -> bool {
        self.bound = None;
        let mut wanted = vec![scene.shown.clone()];
        if let Some((high, materials)) = &scene.materials {
            wanted.push(high.clone());
            wanted.push(Plane::Ratios(materials.clone()));
        }
        self.planes.retain(|planes| planes.held.lives());
        let mut left = TILES_A_FRAME;
        let mut finest = Some(0);
        for plane in &wanted {
            let Some(pyramid) = plane.pyramid() else {
                return false;
            };
            let at = self.planes.iter().position(|p| p.held.is(plane));
            let at = at.unwrap_or_else(|| {
                self.planes.push(Planes::new(device, plane, pyramid));
                self.planes.len() - 1
            });
            if let Some(planes) = self.planes.get_mut(at) {
                left -= planes.bring(queue, pyramid, left);
                finest = finest.zip(planes.finest()).map(|(all, own)| all.max(own));
            }
        }
        let Some((finest, pyramid)) = finest.zip(scene.shown.pyramid()) else {
            return true;
        };
        let level = pyramid.level_for(scene.view.scale);
        let Some(plan) = Plan::from(pyramid, &scene.view, level.max(finest)) else {
            return false;
        };
        self.write(queue, scene, &plan);
        self.bind(device, &wanted);
        finest > 0
    }

    /// How many planes lie on the card.
    #[cfg(test)]
    pub(super) fn planes(&self) -> usize {
        self.planes.len()
    }

    fn write(&mut self, queue: &wgpu::Queue, scene: &Scene, plan: &Plan) {
        self.columns.write(queue, &texels(&plan.columns), 16);
        self.rows.write(queue, &texels(&plan.rows), 16);
        if self.written.0 != Some(scene.tone) {
            self.greys.write(queue, scene.tone.lut().as_slice(), 1);
            self.written.0 = Some(scene.tone);
        }
        if let Colour::Map(map) = scene.look.colour
            && self.written.1 != Some(map)
        {
            let table: Vec<[u8; 4]> = map
                .table()
                .iter()
                .map(|[r, g, b]| [*r, *g, *b, 255])
                .collect();
            self.map.write(queue, &table, 4);
            self.written.1 = Some(map);
        }
        let air = scene.air();
        let mut blocked = 0;
        if let Some((_, materials)) = &scene.materials {
            let paint = Paint {
                colours: scene.look.colour == Colour::Material,
                only: scene.look.only,
                air,
            };
            if self.written.2 != Some(paint) {
                self.tints.write(queue, &paint.tints(), 16);
                self.written.2 = Some(paint);
            }
            self.certain.write(queue, materials.certain(), 1);
            blocked = u32::from(materials.blocked());
        }
        let held = self.planes.iter().find(|p| p.held.is(&scene.shown));
        let Some(place) = held.and_then(|p| p.places.get(plan.level)) else {
            return;
        };
        let params = Params {
            origin: scene.origin,
            size: [plan.columns.len() as u32, plan.rows.len() as u32],
            level: [place.first, place.across, place.width, place.height],
            steps: scene.steps() | if self.linear { LINEAR } else { 0 },
            blocked,
            air: f32::from(air),
            pad: 0,
            blocked_colour: blocked_colour(air).map(f32::from),
        };
        queue.write_buffer(&self.params, 0, bytemuck::bytes_of(&params));
    }

    fn bind(&mut self, device: &wgpu::Device, wanted: &[Plane]) {
        let plane = |at: usize| {
            let wanted = wanted.get(at);
            let held = wanted.and_then(|plane| self.planes.iter().find(|p| p.held.is(plane)));
            held.map_or(&self.nothing, |planes| &planes.view)
        };
        let views = [
            plane(0),
            plane(1),
            plane(2),
            &self.columns.view,
            &self.rows.view,
            &self.greys.view,
            &self.map.view,
            &self.certain.view,
            &self.tints.view,
        ];
        let mut entries = vec![wgpu::BindGroupEntry {
            binding: 0,
            resource: self.params.as_entire_binding(),
        }];
        for (at, view) in (1..).zip(views) {
            entries.push(wgpu::BindGroupEntry {
                binding: at,
                resource: wgpu::BindingResource::TextureView(view),
            });
        }
        self.bound = Some(device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("radiograph"),
            layout: &self.pipeline.get_bind_group_layout(0),
            entries: &entries,
        }));
    }

    /// Draws what was prepared; nothing before the coarsest level is there.
    pub fn paint(&self, pass: &mut wgpu::RenderPass<'static>) {
        if let Some(bound) = &self.bound {
            pass.set_pipeline(&self.pipeline);
            pass.set_bind_group(0, bound, &[]);
            pass.draw(0..3, 0..1);
        }
    }
}

impl Table {
    fn new(device: &wgpu::Device, size: [u32; 3], format: wgpu::TextureFormat) -> Self {
        let [width, height, depth_or_array_layers] = size;
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("radiograph table"),
            size: wgpu::Extent3d {
                width,
                height,
                depth_or_array_layers,
            },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        Self { texture, view }
    }

    /// Writes texels of `bytes` each from the beginning on, as far as there is room.
    fn write<T: Pod>(&self, queue: &wgpu::Queue, texels: &[T], bytes: u32) {
        let data: &[u8] = bytemuck::cast_slice(texels);
        let count = data.len() as u32 / bytes;
        let width = count.min(self.texture.width());
        let rows = (count / width.max(1)).min(self.texture.height());
        if width == 0 {
            return;
        }
        queue.write_texture(
            self.texture.as_image_copy(),
            data,
            wgpu::TexelCopyBufferLayout {
                offset: 0,
                bytes_per_row: Some(width * bytes),
                rows_per_image: Some(rows),
            },
            wgpu::Extent3d {
                width,
                height: rows,
                depth_or_array_layers: 1,
            },
        );
    }
}

/// Taps as the shader reads them: the first sample, two weights each in the lower and the upper half, whether inside.
fn texels(taps: &[Tap]) -> Vec<[u32; 4]> {
    let pair = |low: u16, high: u16| u32::from(low) | u32::from(high) << 16;
    taps.iter()
        .map(|tap| {
            let [a, b, c, d] = tap.weights;
            [tap.first, pair(a, b), pair(c, d), u32::from(tap.inside)]
        })
        .collect()
}

/// A scene within egui's own drawing.
pub(super) struct Callback {
    pub(super) scene: Scene,
    pub(super) format: wgpu::TextureFormat,
    pub(super) ctx: Context,
}

impl CallbackTrait for Callback {
    fn prepare(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        _screen: &ScreenDescriptor,
        _encoder: &mut wgpu::CommandEncoder,
        resources: &mut CallbackResources,
    ) -> Vec<wgpu::CommandBuffer> {
        let painter = resources
            .entry::<Painter>()
            .or_insert_with(|| Painter::new(device, self.format));
        if painter.prepare(device, queue, &self.scene) {
            self.ctx.request_repaint();
        }
        Vec::new()
    }

    fn paint(
        &self,
        _info: egui::PaintCallbackInfo,
        pass: &mut wgpu::RenderPass<'static>,
        resources: &CallbackResources,
    ) {
        if let Some(painter) = resources.get::<Painter>() {
            painter.paint(pass);
        }
    }
}
