//! What the scanner wrote into the file, beside what the central's record says of it. A file that belongs to another
//! unit is told before anything is read off it.

use egui::Ui;
use outpost_domain::{Inspection, Scan};

use crate::design::card::card;
use crate::design::words::{label_2, paragraph};
use crate::design::{SPACE_S, SPACE_XS, Type, palette};
use crate::moment::decimal;
use crate::radiograph::Loaded;
use crate::text::{tr, tr_args};

use super::View;
use super::reading::Reading;

/// What in a file does not go with the record.
#[derive(Debug, Clone, PartialEq)]
pub enum Doubt {
    /// The scanner read the number of a unit that is not in this inspection.
    Unit(String),
    /// The file has other columns and rows than its record.
    Size([(u32, u32); 2]),
    /// The file says another size of a pixel than its record, millimetres each.
    Pitch([f32; 2]),
    /// Only some of the file's frames are shown: how many, of how many.
    Frames(u32, u32),
}

/// How far two sizes of a pixel may lie apart: what records round off.
const SAME_PITCH: f32 = 0.02;

/// What in the file, as it came, does not go with its record and with the inspection.
pub fn doubts(file: &Loaded, scan: &Scan, inspection: &Inspection) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let plain = |number: &str| -> String {
        let kept = number.chars().filter(char::is_ascii_alphanumeric);
        kept.map(|letter| letter.to_ascii_uppercase()).collect()
    };
    if let Some(read) = &file.metadata.unit {
        let own = inspection.units.iter();
        if own
            .map(|u| plain(u.number.as_str()))
            .all(|own| own != plain(read))
        {
            doubts.push(Doubt::Unit(read.clone()));
        }
    }
    let (own, record) = ((file.width, file.height), (scan.width, scan.height));
    if record != (0, 0) && own != record {
        doubts.push(Doubt::Size([own, record]));
    }
    if let (Some(own), Some(record)) = (file.pitch_mm, scan.pitch_mm)
        && record > 0.0
        && (own - record).abs() > SAME_PITCH * record
    {
        doubts.push(Doubt::Pitch([own, record]));
    }
    if let Some(frames) = file.metadata.frames {
        doubts.push(Doubt::Frames(frames.shown, frames.total));
    }
    doubts
}

fn sentence(doubt: &Doubt) -> String {
    match doubt {
        Doubt::Unit(read) => tr_args("scan-file-unit", &[("unit", read.clone().into())]),
        Doubt::Size([file, record]) => {
            let size = |(width, height): &(u32, u32)| format!("{width} × {height}");
            let args = [("file", size(file).into()), ("record", size(record).into())];
            tr_args("scan-file-size", &args)
        }
        Doubt::Pitch([file, record]) => {
            let mm = |value: &f32| decimal(f64::from(*value), 2);
            let args = [("file", mm(file).into()), ("record", mm(record).into())];
            tr_args("scan-file-pitch", &args)
        }
        Doubt::Frames(shown, total) => {
            let args = [("shown", (*shown).into()), ("total", (*total).into())];
            tr_args("scan-file-frames", &args)
        }
    }
}

/// The facts in the file that are worth a line, with their names.
fn facts(file: &Loaded) -> Vec<(String, String)> {
    let said = &file.metadata;
    let bits = tr_args("scan-file-bits-value", &[("bits", file.bits.into())]);
    [
        ("scan-file-scanner", said.scanner.clone()),
        ("scan-file-site", said.site.clone()),
        ("scan-file-taken", said.taken.clone()),
        ("scan-file-read", said.unit.clone()),
        ("scan-file-energies", said.energies.clone()),
        ("scan-file-software", said.software.clone()),
        ("scan-file-packing", said.transfer_syntax.clone()),
        ("scan-file-bits", Some(bits)),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((tr(name), value?)))
    .collect()
}

/// What does not go together, when something does not.
pub fn warning(reading: &Reading, ui: &mut Ui, view: &View<'_>, scan: &Scan) {
    let Some(file) = reading.bench.upright().filter(|file| !file.photo) else {
        return;
    };
    let doubts = doubts(file, scan, view.inspection());
    if doubts.is_empty() {
        return;
    }
    card(ui, &tr("scan-file-doubts"), |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_S;
        let ink = palette(ui).amber;
        for doubt in &doubts {
            paragraph(ui, sentence(doubt), Type::Body, ink);
        }
    });
}

/// What the file says of itself, as it stands there.
pub fn says(reading: &Reading, ui: &mut Ui) {
    let Some(file) = reading.bench.upright() else {
        return;
    };
    let ink = palette(ui).ink;
    card(ui, &tr("scan-file"), |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_S;
        for (name, value) in facts(file) {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = SPACE_XS;
                label_2(ui, name, Type::Small);
                paragraph(ui, value, Type::Body, ink);
            });
        }
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use outpost_imaging::{Frames, Grid};

    use super::*;

    fn inspection() -> Inspection {
        let now = "2026-11-23T07:26:00Z".parse().unwrap();
        let world = outpost_demo::World::generate(7, 12, now);
        world.inspections.into_iter().next().unwrap()
    }

    fn scan() -> Scan {
        Scan {
            blob: outpost_domain::BlobHash::of(b"scan"),
            bytes: 4,
            media_type: "image/tiff".to_owned(),
            scanner: "Gate 6".to_owned(),
            site: "site 2".to_owned(),
            taken_at: "2026-11-23T06:20:00Z".parse().unwrap(),
            pitch_mm: Some(4.0),
            width: 30,
            height: 20,
            unit_read: None,
            description: None,
        }
    }

    #[test]
    fn a_file_of_another_unit_size_or_pitch_is_doubted_and_the_own_one_is_not() {
        let inspection = inspection();
        let plane = || Grid::new(30, 20, vec![9; 600]).unwrap();
        let mut file = Loaded::of_energies(plane(), plane());
        let mut scan = scan();
        assert_eq!(doubts(&file, &scan, &inspection), []);
        let own = inspection.units[0].number.as_str().to_lowercase();
        file.metadata.unit = Some(format!("{} {}", &own[..4], &own[4..]));
        file.pitch_mm = Some(4.01);
        assert_eq!(doubts(&file, &scan, &inspection), []);

        file.metadata.unit = Some("TGHU 111111 1".to_owned());
        file.pitch_mm = Some(5.0);
        file.metadata.frames = Some(Frames {
            shown: 1,
            total: 24,
        });
        scan.width = 60;
        let expected = [
            Doubt::Unit("TGHU 111111 1".to_owned()),
            Doubt::Size([(30, 20), (60, 20)]),
            Doubt::Pitch([5.0, 4.0]),
            Doubt::Frames(1, 24),
        ];
        assert_eq!(doubts(&file, &scan, &inspection), expected);
    }
}
