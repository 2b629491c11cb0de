//! Files that officers attach: how large they may be, and what they must be by their first bytes.

use outpost_domain::BroughtImage;
use outpost_protocol::{MAX_FILE, Problem};

use crate::words::problem;

/// Samples without a container, and the description beside them: nothing in their first bytes tells what they are.
const UNMARKED: [&str; 2] = [BroughtImage::RAW, "application/json"];

/// Where DICOM's magic bytes stand (PS3.10, 7.1).
const DICOM: usize = 128;

/// What a file is, by its magic bytes, among what may be attached.
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    if bytes
        .get(DICOM..)
        .is_some_and(|rest| rest.starts_with(b"DICM"))
    {
        return Some("application/dicom");
    }
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some("image/png"),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Some("image/tiff"),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        _ => None,
    }
}

/// Whether the file may be attached, and as what. `claimed` counts only for what has no marks of its own.
///
/// # Errors
/// When it is empty, too large, or no image and no PDF: in words, with its name.
pub fn check(name: &str, claimed: &str, bytes: &[u8]) -> Result<&'static str, Problem> {
    let size = bytes.len() as u64;
    if size > MAX_FILE {
        return Err(too_large(name, size));
    }
    let name = shortened(name);
    let unmarked = || {
        let known = UNMARKED.into_iter().find(|kind| *kind == claimed);
        known.filter(|_| !bytes.is_empty())
    };
    media_type(bytes).or_else(unmarked).ok_or_else(|| {
        problem(
            "file-not-an-image",
            [("name", name.clone())],
            format!("{name} is no JPEG, PNG, TIFF, DICOM or PDF file"),
        )
    })
}

/// That a file of `size` bytes is over the limit, in words.
pub fn too_large(name: &str, size: u64) -> Problem {
    let name = shortened(name);
    // Rounded up: one byte too many must not read as "50 MB; 50 MB are the limit".
    let (size, limit) = (size.div_ceil(1_048_576), MAX_FILE / 1_048_576);
    problem(
        "file-too-large",
        [
            ("name", name.clone()),
            ("size", size.to_string()),
            ("limit", limit.to_string()),
        ],
        format!("{name} has {size} MB; {limit} MB are the limit"),
    )
}

fn shortened(name: &str) -> String {
    name.chars().take(120).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_file_is_judged_by_its_bytes_and_not_by_its_name() {
        assert_eq!(
            check("x.exe", "image/jpeg", b"\x89PNG\r\n\x1a\n rest").unwrap(),
            "image/png"
        );
        assert_eq!(
            check("photo.jpg", "image/jpeg", b"MZ program")
                .unwrap_err()
                .code,
            "file-not-an-image"
        );
        assert_eq!(
            check("empty.jpg", "image/jpeg", b"").unwrap_err().code,
            "file-not-an-image"
        );
    }

    #[test]
    fn samples_without_marks_are_taken_by_their_word_and_a_dicom_file_by_its_own() {
        let raw = BroughtImage::RAW;
        assert_eq!(check("a.raw", raw, &[0, 1, 2]).unwrap(), raw);
        assert_eq!(check("a.raw", raw, b"\xff\xd8\xff").unwrap(), "image/jpeg");
        assert_eq!(
            check("a.raw", raw, b"").unwrap_err().code,
            "file-not-an-image"
        );
        let mut dicom = vec![0; 128];
        dicom.extend(b"DICM rest");
        assert_eq!(
            check("a.dcs", "image/jpeg", &dicom).unwrap(),
            "application/dicom"
        );
        assert_eq!(
            check("a.exe", "application/x-program", &[0, 1])
                .unwrap_err()
                .code,
            "file-not-an-image"
        );
    }

    #[test]
    fn a_photo_of_200_megabytes_is_refused_with_its_size() {
        let large = vec![0xFF; 200 * 1024 * 1024];
        let refused = check("IMG_1.jpg", "image/jpeg", &large).unwrap_err();
        assert_eq!(
            (refused.code.as_str(), refused.args["size"].as_str()),
            ("file-too-large", "200")
        );
        let barely = too_large("IMG_1.jpg", MAX_FILE + 1);
        assert_eq!(
            (barely.args["size"].as_str(), barely.args["limit"].as_str()),
            ("51", "50")
        );
    }
}
