//! The QR code: inspection and record hash, drawn as a path.

use std::fmt::Write;

use outpost_domain::{BlobHash, InspectionId};
use qrcode::{Color, EcLevel, QrCode};

/// Modules of white that a reader wants around the code (ISO/IEC 18004 §9.1).
const QUIET: usize = 4;

/// A QR code as an SVG path over a square field.
pub(crate) struct Mark {
    pub(crate) size: usize,
    pub(crate) path: String,
    pub(crate) label: String,
}

/// What the code says: a link to the inspection with the hash of the record that was printed.
pub(crate) fn link(inspection: InspectionId, record: BlobHash) -> String {
    format!("outpost://inspection/{inspection}?record={record}")
}

impl Mark {
    /// The code of `text`; `None` when it is too long for one, which a link never is.
    pub(crate) fn of(text: &str, label: String) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let mut path = String::new();
        for (row, modules) in code.to_colors().chunks(code.width()).enumerate() {
            for (column, module) in modules.iter().enumerate() {
                if *module == Color::Dark {
                    let _ = write!(path, "M{},{}h1v1h-1z", column + QUIET, row + QUIET);
                }
            }
        }
        Some(Self {
            size: code.width() + 2 * QUIET,
            path,
            label,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn another_program_reads_what_the_code_says() {
        let text = link(
            "01900000-0000-7000-8000-000000000001".parse().unwrap(),
            BlobHash([0xA7; 32]),
        );
        let mark = Mark::of(&text, String::new()).unwrap();
        let dark: Vec<(usize, usize)> = mark
            .path
            .split('M')
            .skip(1)
            .map(|m| {
                let (x, y) = m.split_once('h').unwrap().0.split_once(',').unwrap();
                (x.parse::<usize>().unwrap(), y.parse::<usize>().unwrap())
            })
            .collect();
        let side = mark.size - 2 * QUIET;
        let grid = rqrr::SimpleGrid::from_func(side, |x, y| dark.contains(&(x + QUIET, y + QUIET)));
        assert_eq!(rqrr::Grid::new(grid).decode().unwrap().1, text);
    }
}
