//! The thread that decodes and renders. It always works on the latest wish; older ones are forgotten.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use egui::{Color32, ColorImage, Context};
use outpost_imaging::{
    DecodeError, Grid, Histogram, Image, Limits, Metadata, Photo, Plane, Pyramid, Radiograph, Tone,
    View, decode, pyramid, render,
};

/// An image made ready for drawing. Cheap to share.
#[derive(Debug)]
pub struct Loaded {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// One layer per energy; three for red, green and blue of a photograph.
    pub layers: Vec<Layer>,
    /// Whether it is a photograph and not an X-ray image.
    pub photo: bool,
    /// Bits a sample had in the file.
    pub bits: u8,
    /// Size of a pixel at the unit, millimetres, when the file says so.
    pub pitch_mm: Option<f32>,
    /// What the file says about itself.
    pub metadata: Metadata,
}

/// One plane with what drawing it takes.
#[derive(Debug)]
pub struct Layer {
    /// Its energy.
    pub energy: outpost_imaging::Energy,
    /// The plane and its halved copies.
    pub pyramid: Pyramid,
    /// How often each value occurs.
    pub histogram: Histogram,
}

/// What a picture shows; two equal wishes give the same picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    /// Part of the image and size of the picture.
    pub view: View,
    /// Window, transfer, negative.
    pub tone: Tone,
    /// Which layer, for radiographs.
    pub layer: usize,
}

/// A picture with the wish it fulfils.
#[derive(Debug)]
pub struct Picture {
    /// What was wished.
    pub wish: Wish,
    /// The pixels.
    pub image: ColorImage,
}

/// What the thread has done.
#[derive(Debug)]
pub enum Made {
    /// An image is decoded, or could not be.
    Loaded(Result<Arc<Loaded>, DecodeError>),
    /// The view is drawn.
    View(Picture),
    /// The overview is drawn.
    Overview(Picture),
}

/// What waits for the thread; each place holds the latest only.
#[derive(Debug, Default)]
struct Slot {
    bytes: Option<Vec<u8>>,
    view: Option<(Arc<Loaded>, Wish)>,
    overview: Option<(Arc<Loaded>, Wish)>,
    closed: bool,
}

#[derive(Debug, Default)]
struct Shared {
    slot: Mutex<Slot>,
    filled: Condvar,
}

impl Shared {
    fn slot(&self) -> MutexGuard<'_, Slot> {
        // The slot holds plain values: whatever panicked while holding it left it whole.
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The window's end of the thread; the thread ends when this is dropped.
#[derive(Debug)]
pub struct Engine {
    shared: Arc<Shared>,
    made: Receiver<Made>,
}

enum Work {
    Decode(Vec<u8>),
    View(Arc<Loaded>, Wish),
    Overview(Arc<Loaded>, Wish),
}

impl Engine {
    /// Starts the thread; it wakes the window through `ctx` when something is done.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(ctx: &Context) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let (sender, made) = channel();
        let (theirs, ctx) = (Arc::clone(&shared), ctx.clone());
        std::thread::Builder::new()
            .name("radiograph".to_owned())
            .spawn(move || run(&theirs, &sender, &ctx))?;
        Ok(Self { shared, made })
    }

    /// Decodes a file; what waited for an image before is forgotten.
    pub fn decode(&self, bytes: Vec<u8>) {
        let mut slot = self.shared.slot();
        *slot = Slot {
            bytes: Some(bytes),
            ..Slot::default()
        };
        self.shared.filled.notify_one();
    }

    /// Wishes a picture of the view.
    pub fn view(&self, loaded: &Arc<Loaded>, wish: Wish) {
        self.shared.slot().view = Some((Arc::clone(loaded), wish));
        self.shared.filled.notify_one();
    }

    /// Wishes a picture of the whole image.
    pub fn overview(&self, loaded: &Arc<Loaded>, wish: Wish) {
        self.shared.slot().overview = Some((Arc::clone(loaded), wish));
        self.shared.filled.notify_one();
    }

    /// What was done since.
    pub fn made(&self) -> impl Iterator<Item = Made> + '_ {
        self.made.try_iter()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.shared.slot().closed = true;
        self.shared.filled.notify_one();
    }
}

fn run(shared: &Shared, sender: &Sender<Made>, ctx: &Context) {
    while let Some(work) = next(shared) {
        let made = match work {
            Work::Decode(bytes) => Made::Loaded(load(&bytes).map(Arc::new)),
            Work::View(loaded, wish) => Made::View(draw(&loaded, wish)),
            Work::Overview(loaded, wish) => Made::Overview(draw(&loaded, wish)),
        };
        if sender.send(made).is_err() {
            return;
        }
        ctx.request_repaint();
    }
}

/// Waits for work: a file first, then the view, then the overview; `None` when the window is gone.
fn next(shared: &Shared) -> Option<Work> {
    let mut slot = shared.slot();
    loop {
        if slot.closed {
            return None;
        }
        if let Some(bytes) = slot.bytes.take() {
            return Some(Work::Decode(bytes));
        }
        if let Some((loaded, wish)) = slot.view.take() {
            return Some(Work::View(loaded, wish));
        }
        if let Some((loaded, wish)) = slot.overview.take() {
            return Some(Work::Overview(loaded, wish));
        }
        slot = shared
            .filled
            .wait(slot)
            .unwrap_or_else(PoisonError::into_inner);
    }
}

/// Photographs of more pixels than this are refused: three planes of 16 bits would take too much memory.
const PHOTO_PIXELS: u64 = 1 << 26;

/// Decodes a file and makes it ready for drawing.
///
/// # Errors
/// The bytes are no image that can be shown; the error says which value was wrong.
pub fn load(bytes: &[u8]) -> Result<Loaded, DecodeError> {
    match decode(bytes, Limits::default())? {
        Image::Radiograph(radiograph) => Ok(from_radiograph(radiograph)),
        Image::Photo(photo) => from_photo(&photo),
    }
}

fn layer(plane: Plane) -> Layer {
    Layer {
        energy: plane.energy,
        histogram: Histogram::of(&plane.grid),
        pyramid: Pyramid::new(plane.grid),
    }
}

fn from_radiograph(radiograph: Radiograph) -> Loaded {
    Loaded {
        width: radiograph.width,
        height: radiograph.height,
        layers: radiograph.planes.into_iter().map(layer).collect(),
        photo: false,
        bits: radiograph.bit_depth,
        pitch_mm: radiograph.pitch_mm,
        metadata: radiograph.metadata,
    }
}

/// A photograph as three planes, so that it is drawn by the same means.
fn from_photo(photo: &Photo) -> Result<Loaded, DecodeError> {
    let (width, height) = (photo.width, photo.height);
    let pixels = u64::from(width) * u64::from(height);
    if pixels > PHOTO_PIXELS {
        return Err(DecodeError::TooLarge {
            width,
            height,
            pixels,
            limit: PHOTO_PIXELS,
        });
    }
    let channel = |at: usize| {
        let samples: Vec<u16> = photo
            .rgba
            .iter()
            .skip(at)
            .step_by(4)
            .map(|v| u16::from(*v) * 257)
            .collect();
        Grid::new(width, height, samples)
    };
    let mut layers = Vec::new();
    for at in 0..3 {
        let grid = channel(at).map_err(|error| DecodeError::Damaged {
            what: error.to_string(),
        })?;
        layers.push(layer(Plane {
            energy: outpost_imaging::Energy::Single,
            grid,
        }));
    }
    Ok(Loaded {
        width,
        height,
        layers,
        photo: true,
        bits: 8,
        pitch_mm: None,
        metadata: Metadata::default(),
    })
}

/// Grey of what lies outside the image: the stage behind it shows through in the window's own colour.
const OUTSIDE: u8 = 0;

/// Draws what is wished.
pub fn draw(loaded: &Loaded, wish: Wish) -> Picture {
    let size = [wish.view.width as usize, wish.view.height as usize];
    let lut = wish.tone.lut();
    let plane = |layer: &Layer| {
        let mut grey = vec![OUTSIDE; size[0] * size[1]];
        render::grey(&layer.pyramid, &wish.view, &lut, OUTSIDE, &mut grey);
        grey
    };
    let image = match loaded.layers.as_slice() {
        [red, green, blue] if loaded.photo => {
            let (red, green, blue) = (plane(red), plane(green), plane(blue));
            let pixels = red
                .iter()
                .zip(&green)
                .zip(&blue)
                .map(|((r, g), b)| Color32::from_rgb(*r, *g, *b))
                .collect();
            ColorImage::new(size, pixels)
        }
        layers => match layers.get(wish.layer).or_else(|| layers.first()) {
            Some(layer) => ColorImage::from_gray(size, &plane(layer)),
            None => ColorImage::filled(size, Color32::BLACK),
        },
    };
    Picture { wish, image }
}

/// The most pixels on a side of the overview.
const OVERVIEW: u32 = 640;

/// The wish for the whole image, small: drawn under the view while that is being made, and in the map.
pub fn overview_wish(loaded: &Loaded, tone: Tone, layer: usize) -> Wish {
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
    }
}

/// Side of a tile: what every graphics adapter takes.
pub const LARGEST_TEXTURE: u32 = 2 * pyramid::TILE;
