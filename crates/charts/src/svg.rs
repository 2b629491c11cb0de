//! A chart for paper.

use plotters::prelude::*;

use crate::{Chart, Inks};

/// Dark on white.
const PAPER: Inks = Inks {
    ink: RGBColor(27, 35, 32),
    faint: RGBColor(86, 96, 91),
    ground: RGBColor(238, 240, 238),
    series: [RGBColor(15, 95, 102), RGBColor(127, 175, 179)],
    on_series: RGBColor(255, 255, 255),
};

impl Chart {
    /// The chart as an SVG document `width` points wide.
    ///
    /// # Errors
    /// What plotters cannot draw.
    pub fn svg(&self, width: u32) -> Result<String, String> {
        let mut document = String::new();
        {
            let size = (width, self.height().ceil().max(1.0) as u32);
            let area = SVGBackend::with_string(&mut document, size).into_drawing_area();
            let drawn = self.draw(&area, &PAPER, 1.0).map(|_| ());
            let drawn = drawn.and_then(|()| area.present());
            drawn.map_err(|error| error.to_string())?;
        }
        Ok(document)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{Cell, Line, Value};

    const HOSTILE: &str = "<script>alert(1)</script> & \"صغير\" 大";

    fn value(size: f64) -> Value {
        Value {
            size,
            words: format!("{size} min"),
        }
    }

    fn bars(sizes: &[f64]) -> Chart {
        let line = |size: &f64| Line {
            name: HOSTILE.to_owned(),
            values: vec![value(*size), value(size * 2.0)],
            sample: "n 3".to_owned(),
            few: true,
        };
        Chart::Bars {
            series: vec!["half".to_owned(), "nine of ten".to_owned()],
            lines: sizes.iter().map(line).collect(),
            full: None,
        }
    }

    fn text_of(svg: &str) -> String {
        let document = roxmltree::Document::parse(svg).unwrap();
        let nodes = document.descendants();
        let texts = nodes.filter(|n| n.has_tag_name("text"));
        texts.filter_map(|n| n.text()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn names_stay_text_and_every_value_is_said() {
        let svg = bars(&[10.0, 40.0]).svg(600).unwrap();
        assert!(!svg.contains("<script>"), "{svg}");
        let said = text_of(&svg);
        for words in ["10 min", "20 min", "80 min", "half", "n 3"] {
            assert!(said.contains(words), "{words} in {said}");
        }
    }

    #[test]
    fn nothing_zero_and_what_is_no_number_are_still_a_chart() {
        for chart in [bars(&[]), bars(&[0.0]), bars(&[f64::NAN, f64::INFINITY])] {
            assert!(chart.svg(400).unwrap().starts_with("<svg"));
        }
        let empty = Chart::Grid {
            columns: Vec::new(),
            rows: Vec::new(),
            cells: Vec::new(),
        };
        assert!(empty.svg(1).is_ok());
    }

    #[test]
    fn a_cell_lies_in_its_row_and_column() {
        let cell = |row, column, size| Cell {
            row,
            column,
            value: value(size),
            few: false,
        };
        let chart = Chart::Grid {
            columns: vec!["06".to_owned(), "07".to_owned()],
            rows: vec!["Bay 1".to_owned(), "Bay 2".to_owned()],
            cells: vec![cell(0, 1, 30.0), cell(1, 0, 60.0)],
        };
        let mut document = String::new();
        let size = (400, chart.height() as u32);
        let area = SVGBackend::with_string(&mut document, size).into_drawing_area();
        let spots = chart.draw(&area, &PAPER, 1.0).unwrap();
        assert!(spots[0].from.0 > spots[1].from.0 && spots[0].from.1 < spots[1].from.1);
        assert!(spots.iter().all(|s| s.to.0 <= 400 && s.from.0 < s.to.0));
    }
}
