#![allow(clippy::unwrap_used)]

use std::io::Cursor;

use proptest::prelude::*;
use tiff::encoder::colortype::{Gray8, Gray16, Gray32Float, RGB8};
use tiff::encoder::{Compression, DeflateLevel, Predictor, Rational, TiffEncoder};
use tiff::tags::{ResolutionUnit, Tag};

use super::*;
use crate::raster::{Energy, Polarity, Radiograph};

/// A shadow with some structure and some noise, so that no compression is trivial.
fn shadow(width: u32, height: u32) -> Vec<u16> {
    (0..width * height)
        .map(|at| {
            let (x, y) = (at % width, at / width);
            let noise = at.wrapping_mul(2_654_435_761) >> 24;
            (20_000 + x * 37 + y * 11 + noise) as u16
        })
        .collect()
}

fn tiff_of(
    pages: &[Vec<u16>],
    width: u32,
    compression: Compression,
    predictor: Predictor,
) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes)
        .unwrap()
        .with_compression(compression)
        .with_predictor(predictor);
    for page in pages {
        let height = page.len() as u32 / width;
        let mut image = encoder.new_image::<Gray16>(width, height).unwrap();
        image.rows_per_strip(7).unwrap();
        image.resolution(
            ResolutionUnit::Centimeter,
            Rational {
                n: 10_000,
                d: 4_000,
            },
        );
        image
            .encoder()
            .write_tag(Tag::Make, "Nuctech-like")
            .unwrap();
        image.encoder().write_tag(Tag::Model, "MB 1215").unwrap();
        image
            .encoder()
            .write_tag(Tag::DateTime, "2026:11:23 06:20:00")
            .unwrap();
        let text = "site=site 2; energies=L 1.5 / H 3 MeV";
        image
            .encoder()
            .write_tag(Tag::ImageDescription, text)
            .unwrap();
        image.write_data(page).unwrap();
    }
    bytes.into_inner()
}

fn radiograph(bytes: &[u8]) -> Radiograph {
    match decode(bytes, Limits::default()).unwrap() {
        Image::Radiograph(radiograph) => radiograph,
        Image::Photo(photo) => panic!("not a radiograph: {photo:?}"),
    }
}

fn refusal(bytes: &[u8]) -> DecodeError {
    decode(bytes, Limits::default()).unwrap_err()
}

/// Tags a hand-made TIFF of one page has, in file order; for what the encoder cannot write.
struct HandMade {
    big_endian: bool,
    tags: Vec<(u16, u16, Vec<u32>)>,
    data: Vec<u8>,
}

const SHORT: u16 = 3;
const LONG: u16 = 4;

impl HandMade {
    fn grey16(width: u32, height: u32, photometric: u32) -> Self {
        let tags = vec![
            (256, LONG, vec![width]),
            (257, LONG, vec![height]),
            (258, SHORT, vec![16]),
            (259, SHORT, vec![1]),
            (262, SHORT, vec![photometric]),
            (277, SHORT, vec![1]),
        ];
        Self {
            big_endian: false,
            tags,
            data: Vec::new(),
        }
    }

    fn set(mut self, tag: u16, kind: u16, values: Vec<u32>) -> Self {
        self.tags.retain(|(number, ..)| *number != tag);
        self.tags.push((tag, kind, values));
        self
    }

    fn push16(&mut self, value: u16) {
        let pair = if self.big_endian {
            value.to_be_bytes()
        } else {
            value.to_le_bytes()
        };
        self.data.extend(pair);
    }

    fn number(&self, value: u32, kind: u16) -> Vec<u8> {
        match (kind, self.big_endian) {
            (SHORT, true) => (value as u16).to_be_bytes().to_vec(),
            (SHORT, false) => (value as u16).to_le_bytes().to_vec(),
            (_, true) => value.to_be_bytes().to_vec(),
            (_, false) => value.to_le_bytes().to_vec(),
        }
    }

    /// Samples first, then the directory, then values that do not fit into it.
    fn build(mut self) -> Vec<u8> {
        self.tags.sort();
        let directory = 8 + self.data.len() as u32;
        let mut beyond = directory + 2 + 12 * self.tags.len() as u32 + 4;
        let mut bytes = if self.big_endian {
            b"MM\0*".to_vec()
        } else {
            b"II*\0".to_vec()
        };
        bytes.extend(self.number(directory, LONG));
        bytes.extend(&self.data);
        bytes.extend(self.number(self.tags.len() as u32, SHORT));
        let mut tail = Vec::new();
        for (tag, kind, values) in &self.tags {
            bytes.extend(self.number(u32::from(*tag), SHORT));
            bytes.extend(self.number(u32::from(*kind), SHORT));
            bytes.extend(self.number(values.len() as u32, LONG));
            let mut packed: Vec<u8> = values.iter().flat_map(|v| self.number(*v, *kind)).collect();
            if packed.len() > 4 {
                bytes.extend(self.number(beyond, LONG));
                beyond += packed.len() as u32;
                tail.extend(packed);
            } else {
                packed.resize(4, 0);
                bytes.extend(packed);
            }
        }
        bytes.extend([0; 4]);
        bytes.extend(tail);
        bytes
    }
}

fn strip(width: u32, height: u32, photometric: u32, big_endian: bool, samples: &[u16]) -> Vec<u8> {
    let mut file = HandMade::grey16(width, height, photometric);
    file.big_endian = big_endian;
    for value in samples {
        file.push16(*value);
    }
    let length = file.data.len() as u32;
    file.set(273, LONG, vec![8])
        .set(278, LONG, vec![height])
        .set(279, LONG, vec![length])
        .build()
}

#[test]
fn every_lossless_compression_gives_the_same_samples() {
    let samples = shadow(123, 61);
    for compression in [
        Compression::Uncompressed,
        Compression::Lzw,
        Compression::Deflate(DeflateLevel::Fast),
        Compression::Packbits,
    ] {
        for predictor in [Predictor::None, Predictor::Horizontal] {
            let bytes = tiff_of(std::slice::from_ref(&samples), 123, compression, predictor);
            let found = radiograph(&bytes);
            assert_eq!((found.width, found.height, found.bit_depth), (123, 61, 16));
            assert_eq!(found.main().unwrap().energy, Energy::Single);
            assert_eq!(found.main().unwrap().grid.samples(), samples);
        }
    }
}

#[test]
fn two_pages_are_high_and_low_energy_with_what_the_file_says() {
    let (high, low) = (
        shadow(40, 30),
        shadow(40, 30).iter().map(|v| v / 2).collect::<Vec<_>>(),
    );
    let bytes = tiff_of(
        &[high.clone(), low.clone()],
        40,
        Compression::Lzw,
        Predictor::Horizontal,
    );
    let found = radiograph(&bytes);
    let (first, second) = found.dual().unwrap();
    assert_eq!(
        (first.grid.samples(), second.grid.samples()),
        (&high[..], &low[..])
    );
    assert_eq!(found.pitch_mm, Some(4.0));
    assert_eq!(
        found.metadata.scanner.as_deref(),
        Some("Nuctech-like MB 1215")
    );
    assert_eq!(found.metadata.site.as_deref(), Some("site 2"));
    assert_eq!(found.metadata.energies.as_deref(), Some("L 1.5 / H 3 MeV"));
    assert_eq!(found.metadata.taken.as_deref(), Some("2026:11:23 06:20:00"));
}

#[test]
fn both_byte_orders_are_read() {
    let samples = shadow(31, 9);
    for big_endian in [false, true] {
        let found = radiograph(&strip(31, 9, 1, big_endian, &samples));
        assert_eq!(found.main().unwrap().grid.samples(), samples);
    }
}

#[test]
fn tiles_are_put_together_without_their_padding() {
    let (width, height, side) = (50u32, 37u32, 16u32);
    let samples = shadow(width, height);
    let mut file = HandMade::grey16(width, height, 1);
    let (mut offsets, mut counts) = (Vec::new(), Vec::new());
    for top in (0..height).step_by(side as usize) {
        for left in (0..width).step_by(side as usize) {
            offsets.push(8 + file.data.len() as u32);
            counts.push(side * side * 2);
            for at in 0..side * side {
                let (x, y) = (left + at % side, top + at / side);
                let inside = x < width && y < height;
                file.push16(if inside {
                    samples[(y * width + x) as usize]
                } else {
                    0xdead
                });
            }
        }
    }
    let bytes = file
        .set(322, LONG, vec![side])
        .set(323, LONG, vec![side])
        .set(324, LONG, offsets)
        .set(325, LONG, counts)
        .build();
    assert_eq!(radiograph(&bytes).main().unwrap().grid.samples(), samples);
}

#[test]
fn white_is_zero_is_turned_and_remembered() {
    let samples = shadow(16, 4);
    let found = radiograph(&strip(16, 4, 0, false, &samples));
    assert_eq!(found.polarity, Polarity::Attenuation);
    let turned: Vec<u16> = samples.iter().map(|value| 65535 - value).collect();
    assert_eq!(found.main().unwrap().grid.samples(), turned);
}

#[test]
fn two_samples_in_each_pixel_are_two_energies() {
    let samples = shadow(20, 6);
    let mut file = HandMade::grey16(10, 6, 1);
    for value in &samples {
        file.push16(*value);
    }
    let bytes = file
        .set(258, SHORT, vec![16, 16])
        .set(277, SHORT, vec![2])
        .set(338, SHORT, vec![0])
        .set(273, LONG, vec![8])
        .set(278, LONG, vec![6])
        .set(279, LONG, vec![240])
        .build();
    let found = radiograph(&bytes);
    let (high, low) = found.dual().unwrap();
    assert!(high.grid.samples().iter().eq(samples.iter().step_by(2)));
    assert!(
        low.grid
            .samples()
            .iter()
            .eq(samples.iter().skip(1).step_by(2))
    );
}

#[test]
fn eight_bit_greys_are_stretched_to_sixteen() {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes).unwrap();
    encoder.write_image::<Gray8>(3, 1, &[0, 128, 255]).unwrap();
    let found = radiograph(&bytes.into_inner());
    assert_eq!(found.bit_depth, 8);
    assert_eq!(found.main().unwrap().grid.samples(), [0, 128 * 257, 65535]);
}

#[test]
fn an_eight_bit_colour_tiff_is_a_photo() {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes).unwrap();
    encoder
        .write_image::<RGB8>(2, 1, &[1, 2, 3, 4, 5, 6])
        .unwrap();
    let Image::Photo(photo) = decode(&bytes.into_inner(), Limits::default()).unwrap() else {
        panic!("not a photo")
    };
    assert_eq!(photo.rgba[..], [1, 2, 3, 255, 4, 5, 6, 255]);
}

#[test]
fn floating_point_is_refused_by_name() {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes).unwrap();
    encoder
        .write_image::<Gray32Float>(1, 1, &[f32::NAN])
        .unwrap();
    let text = refusal(&bytes.into_inner()).to_string();
    assert!(text.contains("32-bit floating point samples"), "{text}");
}

#[test]
fn an_unread_compression_is_refused_by_name() {
    for (method, name) in [
        (50000, "Zstandard"),
        (7, "JPEG"),
        (34712, "JPEG 2000"),
        (4711, "4711"),
    ] {
        let bytes = HandMade::grey16(2, 1, 1)
            .set(259, SHORT, vec![method])
            .set(273, LONG, vec![8])
            .set(279, LONG, vec![4])
            .build();
        let error = refusal(&bytes);
        assert!(
            matches!(error, DecodeError::UnsupportedCompression { .. }),
            "{error}"
        );
        assert!(error.to_string().contains(name), "{error}");
    }
}

#[test]
fn a_claim_of_ten_thousand_megapixels_is_refused_with_its_numbers() {
    let bytes = HandMade::grey16(100_000, 100_000, 1)
        .set(273, LONG, vec![8])
        .set(278, LONG, vec![100_000])
        .set(279, LONG, vec![4])
        .build();
    let error = refusal(&bytes);
    assert_eq!(
        error.to_string(),
        "the image claims 100000 × 100000 = 10000000000 pixels; at most 268435456 are shown"
    );
}

#[test]
fn a_claim_that_no_compression_could_keep_is_refused_before_memory_is_taken() {
    let bytes = HandMade::grey16(16_000, 16_000, 1)
        .set(259, SHORT, vec![8])
        .set(273, LONG, vec![8])
        .set(278, LONG, vec![16_000])
        .set(279, LONG, vec![4])
        .build();
    assert!(matches!(refusal(&bytes), DecodeError::CutOff { .. }));
}

#[test]
fn planes_of_different_size_are_refused_with_both_sizes() {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes).unwrap();
    encoder.write_image::<Gray16>(4, 3, &[0; 12]).unwrap();
    encoder.write_image::<Gray16>(4, 2, &[0; 8]).unwrap();
    let text = refusal(&bytes.into_inner()).to_string();
    assert!(
        text.contains("4 × 3") && text.contains("plane 2 has 4 × 2"),
        "{text}"
    );
}

#[test]
fn three_planes_are_too_many() {
    let page = shadow(8, 8);
    let bytes = tiff_of(
        &[page.clone(), page.clone(), page],
        8,
        Compression::Uncompressed,
        Predictor::None,
    );
    assert_eq!(refusal(&bytes), DecodeError::TooManyPlanes { found: 3 });
}

#[test]
fn what_is_no_image_is_said_in_words() {
    assert_eq!(refusal(b"").to_string(), "the file is empty");
    assert_eq!(
        refusal(b"<html><body>500").to_string(),
        "this is not an image: it starts with “<html><body>”"
    );
    assert_eq!(
        refusal(&[0, 1, 2, 3]).to_string(),
        "this is not an image: it starts with 00 01 02 03"
    );
    assert!(refusal(b"%PDF-1.7 ...").to_string().contains("PDF"));
    let limits = Limits {
        bytes: 10,
        ..Limits::default()
    };
    let error = decode(b"MM\0*0123456789", limits).unwrap_err();
    assert_eq!(
        error,
        DecodeError::FileTooLarge {
            bytes: 14,
            limit: 10
        }
    );
}

#[test]
fn grey_png_of_both_depths_is_a_radiograph() {
    let sixteen =
        image::ImageBuffer::<image::Luma<u16>, _>::from_raw(20, 10, shadow(20, 10)).unwrap();
    let eight = image::GrayImage::from_pixel(3, 2, image::Luma([7]));
    for (image, depth, first) in [
        (image::DynamicImage::from(sixteen), 16, shadow(20, 10)[0]),
        (image::DynamicImage::from(eight), 8, 7 * 257),
    ] {
        let found = radiograph(&encoded(&image, image::ImageFormat::Png));
        assert_eq!(found.bit_depth, depth);
        assert_eq!(found.main().unwrap().grid.get(0, 0), Some(first));
    }
}

fn encoded(image: &image::DynamicImage, format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn colours() -> image::DynamicImage {
    image::RgbImage::from_fn(48, 32, |x, y| image::Rgb([x as u8 * 5, y as u8 * 7, 90])).into()
}

#[test]
fn colour_png_and_jpeg_are_photos() {
    for format in [image::ImageFormat::Png, image::ImageFormat::Jpeg] {
        let found = decode(&encoded(&colours(), format), Limits::default()).unwrap();
        assert!(matches!(&found, Image::Photo(photo) if photo.rgba.len() == 48 * 32 * 4));
        assert_eq!(found.size(), (48, 32));
    }
}

#[test]
fn a_phone_held_upright_gives_an_upright_photo() {
    let plain = encoded(&colours(), image::ImageFormat::Jpeg);
    // APP1 with the shortest EXIF there is: one IFD with Orientation (274) = 6, turn right.
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let mut turned = plain[..2].to_vec();
    turned.extend([0xff, 0xe1, 0, exif.len() as u8 + 2]);
    turned.extend(exif);
    turned.extend(&plain[2..]);
    assert_eq!(decode(&turned, Limits::default()).unwrap().size(), (32, 48));
}

#[test]
fn a_photo_too_large_is_refused_from_its_header() {
    let bytes = encoded(&colours(), image::ImageFormat::Jpeg);
    let limits = Limits {
        pixels: 1000,
        ..Limits::default()
    };
    let error = decode(&bytes, limits).unwrap_err();
    assert!(matches!(
        error,
        DecodeError::TooLarge {
            width: 48,
            height: 32,
            pixels: 1536,
            ..
        }
    ));
}

/// One small file of each kind that is read.
fn samples_of_each() -> Vec<Vec<u8>> {
    let pages = [shadow(30, 20), shadow(30, 20)];
    let sixteen =
        image::ImageBuffer::<image::Luma<u16>, _>::from_raw(30, 20, shadow(30, 20)).unwrap();
    vec![
        tiff_of(&pages, 30, Compression::Uncompressed, Predictor::None),
        tiff_of(&pages, 30, Compression::Lzw, Predictor::Horizontal),
        tiff_of(
            &pages,
            30,
            Compression::Deflate(DeflateLevel::Fast),
            Predictor::Horizontal,
        ),
        tiff_of(&pages, 30, Compression::Packbits, Predictor::None),
        encoded(&sixteen.into(), image::ImageFormat::Png),
        encoded(&colours(), image::ImageFormat::Png),
        encoded(&colours(), image::ImageFormat::Jpeg),
        dicom::tests::Made::grey16(30, 20, &shadow(30, 20)).build(),
        dicom::tests::rle(30, 20, &[&shadow(30, 20)]).build(),
        dicom::tests::jpeg().build(),
    ]
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    for bytes in samples_of_each() {
        assert!(dispatch(&bytes, Limits::default()).is_ok());
        let image_end = match sniff(&bytes).unwrap() {
            // The directory of the last page may be followed by values that are only tags.
            Format::Tiff => bytes.len().saturating_sub(700),
            // IEND and the checksum before it carry no pixel.
            Format::Png => bytes.len() - 20,
            Format::Jpeg => bytes.len(),
            // Fragments may go without the delimiter behind them.
            Format::Dicom => bytes.len() - 8,
        };
        for length in 0..bytes.len().min(4096) {
            let found = dispatch(&bytes[..length], Limits::default());
            assert!(
                found.is_err() || length >= image_end,
                "{length} of {} bytes",
                bytes.len()
            );
        }
    }
}

#[test]
fn a_large_file_cut_off_says_where() {
    let samples = shadow(600, 400);
    let bytes = strip(600, 400, 1, false, &samples);
    // The directory is at the end here, so build one whose samples are cut instead.
    let mut file = HandMade::grey16(600, 400, 1);
    file.data = bytes[8..100].to_vec();
    let cut = file
        .set(273, LONG, vec![8])
        .set(278, LONG, vec![400])
        .set(279, LONG, vec![480_000]);
    let error = refusal(&cut.build());
    assert!(
        matches!(error, DecodeError::CutOff { need: 480_008, .. }),
        "{error}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn damaged_bytes_never_panic(
        which in 0usize..10,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
        keep in 0u8..4,
    ) {
        let mut bytes = samples_of_each().swap_remove(which);
        for (at, value) in damage {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if keep == 0 {
            bytes.truncate(cut.index(bytes.len()));
        }
        // Past the door that catches panics of the readers: there shall be none to catch.
        let limits = Limits { pixels: 1 << 22, ..Limits::default() };
        let _ = dispatch(&bytes, limits);
    }

    #[test]
    fn noise_never_panics(
        head in 0usize..6,
        noise in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let mut bytes = READ[head].0.to_vec();
        bytes.extend(noise);
        let _ = dispatch(&bytes, Limits { pixels: 1 << 22, ..Limits::default() });
    }
}
