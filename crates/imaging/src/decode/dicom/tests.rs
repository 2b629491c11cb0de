#![allow(clippy::unwrap_used, clippy::trivially_copy_pass_by_ref)]

use proptest::prelude::*;

use super::*;
use dicom_object::Tag;

/// A DICOM file written element by element, explicit little endian unless said otherwise.
pub(in crate::decode) struct Made {
    pub syntax: &'static str,
    pub big_endian: bool,
    pub elements: Vec<(Tag, &'static [u8; 2], Vec<u8>)>,
    /// Pixel data: native bytes, or fragments.
    pub pixels: Result<Vec<u8>, Vec<Vec<u8>>>,
}

impl Made {
    pub fn grey16(width: u16, height: u16, samples: &[u16]) -> Self {
        let short = |value: u16| value.to_le_bytes().to_vec();
        Self {
            syntax: uids::EXPLICIT_VR_LITTLE_ENDIAN,
            big_endian: false,
            elements: vec![
                (tags::SAMPLES_PER_PIXEL, b"US", short(1)),
                (
                    tags::PHOTOMETRIC_INTERPRETATION,
                    b"CS",
                    b"MONOCHROME2 ".to_vec(),
                ),
                (tags::ROWS, b"US", short(height)),
                (tags::COLUMNS, b"US", short(width)),
                (tags::BITS_ALLOCATED, b"US", short(16)),
                (tags::BITS_STORED, b"US", short(16)),
                (tags::HIGH_BIT, b"US", short(15)),
                (tags::PIXEL_REPRESENTATION, b"US", short(0)),
            ],
            pixels: Ok(samples.iter().flat_map(|v| v.to_le_bytes()).collect()),
        }
    }

    pub fn text(self, tag: Tag, vr: &'static [u8; 2], text: &str) -> Self {
        let mut value = text.as_bytes().to_vec();
        value.resize(value.len().next_multiple_of(2), b' ');
        self.set(tag, vr, value)
    }

    pub fn short(self, tag: Tag, value: u16) -> Self {
        self.set(tag, b"US", value.to_le_bytes().to_vec())
    }

    fn set(mut self, tag: Tag, vr: &'static [u8; 2], value: Vec<u8>) -> Self {
        self.elements.retain(|(other, ..)| *other != tag);
        self.elements.push((tag, vr, value));
        self
    }

    fn of_8_bits(self, bytes: Vec<u8>) -> Self {
        let mut made = self
            .short(tags::BITS_ALLOCATED, 8)
            .short(tags::BITS_STORED, 8)
            .short(tags::HIGH_BIT, 7);
        made.pixels = Ok(bytes);
        made
    }

    fn header(&self, tag: Tag, vr: &[u8; 2], length: u32) -> Vec<u8> {
        let two = |value: u16| {
            if self.big_endian {
                value.to_be_bytes()
            } else {
                value.to_le_bytes()
            }
        };
        let four = if self.big_endian {
            length.to_be_bytes()
        } else {
            length.to_le_bytes()
        };
        let mut bytes = [two(tag.0), two(tag.1)].concat();
        if self.syntax == uids::IMPLICIT_VR_LITTLE_ENDIAN || tag.0 == 0xfffe {
            bytes.extend(four);
            return bytes;
        }
        bytes.extend(vr);
        if [b"OB", b"OW", b"SQ", b"UN"].contains(&vr) {
            bytes.extend([0, 0]);
            bytes.extend(four);
        } else {
            bytes.extend(two(length as u16));
        }
        bytes
    }

    /// The data set alone.
    fn set_bytes(&self) -> Vec<u8> {
        let mut elements: Vec<_> = self.elements.iter().collect();
        elements.sort_by_key(|(tag, ..)| *tag);
        let mut bytes = Vec::new();
        for (tag, vr, value) in elements {
            let length = if *vr == b"SQ" {
                u32::MAX
            } else {
                value.len() as u32
            };
            bytes.extend(self.header(*tag, vr, length));
            let swap = self.big_endian && *vr == b"US";
            bytes.extend(if swap {
                value.iter().rev().copied().collect()
            } else {
                value.clone()
            });
        }
        match &self.pixels {
            Ok(native) => {
                bytes.extend(self.header(tags::PIXEL_DATA, b"OW", native.len() as u32));
                bytes.extend(native);
            }
            Err(fragments) => {
                bytes.extend(self.header(tags::PIXEL_DATA, b"OB", u32::MAX));
                bytes.extend(self.header(Tag(0xfffe, 0xe000), b"  ", 0));
                for fragment in fragments {
                    bytes.extend(self.header(Tag(0xfffe, 0xe000), b"  ", fragment.len() as u32));
                    bytes.extend(fragment);
                }
                bytes.extend(self.header(Tag(0xfffe, 0xe0dd), b"  ", 0));
            }
        }
        bytes
    }

    pub fn build(&self) -> Vec<u8> {
        self.with_set(&self.set_bytes())
    }

    fn with_set(&self, set: &[u8]) -> Vec<u8> {
        let mut uid = self.syntax.as_bytes().to_vec();
        uid.resize(uid.len().next_multiple_of(2), 0);
        let mut bytes = vec![0; 128];
        bytes.extend(b"DICM\x02\0\x10\0UI");
        bytes.extend((uid.len() as u16).to_le_bytes());
        bytes.extend(uid);
        bytes.extend(set);
        bytes
    }
}

fn read(bytes: &[u8]) -> Result<Radiograph, DecodeError> {
    match decode(bytes, Limits::default())? {
        Image::Radiograph(radiograph) => Ok(radiograph),
        Image::Photo(photo) => panic!("not a radiograph: {photo:?}"),
    }
}

fn samples(radiograph: &Radiograph) -> &[u16] {
    radiograph.main().unwrap().grid.samples()
}

fn ramp(count: usize) -> Vec<u16> {
    (0..count)
        .map(|at| (at * 977 + at * at % 13) as u16)
        .collect()
}

#[test]
fn a_file_of_a_scanner_is_shown_with_what_it_says() {
    let made = Made::grey16(5, 3, &ramp(15))
        .text(tags::MANUFACTURER, b"LO", "Maker")
        .text(tags::MANUFACTURER_MODEL_NAME, b"LO", "Gate 6")
        .text(tags::STATION_NAME, b"SH", "G2")
        .text(tags::INSTITUTION_NAME, b"LO", "Port")
        .text(tags::ACQUISITION_DATE, b"DA", "20261123")
        .text(tags::ACQUISITION_TIME, b"TM", "062000")
        .text(tags::PIXEL_SPACING, b"DS", "4.0\\4.0");
    let found = read(&made.build()).unwrap();
    assert_eq!((found.width, found.height), (5, 3));
    assert_eq!(samples(&found), ramp(15));
    assert_eq!((found.bit_depth, found.pitch_mm), (16, Some(4.0)));
    assert_eq!(found.polarity, Polarity::Transmission);
    assert_eq!(found.main().unwrap().energy, Energy::Single);
    let said = found.metadata;
    assert_eq!(said.scanner.as_deref(), Some("Maker Gate 6 G2"));
    assert_eq!(said.site.as_deref(), Some("Port"));
    assert_eq!(said.taken.as_deref(), Some("20261123 062000"));
    assert_eq!(said.photometric.as_deref(), Some("MONOCHROME2"));
    assert_eq!(
        said.transfer_syntax.as_deref(),
        Some("Explicit VR Little Endian")
    );
    assert_eq!(said.frames, None);
}

#[test]
fn a_preamble_that_is_the_head_of_a_tiff_changes_nothing() {
    let mut bytes = Made::grey16(5, 3, &ramp(15)).build();
    bytes[..8].copy_from_slice(b"II*\0\x08\0\0\0");
    assert_eq!(samples(&read(&bytes).unwrap()), ramp(15));
}

#[test]
fn an_element_whose_length_does_not_fit_its_kind_is_left_out_and_the_rest_is_read() {
    // Found by the fuzzer: a reader that takes one float of six bytes reads the next header from the middle of a name,
    // and makes room for a billion bytes.
    let made = Made::grey16(4, 3, &ramp(12))
        .set(tags::MANUFACTURER, b"FL", b"Maker ".to_vec())
        .text(tags::MANUFACTURER_MODEL_NAME, b"LO", "Gate 6");
    let radiograph = read(&made.build()).unwrap();
    assert_eq!(samples(&radiograph), ramp(12));
    assert_eq!(radiograph.metadata.scanner.as_deref(), Some("Gate 6"));
}

#[test]
fn text_is_read_in_its_character_set() {
    let mut made = Made::grey16(1, 1, &[7]).text(tags::SPECIFIC_CHARACTER_SET, b"CS", "ISO_IR 100");
    made = made.set(tags::INSTITUTION_NAME, b"LO", b"Gen\xe8ve".to_vec());
    let found = read(&made.build()).unwrap();
    assert_eq!(found.metadata.site.as_deref(), Some("Genève"));
}

#[test]
fn every_way_of_writing_elements_gives_the_same_samples() {
    let plain = Made::grey16(7, 4, &ramp(28));
    let implicit = Made {
        syntax: uids::IMPLICIT_VR_LITTLE_ENDIAN,
        ..Made::grey16(7, 4, &ramp(28))
    };
    let big = Made {
        syntax: EXPLICIT_BIG_ENDIAN,
        big_endian: true,
        pixels: Ok(ramp(28).iter().flat_map(|v| v.to_be_bytes()).collect()),
        ..Made::grey16(7, 4, &ramp(28))
    };
    for made in [plain, implicit, big] {
        assert_eq!(
            samples(&read(&made.build()).unwrap()),
            ramp(28),
            "{}",
            made.syntax
        );
    }
}

fn deflated(set: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    flate2::read::DeflateEncoder::new(set, flate2::Compression::default())
        .read_to_end(&mut packed)
        .unwrap();
    packed
}

#[test]
fn a_deflated_data_set_is_read_and_one_that_never_ends_is_refused() {
    let made = Made {
        syntax: uids::DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
        ..Made::grey16(6, 6, &ramp(36))
    };
    let bytes = made.with_set(&deflated(&made.set_bytes()));
    assert_eq!(samples(&read(&bytes).unwrap()), ramp(36));
    let bomb = made.with_set(&deflated(&vec![0; 4 << 20]));
    let limits = Limits {
        bytes: 1 << 20,
        ..Limits::default()
    };
    let error = decode(&bomb, limits).unwrap_err();
    assert_eq!(
        error,
        DecodeError::FileTooLarge {
            bytes: (1 << 20) + 1,
            limit: 1 << 20
        }
    );
}

#[test]
fn eight_bits_in_words_of_a_big_endian_file_are_put_in_order() {
    let made = Made {
        syntax: EXPLICIT_BIG_ENDIAN,
        big_endian: true,
        ..Made::grey16(3, 1, &[]).of_8_bits(vec![2, 1, 0, 3])
    };
    assert_eq!(
        samples(&read(&made.build()).unwrap()),
        [257, 2 * 257, 3 * 257]
    );
}

#[test]
fn monochrome1_is_turned_unless_the_file_says_what_its_samples_mean() {
    let one = || {
        Made::grey16(2, 1, &[0, 1000]).text(tags::PHOTOMETRIC_INTERPRETATION, b"CS", "MONOCHROME1")
    };
    let sign = |made: Made, sign: i16| {
        let bytes = sign.to_le_bytes().to_vec();
        made.set(tags::PIXEL_INTENSITY_RELATIONSHIP_SIGN, b"SS", bytes)
    };
    let (turned, plain) = ([65_535, 64_535], [0, 1000]);
    for (made, polarity, expected) in [
        (one(), Polarity::Attenuation, turned),
        (sign(one(), 1), Polarity::Transmission, plain),
        (Made::grey16(2, 1, &plain), Polarity::Transmission, plain),
        (
            sign(Made::grey16(2, 1, &plain), -1),
            Polarity::Attenuation,
            turned,
        ),
    ] {
        let found = read(&made.build()).unwrap();
        assert_eq!((found.polarity, samples(&found)), (polarity, &expected[..]));
    }
}

#[test]
fn twelve_bits_and_signed_samples_fill_the_scale() {
    let twelve = Made::grey16(3, 1, &[0, 2048, 4095])
        .short(tags::BITS_STORED, 12)
        .short(tags::HIGH_BIT, 11);
    let found = read(&twelve.build()).unwrap();
    assert_eq!(
        (found.bit_depth, samples(&found)),
        (12, &[0, 32_776, 65_535][..])
    );
    let high_bits = Made::grey16(3, 1, &[0, 2048 << 4, 4095 << 4])
        .short(tags::BITS_STORED, 12)
        .short(tags::HIGH_BIT, 15);
    assert_eq!(
        samples(&read(&high_bits.build()).unwrap()),
        [0, 32_776, 65_535]
    );
    let signed = Made::grey16(3, 1, &[0x8000, 0, 0x7fff]).short(tags::PIXEL_REPRESENTATION, 1);
    assert_eq!(
        samples(&read(&signed.build()).unwrap()),
        [0, 0x8000, 65_535]
    );
}

#[test]
fn of_many_frames_the_first_is_shown_and_the_rest_told() {
    let made = Made::grey16(2, 2, &ramp(12)).text(tags::NUMBER_OF_FRAMES, b"IS", "3");
    let found = read(&made.build()).unwrap();
    assert_eq!(samples(&found), &ramp(12)[..4]);
    assert_eq!(found.metadata.frames, Some(Frames { shown: 1, total: 3 }));
}

#[test]
fn two_frames_are_two_energies_only_when_the_file_says_so() {
    let two = || Made::grey16(2, 1, &[1, 2, 3, 4]).text(tags::NUMBER_OF_FRAMES, b"IS", "2");
    assert!(read(&two().build()).unwrap().dual().is_none());
    for (labels, high, low) in [
        ("HIGH\\LOW", [1, 2], [3, 4]),
        ("Low energy\\High energy", [3, 4], [1, 2]),
    ] {
        let made = two().text(tags::FRAME_LABEL_VECTOR, b"SH", labels);
        let found = read(&made.build()).unwrap();
        let (first, second) = found.dual().unwrap();
        assert_eq!(
            (first.grid.samples(), second.grid.samples()),
            (&high[..], &low[..])
        );
        assert_eq!(found.metadata.frames, None);
    }
}

/// One RLE frame of two byte planes, as literals and runs.
fn rle_frame(samples: &[u16]) -> Vec<u8> {
    let mut planes = Vec::new();
    for shift in [8, 0] {
        let bytes: Vec<u8> = samples.iter().map(|v| (v >> shift) as u8).collect();
        let mut packed = Vec::new();
        for run in bytes.chunk_by(|a, b| a == b) {
            for part in run.chunks(128) {
                match part {
                    [one] => packed.extend([0, *one]),
                    more => packed.extend([(257 - more.len()) as u8, more[0]]),
                }
            }
        }
        planes.push(packed);
    }
    let mut bytes = [2u32, 64, 64 + planes[0].len() as u32]
        .iter()
        .flat_map(|v| v.to_le_bytes())
        .collect::<Vec<_>>();
    bytes.resize(64, 0);
    bytes.extend(planes.concat());
    bytes
}

pub(in crate::decode) fn rle(width: u16, height: u16, frames: &[&[u16]]) -> Made {
    let mut made = Made::grey16(width, height, &[]);
    made.syntax = uids::RLE_LOSSLESS;
    made.pixels = Err(frames.iter().map(|frame| rle_frame(frame)).collect());
    made.text(tags::NUMBER_OF_FRAMES, b"IS", &frames.len().to_string())
}

#[test]
fn run_lengths_are_unpacked() {
    let mut samples_in = vec![0x1234; 300];
    samples_in.extend(ramp(20));
    let found = read(&rle(20, 16, &[&samples_in]).build()).unwrap();
    assert_eq!(samples(&found), samples_in);
    let two =
        rle(20, 16, &[&ramp(320), &samples_in]).text(tags::FRAME_LABEL_VECTOR, b"SH", "low\\high");
    assert_eq!(samples(&read(&two.build()).unwrap()), samples_in);
}

pub(in crate::decode) fn jpeg() -> Made {
    let picture = image::GrayImage::from_fn(16, 8, |x, y| image::Luma([(x * 9 + y * 3) as u8]));
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 100)
        .encode_image(&picture)
        .unwrap();
    let mut made = Made::grey16(16, 8, &[]).of_8_bits(Vec::new());
    made.syntax = uids::JPEG_BASELINE8_BIT;
    // Over two fragments, as large frames are.
    let rest = bytes.split_off(100);
    made.pixels = Err(vec![bytes, rest]);
    made
}

#[test]
fn a_jpeg_inside_is_unpacked_from_all_its_fragments() {
    let found = read(&jpeg().build()).unwrap();
    for (at, sample) in samples(&found).iter().enumerate() {
        let expected = (at % 16 * 9 + at / 16 * 3) as i32;
        assert!(
            (i32::from(sample / 257) - expected).abs() <= 3,
            "{at}: {sample}"
        );
    }
    let other_size = jpeg().short(tags::COLUMNS, 17);
    assert_eq!(read(&other_size.build()).unwrap_err().code(), "damaged");
}

#[test]
fn what_is_not_read_is_refused_by_name() {
    for (syntax, name) in [
        (uids::JPEGLS_LOSSLESS, "JPEG-LS"),
        (uids::JPEG2000_LOSSLESS, "JPEG 2000"),
        (uids::HTJ2K, "High-Throughput"),
        ("1.2.3.4", "1.2.3.4"),
    ] {
        let error = read(&Made { syntax, ..jpeg() }.build()).unwrap_err();
        assert_eq!(error.code(), "unsupported-compression");
        assert!(error.to_string().contains(name), "{error}");
    }
    for (made, word) in [
        (
            Made::grey16(1, 1, &[0]).short(tags::BITS_ALLOCATED, 32),
            "32-bit",
        ),
        (
            Made::grey16(1, 1, &[0]).short(tags::SAMPLES_PER_PIXEL, 3),
            "3 samples",
        ),
        (
            Made::grey16(1, 1, &[0]).text(tags::PHOTOMETRIC_INTERPRETATION, b"CS", "PALETTE COLOR"),
            "PALETTE COLOR",
        ),
    ] {
        let error = read(&made.build()).unwrap_err();
        assert_eq!(error.code(), "unsupported-samples");
        assert!(error.to_string().contains(word), "{error}");
    }
}

#[test]
fn a_report_without_pixels_is_called_so() {
    let made = Made::grey16(1, 1, &[0]).text(tags::MODALITY, b"CS", "SR");
    let bytes = made.build();
    let error = read(&bytes[..bytes.len() - 14]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a DICOM file of modality SR holds no image"
    );
}

#[test]
fn sequences_before_the_pixels_are_passed_over_however_deep() {
    let item = |inside: &[u8]| {
        let mut bytes = b"\xfe\xff\x00\xe0\xff\xff\xff\xff".to_vec();
        bytes.extend(inside);
        bytes.extend(b"\xfe\xff\x0d\xe0\0\0\0\0\xfe\xff\xdd\xe0\0\0\0\0");
        bytes
    };
    let nested = |depth: usize| {
        let mut inside = item(b"\x08\0\x60\0CS\x02\0SR");
        for _ in 1..depth {
            inside = item(&[&b"\x08\0\x15\x11SQ\0\0\xff\xff\xff\xff"[..], &inside].concat());
        }
        Made::grey16(2, 1, &[5, 6]).set(Tag(0x0008, 0x1115), b"SQ", inside)
    };
    assert_eq!(samples(&read(&nested(20).build()).unwrap()), [5, 6]);
    let error = read(&nested(10_000).build()).unwrap_err();
    assert!(
        error.to_string().contains("64 sequences in each other"),
        "{error}"
    );
}

#[test]
fn a_length_beyond_the_file_is_refused_before_memory_is_taken() {
    let made = Made::grey16(2, 1, &[5, 6]);
    let mut bytes = made.build();
    let at = bytes.len() - 8;
    bytes[at..at + 4].copy_from_slice(&0xffff_fff0u32.to_le_bytes());
    let error = read(&bytes).unwrap_err();
    assert!(
        matches!(error, DecodeError::CutOff { need, .. } if need > 0xffff_fff0),
        "{error}"
    );
    let large = Made::grey16(65_535, 65_535, &[0]);
    assert_eq!(read(&large.build()).unwrap_err().code(), "too-large");
    let run = rle(40_000, 6000, &[&[1, 2, 3]]);
    assert_eq!(read(&run.build()).unwrap_err().code(), "cut-off");
    let short = Made::grey16(20, 20, &[1, 2, 3]);
    assert_eq!(read(&short.build()).unwrap_err().code(), "cut-off");
}

proptest! {
    #[test]
    fn every_bit_layout_keeps_the_order_of_its_samples(
        (stored, high) in (1u16..=16).prop_flat_map(|stored| (Just(stored), stored - 1..16)),
        signed: bool, mut values in prop::collection::vec(any::<u16>(), 2..40),
    ) {
        let mask = u16::MAX >> (16 - stored);
        for value in &mut values {
            *value &= mask;
        }
        let made = Made::grey16(
            values.len() as u16,
            1,
            &values.iter().map(|v| v << (high + 1 - stored)).collect::<Vec<_>>(),
        )
        .short(tags::BITS_STORED, stored)
        .short(tags::HIGH_BIT, high)
        .short(tags::PIXEL_REPRESENTATION, u16::from(signed));
        let found = read(&made.build()).unwrap();
        let meaning = |value: u16| {
            let sign = 1i32 << (stored - 1);
            let value = i32::from(value);
            if signed { (value ^ sign) - sign } else { value }
        };
        for (a, x) in values.iter().zip(samples(&found)) {
            for (b, y) in values.iter().zip(samples(&found)) {
                prop_assert_eq!(meaning(*a).cmp(&meaning(*b)), x.cmp(y));
            }
        }
    }
}
