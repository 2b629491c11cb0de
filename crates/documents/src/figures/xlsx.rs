//! Figures as XLSX: one sheet of values, one of what they mean.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Figures, HEADS, Told, span, told};
use crate::escape::is_unprintable;
use crate::paper::{DocumentError, Paper};
use crate::words::Words;

/// The longest text that a cell takes, characters.
const LONGEST: usize = 8_000;

/// The figures as a workbook: a row for every value, times in minutes, shares as per cent; and each figure's definition.
///
/// # Errors
/// Only when the workbook cannot be written.
pub fn figures_xlsx(figures: &Figures<'_>, paper: &Paper<'_>) -> Result<Vec<u8>, DocumentError> {
    let words = paper.words();
    workbook(figures, paper, &words).map_err(|error| DocumentError::Sheet(error.to_string()))
}

fn workbook(figures: &Figures<'_>, paper: &Paper<'_>, words: &Words) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let written = paper.printed_at.as_second();
    book.set_properties(
        &DocProperties::new()
            .set_title(words.say("insights"))
            .set_creation_datetime(&ExcelDateTime::from_timestamp(written)?),
    );
    values(
        book.add_worksheet(),
        &told(figures, words),
        &span(figures, paper, words),
    )?;
    definitions(book.add_worksheet(), figures, words)?;
    book.save_to_buffer()
}

fn head(sheet: &mut Worksheet, names: &[&str]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (column, name) in names.iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, *name, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn values(sheet: &mut Worksheet, all: &[Told], span: &[String; 2]) -> Result<(), XlsxError> {
    sheet.set_name("figures")?;
    head(sheet, &HEADS)?;
    let share = Format::new().set_num_format("0.0%");
    let minutes = Format::new().set_num_format("0.0");
    let plain = Format::new();
    for (index, one) in all.iter().enumerate() {
        let row = index as u32 + 1;
        let texts = [one.figure, &one.name, &one.group, &one.measure];
        for (column, text) in texts.into_iter().enumerate() {
            sheet.write_string(row, column as u16, clean(text))?;
        }
        let format = match one.unit {
            "min" => &minutes,
            _ if one.share => &share,
            _ => &plain,
        };
        sheet.write_number_with_format(row, 4, one.value, format)?;
        sheet.write_string(row, 5, one.unit)?;
        sheet.write_number(row, 6, one.sample as f64)?;
        sheet.write_boolean(row, 7, one.few)?;
        sheet.write_string(row, 8, &span[0])?;
        sheet.write_string(row, 9, &span[1])?;
    }
    sheet.autofilter(0, 0, all.len() as u32, HEADS.len() as u16 - 1)?;
    for (column, width) in [(0, 20), (1, 30), (2, 36), (3, 18), (8, 17), (9, 17)] {
        sheet.set_column_width(column, width)?;
    }
    Ok(())
}

fn definitions(
    sheet: &mut Worksheet,
    figures: &Figures<'_>,
    words: &Words,
) -> Result<(), XlsxError> {
    sheet.set_name("definitions")?;
    head(sheet, &["figure", "name", "definition"])?;
    for (index, table) in figures.tables.iter().enumerate() {
        let row = index as u32 + 1;
        sheet.write_string(row, 0, table.figure.code())?;
        sheet.write_string(row, 1, words.code("figure", table.figure))?;
        sheet.write_string(row, 2, words.code("figure-why", table.figure))?;
    }
    for (column, width) in [(0, 20), (1, 30), (2, 120)] {
        sheet.set_column_width(column, width)?;
    }
    Ok(())
}

/// A text as a cell takes it: never a formula, as it is written as text; what is not printable is shown as such.
fn clean(text: &str) -> String {
    text.chars()
        .take(LONGEST)
        .map(|c| {
            if is_unprintable(c) {
                char::REPLACEMENT_CHARACTER
            } else {
                c
            }
        })
        .collect()
}
