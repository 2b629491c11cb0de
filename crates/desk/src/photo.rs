//! Files that officers attach: how large they may be, and what they must be by their first bytes.

use outpost_protocol::{MAX_FILE, Problem};

use crate::words::problem;

/// What a file is, by its magic bytes, among what may be attached.
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some("image/png"),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Some("image/tiff"),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        _ => None,
    }
}

/// Whether the file may be attached.
///
/// # Errors
/// When it is empty, too large, or no image and no PDF: in words, with its name.
pub fn check(name: &str, bytes: &[u8]) -> Result<&'static str, Problem> {
    let size = bytes.len() as u64;
    if size > MAX_FILE {
        return Err(too_large(name, size));
    }
    let name = shortened(name);
    media_type(bytes).ok_or_else(|| {
        problem(
            "file-not-an-image",
            [("name", name.clone())],
            format!("{name} is no JPEG, PNG, TIFF or PDF file"),
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
            check("x.exe", b"\x89PNG\r\n\x1a\n rest").unwrap(),
            "image/png"
        );
        assert_eq!(
            check("photo.jpg", b"MZ program").unwrap_err().code,
            "file-not-an-image"
        );
        assert_eq!(
            check("empty.jpg", b"").unwrap_err().code,
            "file-not-an-image"
        );
    }

    #[test]
    fn a_photo_of_200_megabytes_is_refused_with_its_size() {
        let large = vec![0xFF; 200 * 1024 * 1024];
        let refused = check("IMG_1.jpg", &large).unwrap_err();
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
