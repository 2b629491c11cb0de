//! The look: tokens, type, icons, theme, and the widgets that every screen is made of.
//!
//! Nothing outside this folder names a colour, a gap or a text size by number, and no screen styles itself. Widgets
//! know no model and send nothing: they take what they show and say what was done to them. Start reading at
//! [`tokens`] (what there is to choose from), [`theme`] (how egui gets it) and the gallery example, which shows all.

pub mod agency;
pub mod badge;
pub mod bars;
pub mod blank;
pub mod button;
pub mod card;
pub mod chip;
pub mod dialog;
pub mod field;
mod focus;
pub mod gallery;
pub mod icons;
pub mod key;
pub mod lane;
pub mod notice;
pub mod progress;
pub mod table;
pub mod tabs;
pub mod theme;
pub mod tokens;
pub mod r#type;
pub mod words;

pub use agency::{Mark, agency_square};
pub use badge::{Badge, badge};
pub use button::Button;
pub use chip::{Chip, toggle};
pub use field::Field;
pub use focus::focus_ring;
pub use theme::{Look, apply, dark_scope, font, install, look, metrics, palette};
pub use tokens::{
    Metrics, Palette, RADIUS, RADIUS_CARD, SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS,
    ThemeChoice, Tone,
};
pub use r#type::Type;
