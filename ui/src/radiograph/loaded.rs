//! An image made ready for drawing: planes with their halved copies and histograms.

use outpost_imaging::orientation::Orientation;
use outpost_imaging::{
    Air, DecodeError, Energy, Grid, Histogram, Image, Limits, Metadata, Photo, PhotoMetadata,
    Plane, Pyramid, Radiograph, decode, decode_raw,
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
    /// What the camera wrote about a photograph.
    pub camera: PhotoMetadata,
}

/// One plane with what drawing it takes.
#[derive(Debug)]
pub struct Layer {
    /// Its energy.
    pub energy: Energy,
    /// The plane and its halved copies.
    pub pyramid: Pyramid,
    /// How often each value occurs.
    pub histogram: Histogram,
    /// Counts of open air, see [`Air::counts`].
    pub air: f32,
}

/// Photographs of more pixels than this are refused: three planes of 16 bits would take too much memory.
const PHOTO_PIXELS: u64 = 1 << 26;

/// A file as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Of samples without a container, the description beside them.
    pub description: Option<Vec<u8>>,
}

impl From<Vec<u8>> for File {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            description: None,
        }
    }
}

impl File {
    /// Decodes it and makes it ready for drawing.
    ///
    /// # Errors
    /// As [`load_described`].
    pub fn load(&self) -> Result<Loaded, DecodeError> {
        load_described(&self.bytes, self.description.as_deref())
    }
}

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

/// The same for samples without a container, with the description beside them.
///
/// # Errors
/// As [`load`], and when description and samples do not agree.
pub fn load_described(bytes: &[u8], description: Option<&[u8]>) -> Result<Loaded, DecodeError> {
    let Some(description) = description else {
        return load(bytes);
    };
    match decode_raw(description, bytes, Limits::default())? {
        Image::Radiograph(radiograph) => Ok(from_radiograph(radiograph)),
        Image::Photo(photo) => from_photo(&photo),
    }
}

impl Layer {
    /// A plane with what drawing it takes.
    pub fn new(energy: Energy, grid: Grid) -> Self {
        let histogram = Histogram::of(&grid);
        Self {
            energy,
            air: Air::counts(&histogram),
            histogram,
            pyramid: Pyramid::new(grid),
        }
    }
}

impl Loaded {
    /// A radiograph of two energies of the same size, 16 bits.
    pub fn of_energies(high: Grid, low: Grid) -> Self {
        Self {
            width: high.width(),
            height: high.height(),
            layers: vec![Layer::new(Energy::High, high), Layer::new(Energy::Low, low)],
            photo: false,
            bits: 16,
            pitch_mm: None,
            metadata: Metadata::default(),
            camera: PhotoMetadata::default(),
        }
    }

    /// The same image turned or mirrored; a tenth of a second for a large one.
    pub fn oriented(&self, orientation: Orientation) -> Self {
        let (width, height) = orientation.view_size(self.width, self.height);
        let turned =
            |layer: &Layer| Layer::new(layer.energy, orientation.applied(layer.pyramid.base()));
        Self {
            width,
            height,
            layers: self.layers.iter().map(turned).collect(),
            photo: self.photo,
            bits: self.bits,
            pitch_mm: self.pitch_mm,
            metadata: self.metadata.clone(),
            camera: self.camera.clone(),
        }
    }

    /// The layers of the high and the low energy with their open air; `None` when there are not two.
    pub fn energies(&self) -> Option<(&Layer, &Layer, Air)> {
        let of = |energy| self.layers.iter().find(|layer| layer.energy == energy);
        let (high, low) = (of(Energy::High)?, of(Energy::Low)?);
        let air = Air {
            high: high.air,
            low: low.air,
        };
        Some((high, low, air))
    }
}

fn layer(plane: Plane) -> Layer {
    Layer::new(plane.energy, plane.grid)
}

/// A radiograph made ready for drawing.
pub fn from_radiograph(radiograph: Radiograph) -> Loaded {
    Loaded {
        width: radiograph.width,
        height: radiograph.height,
        layers: radiograph.planes.into_iter().map(layer).collect(),
        photo: false,
        bits: radiograph.bit_depth,
        pitch_mm: radiograph.pitch_mm,
        metadata: radiograph.metadata,
        camera: PhotoMetadata::default(),
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
            energy: Energy::Single,
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
        camera: photo.metadata.clone(),
    })
}
