//! Pseudo-colour: greys shown through a perceptual map, so that neighbouring shades are told apart.
//!
//! The maps are those of the `colorous` crate (Apache-2.0), which carries d3-scale-chromatic's
//! values (ISC): Inferno and Viridis by Smith and van der Walt (2015, CC0), Turbo by Mikhailov
//! (2019, Apache-2.0).

use serde::{Deserialize, Serialize};

/// A colour map from black to white.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColourMap {
    /// Black over red to yellow: lightness rises evenly, as on a hot metal.
    Inferno,
    /// Violet over green to yellow: lightness rises evenly, read alike by most colour-blind eyes.
    Viridis,
    /// The rainbow: the most steps told apart, lightness does not rise evenly.
    Turbo,
}

impl ColourMap {
    /// Every map in the order in which a key goes through them.
    pub const ALL: [Self; 3] = [Self::Inferno, Self::Viridis, Self::Turbo];

    /// Red, green and blue of each grey, 0 (black) to 255 (white).
    pub fn table(self) -> [[u8; 3]; 256] {
        let gradient = match self {
            Self::Inferno => colorous::INFERNO,
            Self::Viridis => colorous::VIRIDIS,
            Self::Turbo => colorous::TURBO,
        };
        std::array::from_fn(|grey| gradient.eval_rational(grey, 256).as_array())
    }
}

/// Paints greys through a table of [`ColourMap::table`] into RGBA, opaque; what goes beyond the
/// shorter of both is left alone.
pub fn paint(grey: &[u8], table: &[[u8; 3]; 256], target: &mut [u8]) {
    let (pixels, _) = target.as_chunks_mut::<4>();
    for (pixel, grey) in pixels.iter_mut().zip(grey) {
        let [r, g, b] = table[usize::from(*grey)];
        *pixel = [r, g, b, 255];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lightness L* of CIELAB (CIE 15:2004) under sRGB's white, 0 to 100.
    fn lightness([r, g, b]: [u8; 3]) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        let y = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
        if y > 0.008_856 {
            116.0 * y.cbrt() - 16.0
        } else {
            903.3 * y
        }
    }

    /// Entries 0, 128 and 255 of matplotlib 3.10's `inferno` and `viridis`, rounded to 8 bits; two
    /// counts of tolerance for the rounding in between.
    #[test]
    fn the_maps_are_those_that_were_published() {
        let published = [
            (
                ColourMap::Inferno,
                [[0, 0, 4], [188, 55, 84], [252, 255, 164]],
            ),
            (
                ColourMap::Viridis,
                [[68, 1, 84], [33, 145, 140], [253, 231, 37]],
            ),
        ];
        for (map, wanted) in published {
            let table = map.table();
            for (at, wanted) in [0, 128, 255].into_iter().zip(wanted) {
                for (made, wanted) in table[at].iter().zip(wanted) {
                    assert!(made.abs_diff(wanted) <= 2, "{map:?} {at}: {:?}", table[at]);
                }
            }
        }
    }

    #[test]
    fn lightness_rises_with_the_grey_where_the_map_says_so() {
        for map in [ColourMap::Inferno, ColourMap::Viridis] {
            let table = map.table();
            for grey in 8..256 {
                let step = lightness(table[grey]) - lightness(table[grey - 8]);
                assert!(step > 0.5, "{map:?} at {grey}: {step}");
            }
        }
    }

    #[test]
    fn every_grey_is_told_from_the_one_sixteen_above_it() {
        for map in ColourMap::ALL {
            let table = map.table();
            for (dark, bright) in table.iter().zip(&table[16..]) {
                let apart: u16 = dark
                    .iter()
                    .zip(bright)
                    .map(|(a, b)| u16::from(a.abs_diff(*b)))
                    .sum();
                assert!(apart > 12, "{map:?}: {dark:?} {bright:?}");
            }
        }
    }

    #[test]
    fn paint_goes_as_far_as_the_shorter_buffer() {
        let mut picture = [9u8; 10];
        paint(&[255, 0, 7], &ColourMap::Viridis.table(), &mut picture);
        assert_eq!(picture[3], 255);
        assert_eq!(picture[4..7], ColourMap::Viridis.table()[0]);
        assert_eq!(picture[8..], [9, 9]);
    }
}
