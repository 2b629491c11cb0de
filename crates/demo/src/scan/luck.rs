//! Chance that repeats: the same seed gives the same scene on every machine.

use crate::dice::Dice;

/// The purpose of the scene's stream among the world's streams of chance.
const PURPOSE: u64 = 0x5ca4;

/// Chance in the units of a drawing.
pub(super) struct Luck(Dice);

impl Luck {
    pub(super) fn new(seed: u64) -> Self {
        Self(Dice::new(seed, PURPOSE, 0))
    }

    /// Evenly within 0 to 1.
    pub(super) fn share(&mut self) -> f32 {
        self.0.share() as f32
    }

    /// Evenly between two values.
    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.share()
    }

    /// Evenly around zero.
    pub(super) fn around(&mut self, reach: f32) -> f32 {
        self.between(-reach, reach)
    }

    /// A whole number below a bound, which is not zero.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0.between(0, bound as u64 - 1) as usize
    }

    pub(super) fn chance(&mut self, share: f32) -> bool {
        self.0.chance(f64::from(share))
    }
}

/// A fast stream for detector noise, one per image row (splitmix64).
pub(super) struct Grain(u64);

impl Grain {
    pub(super) fn new(seed: u64, row: u64) -> Self {
        let mut grain = Self(seed ^ row.wrapping_mul(0xd134_2543_de82_ef95));
        grain.next();
        grain
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Two values near the normal distribution: each the sum of four bytes.
    pub(super) fn pair(&mut self) -> (f32, f32) {
        let bits = self.next();
        (bell(bits as u32), bell((bits >> 32) as u32))
    }
}

fn bell(bits: u32) -> f32 {
    let even = (bits & 0x00ff_00ff) + ((bits >> 8) & 0x00ff_00ff);
    let sum = (even & 0xffff) + (even >> 16);
    // Four bytes have mean 510 and deviation sqrt(4 · (256² − 1) / 12).
    (sum as f32 - 510.0) / 147.8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grain_has_mean_zero_and_deviation_one() {
        let mut grain = Grain::new(7, 3);
        let values: Vec<f32> = (0..50_000)
            .flat_map(|_| <[f32; 2]>::from(grain.pair()))
            .collect();
        let mean = values.iter().sum::<f32>() / values.len() as f32;
        let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / values.len() as f32;
        assert!(
            mean.abs() < 0.02 && (variance - 1.0).abs() < 0.02,
            "{mean} {variance}"
        );
    }
}
