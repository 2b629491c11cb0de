//! Shadows of things that are smuggled, alone in the beam: what practice projects into clean scans.

use super::beam;
use super::conceal::{self, Spot};
use super::drawing::{Drawing, Frame};
use super::luck::Luck;
use super::materials::Material;

/// What casts the shadow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threat {
    /// Wrapped bricks of powder.
    Bricks,
    /// Rifles, nose to tail.
    LongArms,
    /// Pistols.
    Handguns,
    /// Master cases of cigarettes.
    Cigarettes,
    /// Bundles of banknotes.
    Banknotes,
    /// A source in a pot of lead.
    ShieldedSource,
}

impl Threat {
    /// Each with the name of its file.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Bricks, "bricks"),
        (Self::LongArms, "long-arms"),
        (Self::Handguns, "handguns"),
        (Self::Cigarettes, "cigarettes"),
        (Self::Banknotes, "banknotes"),
        (Self::ShieldedSource, "shielded-source"),
    ];

    /// Length, height and depth, mm.
    const fn size(self) -> [f32; 3] {
        match self {
            Self::Bricks => [640.0, 368.0, 420.0],
            Self::LongArms => [1_120.0, 420.0, 460.0],
            Self::Handguns => [520.0, 330.0, 160.0],
            Self::Cigarettes => [1_140.0, 600.0, 800.0],
            Self::Banknotes => [640.0, 300.0, 480.0],
            Self::ShieldedSource => [260.0, 330.0, 240.0],
        }
    }
}

/// What lets how much of the beam through: 65535 is all.
#[derive(Debug, Clone, PartialEq)]
pub struct Shadow {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// At the high energy, row by row.
    pub high: Vec<u16>,
    /// At the low energy, row by row.
    pub low: Vec<u16>,
}

/// Air around it, pixels: the detectors spread an edge so far.
const MARGIN: f32 = 4.0;
/// Height at which the beam is level, mm.
const LEVEL: f32 = 1_250.0;

/// The shadow of a threat on detectors of this size at the unit, millimetres.
pub fn shadow(threat: Threat, pitch_mm: f32, seed: u64) -> Shadow {
    let [long, high, deep] = threat.size();
    let around = MARGIN * pitch_mm;
    let frame = Frame {
        left: -around,
        top: LEVEL + high / 2.0 + around,
        pitch: pitch_mm,
        width: ((long + 2.0 * around) / pitch_mm).ceil() as usize,
        height: ((high + 2.0 * around) / pitch_mm).ceil() as usize,
    };
    let spot = Spot {
        x: [0.0, long],
        y: [LEVEL - high / 2.0, LEVEL + high / 2.0],
        z: [-deep / 2.0, deep / 2.0],
    };
    let mut drawing = Drawing::new(frame);
    let mut luck = Luck::new(seed);
    draw(&mut drawing, threat, &spot, &mut luck);
    let (high, low) = beam::shadow(&drawing, seed);
    Shadow {
        width: frame.width as u32,
        height: frame.height as u32,
        high,
        low,
    }
}

fn draw(drawing: &mut Drawing, threat: Threat, spot: &Spot, luck: &mut Luck) {
    match threat {
        Threat::Bricks => conceal::bundles(drawing, spot, [128.0, 92.0], 1.25, luck),
        Threat::Banknotes => conceal::bundles(drawing, spot, [160.0, 75.0], 0.82, luck),
        Threat::LongArms => {
            // Magazines hang below the spot of the arms, barrels stand above it.
            let low = spot.y[0] + 160.0;
            let arms = Spot {
                y: [low, spot.y[1]],
                ..*spot
            };
            conceal::long_arms(drawing, &arms, luck);
        }
        Threat::Handguns => handguns(drawing, spot, luck),
        Threat::Cigarettes => cigarettes(drawing, spot, luck),
        Threat::ShieldedSource => shielded_source(drawing, spot),
    }
}

/// Two rows of pistols in foam, each a slide with its barrel over a frame, a grip and a magazine.
fn handguns(drawing: &mut Drawing, spot: &Spot, luck: &mut Luck) {
    let steel = Material::Steel.pen();
    for row in 0..2u8 {
        for column in 0..2u8 {
            let left = spot.x[0] + 20.0 + f32::from(column) * 250.0 + luck.around(8.0);
            let top = spot.y[1] - 25.0 - f32::from(row) * 160.0 + luck.around(5.0);
            let z = if row == 0 { -40.0 } else { 40.0 };
            drawing.block(
                steel.share(0.8),
                [left, left + 186.0],
                [top - 26.0, top],
                [z - 13.0, z + 13.0],
            );
            drawing.lying(steel, [left, left + 110.0], top - 13.0, z, 8.0, 4.5);
            drawing.block(
                Material::Plastic.pen(),
                [left + 30.0, left + 180.0],
                [top - 46.0, top - 26.0],
                [z - 14.0, z + 14.0],
            );
            let grip = |inset: f32, low: f32| {
                [
                    [left + 126.0 + inset, top - 40.0],
                    [left + 178.0 - inset, top - 40.0],
                    [left + 200.0 - inset, top - low],
                    [left + 146.0 + inset, top - low],
                ]
            };
            drawing.polygon(Material::Plastic.pen(), &grip(0.0, 132.0), z, 30.0);
            // The magazine is full: brass and lead, about one half of its room.
            drawing.polygon(Material::Copper.pen(), &grip(10.0, 126.0), z, 11.0);
            drawing.ring(steel, [left + 112.0, top - 62.0], z, 21.0, 16.0, 9.0);
        }
    }
}

/// Three cases by two, ten cartons each, packets that show as a fine grid.
fn cigarettes(drawing: &mut Drawing, spot: &Spot, luck: &mut Luck) {
    let (across, down) = (3u8, 2u8);
    let case = [
        (spot.x[1] - spot.x[0]) / f32::from(across),
        (spot.y[1] - spot.y[0]) / f32::from(down),
    ];
    let depth = spot.z[1] - spot.z[0];
    let board = Material::Paper.at_density(0.7);
    for column in 0..across {
        for row in 0..down {
            let left = spot.x[0] + f32::from(column) * case[0];
            let low = spot.y[0] + f32::from(row) * case[1];
            let (x, y) = (
                [left + 2.0, left + case[0] - 2.0],
                [low + 2.0, low + case[1] - 2.0],
            );
            drawing.block(board, x, y, [-8.0, 8.0]);
            let tobacco = Material::Paper.at_density(0.20 * luck.between(0.96, 1.04));
            let packets = (4u8, 5u8);
            let packet = [
                (x[1] - x[0]) / f32::from(packets.0),
                (y[1] - y[0]) / f32::from(packets.1),
            ];
            for i in 0..packets.0 {
                for j in 0..packets.1 {
                    let (px, py) = (
                        x[0] + f32::from(i) * packet[0],
                        y[0] + f32::from(j) * packet[1],
                    );
                    drawing.block(
                        tobacco,
                        [px + 2.5, px + packet[0] - 2.5],
                        [py + 2.5, py + packet[1] - 2.5],
                        [-depth / 2.0, depth / 2.0],
                    );
                }
            }
        }
    }
}

/// A pot of lead with its lid and plug, in a drum of sheet steel.
fn shielded_source(drawing: &mut Drawing, spot: &Spot) {
    let (lead, steel) = (Material::Lead.pen(), Material::Steel.pen());
    let x = f32::midpoint(spot.x[0], spot.x[1]);
    let low = spot.y[0];
    drawing.standing(steel, x, spot.y, 0.0, 124.0, 122.5);
    drawing.standing(lead, x, [low + 60.0, low + 210.0], 0.0, 62.0, 22.0);
    drawing.standing(lead, x, [low + 40.0, low + 60.0], 0.0, 62.0, 0.0);
    drawing.standing(lead, x, [low + 210.0, low + 250.0], 0.0, 50.0, 0.0);
    drawing.standing(steel, x, [low + 90.0, low + 170.0], 0.0, 9.0, 0.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_threat_stands_whole_in_its_frame_and_darkens_it() {
        for (threat, name) in Threat::ALL {
            let shadow = shadow(threat, 3.0, 1);
            let width = shadow.width as usize;
            assert_eq!(shadow.high.len(), width * shadow.height as usize);
            let edge = |plane: &[u16]| {
                let last = plane.len() - width;
                let rows = plane[..width].iter().chain(&plane[last..]);
                let sides = plane
                    .chunks(width)
                    .flat_map(|row| [&row[0], &row[width - 1]]);
                rows.chain(sides).copied().min()
            };
            assert_eq!(edge(&shadow.high), Some(65_535), "{name} is cut off");
            let darkest = shadow.high.iter().min().copied().unwrap_or(65_535);
            assert!((100..52_000).contains(&darkest), "{name}: {darkest}");
        }
    }

    #[test]
    fn two_energies_tell_lead_from_powder() {
        let ratio = |threat| {
            let shadow = shadow(threat, 3.0, 1);
            let path = |plane: &[u16]| {
                let sum: f64 = plane
                    .iter()
                    .map(|v| -(f64::from(*v).max(1.0) / 65_535.0).ln())
                    .sum();
                sum
            };
            path(&shadow.low) / path(&shadow.high)
        };
        assert!(ratio(Threat::Bricks) > 1.42);
        assert!(ratio(Threat::ShieldedSource) < 1.32);
    }
}
