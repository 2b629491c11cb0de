//! What was measured on the radiograph, beside it: the profile along a line, what a region holds, and both as SVG files.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use egui::Ui;

use crate::chart::Chart;
use crate::design::card::card_with;
use crate::design::icons;
use crate::design::words::{hint, paragraph};
use crate::design::{Type, palette};
use crate::moment::{count, decimal};
use crate::radiograph::{Bench, Inside, length_words};
use crate::text::{tr, tr_args};

use super::head_act::head_act;
use super::reading::Reading;

/// Height of a chart, points.
const HEIGHT: f32 = 124.0;

/// Shows what was measured along a line; `unit` names the file that a chart is saved to.
pub fn line(reading: &mut Reading, ui: &mut Ui, unit: &str) {
    let bench = &reading.bench;
    let (Some(measured), Some(image)) = (&bench.line, bench.image()) else {
        return;
    };
    let pitch = bench.pitch_mm;
    let length = measured.length(pitch);
    let title = tr_args("measure-title", &[("length", length.into())]);
    let chart = measured.chart(image, pitch);
    let objects = measured.count.as_ref().map(|found| {
        let apart = found.period.map(|pixels| length_words(pixels, pitch));
        match (found.sure, apart) {
            (true, Some(apart)) => tr_args(
                "measure-count",
                &[
                    ("n", count(found.positions.len() as u64).into()),
                    ("apart", apart.into()),
                ],
            ),
            _ => tr("measure-uneven"),
        }
    });
    let mut save = false;
    let mut at = None;
    card_with(
        ui,
        &title,
        |ui| save = save_act(ui),
        |ui| {
            if !chart.series.is_empty() {
                at = chart.show(ui, HEIGHT).1;
            }
            if let Some(words) = objects {
                hint(ui, words);
            }
            hint(
                ui,
                tr(if pitch.is_some() {
                    "measure-along"
                } else {
                    "measure-no-pitch"
                }),
            );
            told(reading.saved.as_deref(), ui);
        },
    );
    let end = chart.x.range.end.max(f32::MIN_POSITIVE);
    reading.bench.probe = at.map(|at| at / end);
    if save {
        reading.saved = Some(saved(&chart, &format!("{unit} line")));
    }
}

/// Shows what the region that is looked at holds.
pub fn inside(reading: &mut Reading, ui: &mut Ui, unit: &str) {
    let Some(inside) = reading.bench.inside() else {
        return;
    };
    let number = reading.selected().map(|index| (index + 1).to_string());
    let title = match &number {
        Some(number) => tr_args("inside-title", &[("number", number.clone().into())]),
        None => tr("inside-drawn"),
    };
    let chart = inside.chart();
    let words = in_words(inside, &reading.bench);
    let mut save = false;
    card_with(
        ui,
        &title,
        |ui| save = save_act(ui),
        |ui| {
            paragraph(ui, words.join(" · "), Type::Body, palette(ui).ink_2);
            chart.show(ui, HEIGHT);
            hint(ui, tr("inside-histogram"));
            told(reading.saved.as_deref(), ui);
        },
    );
    if save {
        let name = format!("{unit} region {}", number.unwrap_or_default());
        reading.saved = Some(saved(&chart, name.trim()));
    }
}

/// Area, attenuation of each energy, and how full it is.
fn in_words(inside: &Inside, bench: &Bench) -> Vec<String> {
    let mut words = vec![match inside.area_mm2 {
        Some(area) => format!("{} m²", decimal(area / 1e6, 2)),
        None => format!("{} px", count(inside.pixels)),
    }];
    for (index, [mean, deviation]) in inside.attenuation.iter().enumerate() {
        let energy = bench
            .image()
            .and_then(|image| crate::radiograph::energy_words(image, index));
        let value = format!(
            "{} ± {}",
            decimal(f64::from(*mean), 2),
            decimal(f64::from(*deviation), 2)
        );
        words.push(match energy {
            Some(energy) => format!("{energy} {value}"),
            None => value,
        });
    }
    words.extend(inside.filled.map(|share| {
        let share = decimal(share * 100.0, 0);
        tr_args("inside-filled", &[("share", share.into())])
    }));
    words
}

fn save_act(ui: &mut Ui) -> bool {
    let words = tr("chart-save");
    head_act(ui, icons::DOWNLOAD_SIMPLE, &tr("chart-save-why"), &words).clicked()
}

fn told(saved: Option<&str>, ui: &mut Ui) {
    if let Some(words) = saved {
        hint(ui, words);
    }
}

/// Writes a chart into the officer's documents, and says where it is or why it could not be.
fn saved(chart: &Chart, name: &str) -> String {
    let written = chart.svg().and_then(|document| {
        let folder = folder().ok_or_else(|| tr("chart-no-folder"))?;
        write_new(&folder, name, document.as_bytes()).map_err(|error| error.to_string())
    });
    match written {
        Ok(path) => tr_args(
            "chart-saved",
            &[("path", path.display().to_string().into())],
        ),
        Err(error) => tr_args("chart-not-saved", &[("error", error.into())]),
    }
}

fn folder() -> Option<PathBuf> {
    let dirs = directories::UserDirs::new()?;
    let documents = dirs.document_dir().unwrap_or_else(|| dirs.home_dir());
    Some(documents.join("Outpost"))
}

/// The most files of one name.
const MOST: u32 = 1_000;

/// Writes a file that was not there before: what was saved once is never written over.
fn write_new(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let safe = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let name: String = name.chars().map(safe).take(80).collect();
    for turn in 1..=MOST {
        let path = match turn {
            1 => folder.join(format!("{name}.svg")),
            turn => folder.join(format!("{name}-{turn}.svg")),
        };
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                File::write_all(&mut file, bytes)?;
                return Ok(path);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::write_new;

    #[test]
    fn a_file_is_never_written_over_and_its_name_stays_in_the_folder() {
        let folder = std::env::temp_dir().join(format!("outpost-charts-{}", std::process::id()));
        let first = write_new(&folder, "../../MSKU 601167 2 line", b"one").unwrap();
        let second = write_new(&folder, "../../MSKU 601167 2 line", b"two").unwrap();
        assert_ne!(first, second);
        assert_eq!(first.parent(), Some(folder.as_path()));
        assert_eq!(std::fs::read(&first).unwrap(), b"one");
        assert_eq!(std::fs::read(&second).unwrap(), b"two");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
