//! Plotters on egui: what a chart draws becomes shapes of a painter, its text egui's own.

use std::convert::Infallible;

use egui::{Align2, Color32, FontFamily, FontId, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

/// Backend units in a point: plotters counts in whole units, and a point is too coarse for a line.
pub const FINE: f32 = 8.0;

/// Draws into a rectangle of the screen.
pub struct Egui<'a> {
    painter: &'a Painter,
    place: Rect,
}

impl<'a> Egui<'a> {
    /// Draws into `place` of `painter`.
    pub const fn new(painter: &'a Painter, place: Rect) -> Self {
        Self { painter, place }
    }

    fn at(&self, (x, y): BackendCoord) -> Pos2 {
        self.place.min + vec2(x as f32, y as f32) / FINE
    }

    fn font(size: f64) -> FontId {
        FontId::new(size as f32 / FINE, FontFamily::Proportional)
    }
}

fn color(color: BackendColor) -> Color32 {
    let (r, g, b) = color.rgb;
    Color32::from_rgb(r, g, b).gamma_multiply(color.alpha as f32)
}

fn stroke<S: BackendStyle>(style: &S) -> Stroke {
    Stroke::new(style.stroke_width() as f32 / FINE, color(style.color()))
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Egui<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let size = self.place.size() * FINE;
        (size.x as u32, size.y as u32)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, ink: BackendColor) -> Drawn {
        let size = vec2(1.0, 1.0) / FINE;
        let place = Rect::from_min_size(self.at(point), size);
        self.painter.rect_filled(place, 0, color(ink));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        let ends = [self.at(from), self.at(to)];
        self.painter.line_segment(ends, stroke(style));
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let place = Rect::from_two_pos(self.at(upper_left), self.at(bottom_right));
        if fill {
            self.painter.rect_filled(place, 0, color(style.color()));
        } else {
            let kind = egui::StrokeKind::Middle;
            self.painter.rect_stroke(place, 0, stroke(style), kind);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let points: Vec<Pos2> = path.into_iter().map(|point| self.at(point)).collect();
        self.painter.line(points, stroke(style));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        let corners: Vec<Pos2> = corners.into_iter().map(|point| self.at(point)).collect();
        let shape = Shape::convex_polygon(corners, color(style.color()), Stroke::NONE);
        self.painter.add(shape);
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let anchor = style.anchor();
        let across = match anchor.h_pos {
            HPos::Left => egui::Align::Min,
            HPos::Center => egui::Align::Center,
            HPos::Right => egui::Align::Max,
        };
        let down = match anchor.v_pos {
            VPos::Top => egui::Align::Min,
            VPos::Center => egui::Align::Center,
            VPos::Bottom => egui::Align::Max,
        };
        let align = Align2([across, down]);
        let font = Self::font(style.size());
        self.painter
            .text(self.at(at), align, text, font, color(style.color()));
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let font = Self::font(style.size());
        let words = self
            .painter
            .layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
        let size = words.size() * FINE;
        Ok((size.x.ceil() as u32, size.y.ceil() as u32))
    }
}

/// Where a unit of the backend is on the screen.
pub fn on_screen(place: Rect, (x, y): BackendCoord) -> Pos2 {
    place.min + pos2(x as f32, y as f32).to_vec2() / FINE
}
