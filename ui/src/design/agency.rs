//! The agency's square: its letter, and how far it is by surface, outline and a mark.

use egui::accesskit::Role;
use egui::{Align, CornerRadius, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};
use outpost_domain::{Agency, Answer, SectionState};

use super::theme::{metrics, palette};
use super::tokens::{RADIUS_SMALL, SQUARE, Tone};
use super::r#type::Type;
use super::words::paint_line;

/// How an agency's square looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Not decided, not begun, not answered: outline.
    Undecided,
    /// At work, or wants another time: amber.
    InProgress,
    /// Holds or refuses: red.
    Against,
    /// Decided, or will be there: green.
    Decided,
    /// Has no interest: grey, struck through.
    Waived,
}

impl From<SectionState> for Mark {
    fn from(state: SectionState) -> Self {
        match state {
            SectionState::Waiting => Self::Undecided,
            SectionState::InProgress => Self::InProgress,
            SectionState::Held | SectionState::Refused | SectionState::Partial => Self::Against,
            SectionState::Accepted => Self::Decided,
            SectionState::Waived => Self::Waived,
        }
    }
}

impl From<Answer> for Mark {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Pending => Self::Undecided,
            Answer::Accepted => Self::Decided,
            Answer::Waived => Self::Waived,
            Answer::OtherTime => Self::InProgress,
        }
    }
}

impl Mark {
    const fn tone(self) -> Option<Tone> {
        match self {
            Self::Undecided | Self::Waived => None,
            Self::InProgress => Some(Tone::Amber),
            Self::Against => Some(Tone::Red),
            Self::Decided => Some(Tone::Green),
        }
    }
}

/// Paints an agency's square in `rect`.
pub fn paint(ui: &Ui, rect: Rect, agency: Agency, mark: Mark) {
    let p = palette(ui);
    let radius = CornerRadius::same(RADIUS_SMALL);
    let ink = match mark.tone() {
        Some(tone) => {
            ui.painter().rect_filled(rect, radius, p.wash(tone));
            if p.theme.is_contrast() {
                ui.painter().rect_stroke(
                    rect,
                    radius,
                    Stroke::new(p.line_width, p.tone(tone)),
                    StrokeKind::Inside,
                );
            }
            p.tone(tone)
        }
        None if mark == Mark::Waived => {
            ui.painter().rect_filled(rect, radius, p.sunken);
            p.ink_3
        }
        None => {
            ui.painter().rect_filled(rect, radius, p.panel);
            ui.painter()
                .rect_stroke(rect, radius, p.hairline(), StrokeKind::Inside);
            p.ink_2
        }
    };
    let letter = agency.letter().to_string();
    paint_line(ui, rect, Align::Center, &letter, Type::Key, ink);
    if mark == Mark::Waived {
        let (from, to) = (rect.left_bottom(), rect.right_top());
        let inset = rect.width() / 4.0;
        ui.painter().line_segment(
            [from + vec2(inset, -inset), to + vec2(-inset, inset)],
            Stroke::new(1.0, ink),
        );
    }
}

/// Edge of a square in this look, points.
pub fn edge(ui: &Ui) -> f32 {
    SQUARE + 2.0 * metrics(ui).text_step
}

/// An agency's square as a widget; `words` says agency and state on hover and to a screen reader.
pub fn agency_square(ui: &mut Ui, agency: Agency, mark: Mark, words: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(edge(ui), edge(ui)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    paint(ui, rect, agency, mark);
    response.on_hover_text(words)
}
