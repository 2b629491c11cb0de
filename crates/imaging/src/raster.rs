//! Rasters: what a decoded image is. Plain values, cheap to clone (samples are shared).

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A rectangle in pixel coordinates, `x` to the right, `y` down, from the upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rect {
    /// Left edge, pixels.
    pub x: u32,
    /// Upper edge, pixels.
    pub y: u32,
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
}

impl Rect {
    /// A rectangle from its upper left corner and its size, all in pixels.
    pub const fn new(x: u32, y: u32, width: u32, height: u32) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    /// The part of this rectangle inside an image of `width` × `height` pixels; `None` if nothing is.
    pub fn clipped(self, width: u32, height: u32) -> Option<Self> {
        let right = self.x.saturating_add(self.width).min(width);
        let bottom = self.y.saturating_add(self.height).min(height);
        (self.x < right && self.y < bottom)
            .then(|| Self::new(self.x, self.y, right - self.x, bottom - self.y))
    }

    /// Number of pixels inside.
    pub const fn area(self) -> u64 {
        self.width as u64 * self.height as u64
    }
}

/// Why a [`Grid`] could not be built.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum GridError {
    /// A grid needs at least one pixel.
    #[error("an image of {width} × {height} pixels has no pixel")]
    Empty {
        /// Width that was given.
        width: u32,
        /// Height that was given.
        height: u32,
    },
    /// Size and number of samples contradict each other.
    #[error("{width} × {height} pixels need {needed} samples, {found} were given")]
    WrongLength {
        /// Width that was given.
        width: u32,
        /// Height that was given.
        height: u32,
        /// Samples that size needs.
        needed: u64,
        /// Samples that were given.
        found: usize,
    },
}

/// One rectangular grid of 16-bit samples, row by row from the upper left. Never empty.
#[derive(Clone, PartialEq, Eq)]
pub struct Grid {
    width: u32,
    height: u32,
    /// A vector behind the count, not a shared slice: what was decoded is taken over without a copy.
    samples: Arc<Vec<u16>>,
}

impl Grid {
    /// Takes samples over, row by row; their number must be `width * height` and not zero.
    pub fn new(width: u32, height: u32, samples: Vec<u16>) -> Result<Self, GridError> {
        let needed = u64::from(width) * u64::from(height);
        if needed == 0 {
            return Err(GridError::Empty { width, height });
        }
        if needed != samples.len() as u64 {
            return Err(GridError::WrongLength {
                width,
                height,
                needed,
                found: samples.len(),
            });
        }
        Ok(Self {
            width,
            height,
            samples: Arc::new(samples),
        })
    }

    /// Width in pixels, at least 1.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels, at least 1.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The whole grid as a rectangle.
    pub fn rect(&self) -> Rect {
        Rect::new(0, 0, self.width, self.height)
    }

    /// All samples, row by row.
    pub fn samples(&self) -> &[u16] {
        &self.samples
    }

    /// One row of samples; `None` below the image.
    pub fn row(&self, y: u32) -> Option<&[u16]> {
        let width = self.width as usize;
        let start = width.checked_mul(y as usize)?;
        self.samples.get(start..start + width)
    }

    /// One sample; `None` outside the image.
    pub fn get(&self, x: u32, y: u32) -> Option<u16> {
        self.row(y)?.get(x as usize).copied()
    }

    /// A copy of the part of `rect` that lies inside; `None` if nothing does.
    pub fn crop(&self, rect: Rect) -> Option<Self> {
        let rect = rect.clipped(self.width, self.height)?;
        let mut samples = Vec::with_capacity(rect.area() as usize);
        for y in rect.y..rect.y + rect.height {
            let row = self.row(y)?;
            samples.extend_from_slice(&row[rect.x as usize..(rect.x + rect.width) as usize]);
        }
        Self::new(rect.width, rect.height, samples).ok()
    }
}

impl fmt::Debug for Grid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Grid({} × {})", self.width, self.height)
    }
}

/// Which beam made a plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Energy {
    /// The scanner has one energy.
    Single,
    /// The high energy of a dual-energy scanner.
    High,
    /// The low energy of a dual-energy scanner.
    Low,
}

/// What a large sample meant in the file. Decoded planes always hold transmission.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// Large means much came through; air is bright.
    #[default]
    Transmission,
    /// Large means much was held back; the samples were turned when decoded.
    Attenuation,
}

/// One energy of a radiograph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plane {
    /// Which beam made it.
    pub energy: Energy,
    /// The samples, transmission, 0 to 65535.
    pub grid: Grid,
}

/// What the file says about itself. Free text from strangers: show it, do not trust it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Maker and model of the scanner.
    pub scanner: Option<String>,
    /// Where it stands (`site=` of the description).
    pub site: Option<String>,
    /// When it was taken, as written in the file.
    pub taken: Option<String>,
    /// The program that wrote the file.
    pub software: Option<String>,
    /// The beam's energies as written (`energies=` of the description), e.g. `L 1.5 / H 3 MeV`.
    pub energies: Option<String>,
    /// The description as found.
    pub description: Option<String>,
    /// Number of the container or vehicle that the scanner read, as written.
    pub unit: Option<String>,
    /// Photometric interpretation of a DICOM file, as written.
    pub photometric: Option<String>,
    /// How a DICOM file packs its pixels: the name of its transfer syntax.
    pub transfer_syntax: Option<String>,
    /// What was left out; `None` when everything is shown.
    pub frames: Option<Frames>,
}

/// How many frames of a file are shown, when not all are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frames {
    /// Frames that are shown, from the first.
    pub shown: u32,
    /// Frames the file claims to have.
    pub total: u32,
}

/// A decoded X-ray image: one plane per energy, all of one size.
#[derive(Clone, Debug, PartialEq)]
pub struct Radiograph {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// One or two planes of that size; the first is shown by default (high before low).
    pub planes: Vec<Plane>,
    /// Bits that meant something in a sample of the file, 1 to 16. Fewer than 16 were stretched to 16.
    pub bit_depth: u8,
    /// Size of a pixel in the object plane, millimetres, if the file says so credibly.
    pub pitch_mm: Option<f32>,
    /// How the file stored it.
    pub polarity: Polarity,
    /// What the file says about itself.
    pub metadata: Metadata,
}

impl Radiograph {
    /// The plane shown by default: the only one, or the high energy.
    pub fn main(&self) -> Option<&Plane> {
        self.planes.first()
    }

    /// The plane of one energy.
    pub fn plane(&self, energy: Energy) -> Option<&Plane> {
        self.planes.iter().find(|plane| plane.energy == energy)
    }

    /// High and low plane, if it is a dual-energy image.
    pub fn dual(&self) -> Option<(&Plane, &Plane)> {
        Some((self.plane(Energy::High)?, self.plane(Energy::Low)?))
    }
}

/// Where a photograph was taken, by its own word (WGS 84 as a rule; EXIF 2.32, 4.6.6).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Degrees, north positive, −90 to 90.
    pub latitude: f64,
    /// Degrees, east positive, −180 to 180.
    pub longitude: f64,
}

/// What a camera wrote about a photograph. Show it, do not trust it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PhotoMetadata {
    /// When it was taken, as written, with the offset from UTC if the camera knew it.
    pub taken: Option<String>,
    /// Maker and model of the camera.
    pub camera: Option<String>,
    /// Where it was taken.
    pub place: Option<Place>,
    /// How the camera was held, as EXIF counts it, 1 to 8; 1 is upright. It was applied to what is shown.
    pub turned: Option<u8>,
}

/// A photograph or scanned paper, upright (EXIF orientation applied), RGBA, 8 bits, not premultiplied.
#[derive(Clone, PartialEq)]
pub struct Photo {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// `width * height * 4` bytes, row by row.
    pub rgba: Arc<[u8]>,
    /// What the camera wrote.
    pub metadata: PhotoMetadata,
}

impl fmt::Debug for Photo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Photo({} × {})", self.width, self.height)
    }
}

/// What [`crate::decode()`] found in the bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Image {
    /// An X-ray image.
    Radiograph(Radiograph),
    /// A photograph.
    Photo(Photo),
}

impl Image {
    /// Width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        match self {
            Self::Radiograph(radiograph) => (radiograph.width, radiograph.height),
            Self::Photo(photo) => (photo.width, photo.height),
        }
    }
}

/// Samples without any order, to test with; the same for the same seed.
#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) fn scattered(width: u32, height: u32, seed: u32) -> Grid {
    let mix = |at: u32| (at.wrapping_mul(2_654_435_761).wrapping_add(seed) >> 13) as u16;
    let samples: Vec<u16> = (0..width * height).map(mix).collect();
    Grid::new(width, height, samples).unwrap()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_grid_refuses_a_wrong_number_of_samples() {
        let error = Grid::new(3, 2, vec![0u16; 5]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "3 × 2 pixels need 6 samples, 5 were given"
        );
        assert!(Grid::new(0, 2, vec![]).is_err());
        assert!(Grid::new(u32::MAX, u32::MAX, vec![0u16]).is_err());
    }

    #[test]
    fn a_rectangle_is_clipped_to_the_image_without_overflow() {
        assert_eq!(
            Rect::new(8, 8, 10, 10).clipped(10, 9),
            Some(Rect::new(8, 8, 2, 1))
        );
        assert_eq!(Rect::new(10, 0, 1, 1).clipped(10, 9), None);
        assert_eq!(
            Rect::new(1, 1, u32::MAX, u32::MAX).clipped(4, 4),
            Some(Rect::new(1, 1, 3, 3))
        );
    }

    #[test]
    fn a_crop_holds_the_same_samples() {
        let grid = Grid::new(4, 3, (0..12).collect::<Vec<u16>>()).unwrap();
        let crop = grid.crop(Rect::new(1, 1, 2, 9)).unwrap();
        assert_eq!((crop.width(), crop.height()), (2, 2));
        assert_eq!(crop.samples(), [5, 6, 9, 10]);
        assert_eq!(grid.get(3, 2), Some(11));
        assert_eq!(grid.get(4, 2), None);
    }
}
