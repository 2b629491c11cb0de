//! The seam for formats whose readers are not ours to write.
//!
//! The World Customs Organization's Unified File Format is one: authorities ask for it, its byte
//! layout is not public, and none of it is read here. Who has the specification writes an
//! [`Adapter`] and hands it to [`decode_with`]; nothing else changes.

use super::{DecodeError, Limits, dispatch, guarded};
use crate::raster::Image;

/// A reader for one more format.
///
/// It gets a stranger's bytes: it must hold every claimed size against `limits` before it takes
/// memory. Should it panic, [`decode_with`] refuses the file.
pub trait Adapter: Sync {
    /// Whether these bytes are of its format, told from the first of them.
    fn recognises(&self, bytes: &[u8]) -> bool;

    /// Decodes them to transmission, 0 to 65535, high energy first.
    fn decode(&self, bytes: &[u8], limits: Limits) -> Result<Image, DecodeError>;
}

/// Like [`crate::decode()`], but asks these adapters first, in their order.
///
/// # Errors
/// Those of [`crate::decode()`] or of the adapter that recognised the bytes.
pub fn decode_with(
    adapters: &[&dyn Adapter],
    bytes: &[u8],
    limits: Limits,
) -> Result<Image, DecodeError> {
    guarded(bytes, limits, || {
        match adapters.iter().find(|adapter| adapter.recognises(bytes)) {
            Some(adapter) => adapter.decode(bytes, limits),
            None => dispatch(bytes, limits),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::raw::decode_raw;

    /// A format of four magic bytes and two samples.
    struct Toy;

    impl Adapter for Toy {
        fn recognises(&self, bytes: &[u8]) -> bool {
            bytes.starts_with(b"TOY1")
        }

        fn decode(&self, bytes: &[u8], limits: Limits) -> Result<Image, DecodeError> {
            assert_ne!(bytes.get(4), Some(&255), "a reader with a fault");
            let about = br#"{"width": 2, "height": 1, "bits": 8, "offset": 4}"#;
            decode_raw(about, bytes, limits)
        }
    }

    #[test]
    fn an_adapter_reads_its_own_format_and_no_other() {
        let read = |bytes: &[u8]| decode_with(&[&Toy], bytes, Limits::default());
        assert_eq!(read(b"TOY1\x01\x02").map(|image| image.size()), Ok((2, 1)));
        assert_eq!(read(b""), Err(DecodeError::Empty));
        assert!(matches!(
            read(b"TOY2\x01\x02"),
            Err(DecodeError::NotAnImage { .. })
        ));
    }

    #[test]
    fn an_adapter_that_fails_costs_one_image() {
        let found = decode_with(&[&Toy], b"TOY1\xff\x02", Limits::default());
        assert!(matches!(found, Err(DecodeError::Damaged { .. })));
    }
}
