//! A radiograph for the tests: a loaded reefer on its trailer, two energies, by Beer and Lambert's law.

use std::io::Cursor;
use std::sync::OnceLock;

use tiff::encoder::{TiffEncoder, colortype};

const WIDTH: u32 = 2600;
const HEIGHT: u32 = 900;

/// The file and its size in pixels; made once.
pub fn radiograph() -> (Vec<u8>, (u32, u32)) {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    (
        FILE.get_or_init(|| file(WIDTH, HEIGHT)).clone(),
        (WIDTH, HEIGHT),
    )
}

/// A file of another size, for measuring.
pub fn file(width: u32, height: u32) -> Vec<u8> {
    let scale = width as f32 / WIDTH as f32;
    let mut bytes = Cursor::new(Vec::new());
    let mut tiff = TiffEncoder::new(&mut bytes).unwrap();
    for low in [false, true] {
        let samples = samples(width, height, scale, low);
        tiff.write_image::<colortype::Gray16>(width, height, &samples)
            .unwrap();
    }
    bytes.into_inner()
}

/// The same load seen by a scanner of one energy.
pub fn one_energy() -> (Vec<u8>, (u32, u32)) {
    let mut bytes = Cursor::new(Vec::new());
    let mut tiff = TiffEncoder::new(&mut bytes).unwrap();
    let samples = samples(WIDTH / 2, HEIGHT / 2, 0.5, false);
    tiff.write_image::<colortype::Gray16>(WIDTH / 2, HEIGHT / 2, &samples)
        .unwrap();
    (bytes.into_inner(), (WIDTH / 2, HEIGHT / 2))
}

fn samples(width: u32, height: u32, scale: f32, low: bool) -> Vec<u16> {
    (0..height)
        .flat_map(|y| (0..width).map(move |x| (x as f32 / scale, y as f32 / scale)))
        .map(|(x, y)| sample(x, y, low))
        .collect()
}

/// Attenuation at the low energy against that at the high one: steel, and what is mostly water.
const STEEL: f32 = 1.335;
const WATER: f32 = 1.455;

fn sample(x: f32, y: f32, low: bool) -> u16 {
    let turn = if low { 77 } else { 0 };
    let mut seed =
        turn ^ (x as u32).wrapping_mul(0x9E37_79B9) ^ (y as u32).wrapping_mul(0x85EB_CA6B);
    seed = (seed ^ (seed >> 13)).wrapping_mul(0xC2B2_AE35);
    let noise = (seed >> 16) as f32 / 65536.0 - 0.5;
    let [steel, water] = thickness(x, y);
    let path = if low {
        steel * STEEL + water * WATER
    } else {
        steel + water
    };
    let through = (-path).exp();
    let counts = through * 60_000.0;
    // Photons by the root of their number, and the detector's own.
    (counts + noise * (10.0 + 2.0 * counts.sqrt())).clamp(0.0, 65_535.0) as u16
}

/// Attenuation times thickness along the beam at a pixel: of steel, and of what is mostly water.
fn thickness(x: f32, y: f32) -> [f32; 2] {
    let within = |a: f32, b: f32, c: f32, d: f32| x >= a && x < b && y >= c && y < d;
    let mut t = 0.02;
    // The container: front wall, roof, floor, doors.
    if within(60.0, 2540.0, 150.0, 640.0) {
        t += 0.12;
    }
    if within(60.0, 92.0, 150.0, 640.0) || within(2528.0, 2540.0, 150.0, 640.0) {
        t += 3.5;
    }
    if within(60.0, 2540.0, 150.0, 162.0) || within(60.0, 2540.0, 612.0, 640.0) {
        t += 1.4;
    }
    t += truck(x, y);
    if within(968.0, 1130.0, 404.0, 492.0) {
        t += 1.1;
    }
    let [steel, water] = load(x, y);
    [t + steel, water]
}

/// Ten pallets of cartons and a pump: steel, and what is mostly water.
fn load(x: f32, y: f32) -> [f32; 2] {
    for pallet in 0..10 {
        let left = 130.0 + pallet as f32 * 238.0;
        if pallet == 7 {
            let (dx, dy) = (x - left - 105.0, y - 470.0);
            if dx * dx + dy * dy < 76.0 * 76.0 {
                return [4.0, 0.0];
            }
            if (left + 10.0..left + 200.0).contains(&x) && (545.0..580.0).contains(&y) {
                return [5.0, 0.0];
            }
            continue;
        }
        let top = if pallet < 4 { 190.0 } else { 225.0 };
        if !(left..left + 216.0).contains(&x) || !(top..608.0).contains(&y) {
            continue;
        }
        if y > 584.0 {
            return [0.0, 0.35];
        }
        let (cx, cy) = ((x - left) % 36.0, (y - top) % 30.0);
        let gap = cx < 2.5 || cy < 2.5;
        let fish = ((cx - 18.0) / 15.0).powi(2) + ((cy - 15.0) / 12.0).powi(2) < 1.0;
        let dense = if pallet < 4 { 0.9 } else { 1.3 };
        let water = if gap {
            0.35
        } else if fish {
            dense
        } else {
            dense * 0.6
        };
        return [0.0, water];
    }
    [0.0, 0.0]
}

fn truck(x: f32, y: f32) -> f32 {
    let mut t = 0.0;
    if (0.0..2600.0).contains(&x) && (650.0..690.0).contains(&y) {
        t += 0.9;
    }
    for center in [180.0, 1890.0, 2160.0, 2430.0] {
        let r = ((x - center).powi(2) + (y - 760.0).powi(2)).sqrt();
        if r < 105.0 {
            t += if r < 56.0 {
                1.0 + (56.0 - r) / 30.0
            } else {
                1.9
            };
        }
    }
    t
}
