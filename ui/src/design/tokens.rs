//! Tokens: every colour, space, radius and height that the window uses. Nothing outside `design` names one by number.

use egui::Color32;

/// The window's themes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ThemeChoice {
    /// Dark ink on light surfaces.
    #[default]
    Light,
    /// Light ink on dark surfaces.
    Dark,
    /// Black on white, lines of 2 px, no washes.
    ContrastLight,
    /// White on black, lines of 2 px, no washes.
    ContrastDark,
}

impl ThemeChoice {
    /// Every theme, in the order in which the settings show them.
    pub const ALL: [Self; 4] = [
        Self::Light,
        Self::Dark,
        Self::ContrastLight,
        Self::ContrastDark,
    ];

    /// The value kept in the setting `theme`, and the end of its Fluent key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::ContrastLight => "contrast-light",
            Self::ContrastDark => "contrast-dark",
        }
    }

    /// The theme kept as `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }

    /// Whether surfaces are darker than ink.
    pub const fn is_dark(self) -> bool {
        matches!(self, Self::Dark | Self::ContrastDark)
    }

    /// Whether it is one of the high-contrast themes.
    pub const fn is_contrast(self) -> bool {
        matches!(self, Self::ContrastLight | Self::ContrastDark)
    }

    /// The dark theme of the same contrast: what the radiograph is shown in.
    pub const fn darkened(self) -> Self {
        if self.is_contrast() {
            Self::ContrastDark
        } else {
            Self::Dark
        }
    }
}

/// What a colour says. Never said by colour alone: a word, letter or shape stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Nothing in particular.
    Neutral,
    /// The one act, selection.
    Accent,
    /// Red lane, hold, deviation, failed.
    Red,
    /// Yellow lane, waiting, in progress, not sent.
    Amber,
    /// Blue lane, information.
    Blue,
    /// Green lane, conform, sent.
    Green,
}

/// The colours of one theme.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Which theme this is.
    pub theme: ThemeChoice,
    /// Behind panels.
    pub background: Color32,
    /// Cards, tables, bars.
    pub panel: Color32,
    /// Fields, chips and key caps at rest.
    pub sunken: Color32,
    /// Hairlines.
    pub line: Color32,
    /// Width of a hairline, points.
    pub line_width: f32,
    /// Text.
    pub ink: Color32,
    /// Secondary text.
    pub ink_2: Color32,
    /// Hints: only for what may be missed.
    pub ink_3: Color32,
    /// The one act, selection, focus ring.
    pub accent: Color32,
    /// Selected surfaces.
    pub accent_wash: Color32,
    /// The accent under the pointer.
    pub accent_hover: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Red lane, hold, deviation, failed.
    pub red: Color32,
    /// Behind red words.
    pub red_wash: Color32,
    /// Yellow lane, waiting, in progress, not sent.
    pub amber: Color32,
    /// Behind amber words.
    pub amber_wash: Color32,
    /// Blue lane, information.
    pub blue: Color32,
    /// Behind blue words.
    pub blue_wash: Color32,
    /// Green lane, conform, sent.
    pub green: Color32,
    /// Behind green words.
    pub green_wash: Color32,
    /// The rail.
    pub rail: Color32,
    /// The rail's selected place.
    pub rail_selected: Color32,
    /// Words on the rail.
    pub rail_ink: Color32,
    /// Words on the rail's selected place.
    pub rail_ink_selected: Color32,
    /// A surface under the pointer.
    pub hover: Color32,
    /// Behind the radiograph, darker than any panel.
    pub stage: Color32,
    /// Over the window while a dialog is open.
    pub veil: Color32,
    /// Under what floats.
    pub shadow: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// The light theme.
pub const LIGHT: Palette = Palette {
    theme: ThemeChoice::Light,
    background: rgb(0xF4F5F3),
    panel: rgb(0xFFFFFF),
    sunken: rgb(0xF1F2F0),
    line: rgb(0xE1E4E0),
    line_width: 1.0,
    ink: rgb(0x1B2320),
    ink_2: rgb(0x56605B),
    ink_3: rgb(0x8A938E),
    accent: rgb(0x0F5F66),
    accent_wash: rgb(0xE2F0F0),
    accent_hover: rgb(0x0C5158),
    on_accent: rgb(0xFFFFFF),
    red: rgb(0xBE3A2B),
    red_wash: rgb(0xFBE9E6),
    // The yellow lane's ink is a shade deeper than the bar's, so that it reads at 4.5:1 on its wash.
    amber: rgb(0x8F5B00),
    amber_wash: rgb(0xFFF2D6),
    blue: rgb(0x2B62B8),
    blue_wash: rgb(0xE6EEFA),
    green: rgb(0x2B7A4B),
    green_wash: rgb(0xE3F3E9),
    rail: rgb(0x10201F),
    rail_selected: rgb(0x1F3B39),
    rail_ink: rgb(0x9DB0AD),
    rail_ink_selected: rgb(0xFFFFFF),
    hover: rgb(0xF7F8F6),
    stage: rgb(0x0B0D0E),
    veil: Color32::from_black_alpha(90),
    shadow: Color32::from_black_alpha(40),
};

/// The dark theme.
pub const DARK: Palette = Palette {
    theme: ThemeChoice::Dark,
    background: rgb(0x15191A),
    panel: rgb(0x1C2122),
    sunken: rgb(0x242A2B),
    line: rgb(0x2C3435),
    line_width: 1.0,
    ink: rgb(0xE6EAE8),
    ink_2: rgb(0xA5AFAB),
    ink_3: rgb(0x727C79),
    accent: rgb(0x5CC0C4),
    accent_wash: rgb(0x16383A),
    accent_hover: rgb(0x78D0D3),
    on_accent: rgb(0x08282A),
    red: rgb(0xF0776A),
    red_wash: rgb(0x3A1F1C),
    amber: rgb(0xE7B04B),
    amber_wash: rgb(0x382C14),
    blue: rgb(0x7FAAF0),
    blue_wash: rgb(0x1C2A40),
    green: rgb(0x6CC492),
    green_wash: rgb(0x17321F),
    rail: rgb(0x0C0F10),
    rail_selected: rgb(0x16383A),
    rail_ink: rgb(0x8D9996),
    rail_ink_selected: rgb(0xE6EAE8),
    hover: rgb(0x212728),
    stage: rgb(0x0B0D0E),
    veil: Color32::from_black_alpha(140),
    shadow: Color32::from_black_alpha(120),
};

/// Black on white.
pub const CONTRAST_LIGHT: Palette = Palette {
    theme: ThemeChoice::ContrastLight,
    background: rgb(0xFFFFFF),
    panel: rgb(0xFFFFFF),
    sunken: rgb(0xFFFFFF),
    line: rgb(0x000000),
    line_width: 2.0,
    ink: rgb(0x000000),
    ink_2: rgb(0x000000),
    ink_3: rgb(0x333333),
    accent: rgb(0x00373C),
    accent_wash: rgb(0xFFFFFF),
    accent_hover: rgb(0x000000),
    on_accent: rgb(0xFFFFFF),
    red: rgb(0x8F0F00),
    red_wash: rgb(0xFFFFFF),
    amber: rgb(0x5C3A00),
    amber_wash: rgb(0xFFFFFF),
    blue: rgb(0x0A2F77),
    blue_wash: rgb(0xFFFFFF),
    green: rgb(0x004D20),
    green_wash: rgb(0xFFFFFF),
    rail: rgb(0x000000),
    rail_selected: rgb(0xFFFFFF),
    rail_ink: rgb(0xFFFFFF),
    rail_ink_selected: rgb(0x000000),
    hover: rgb(0xE8E8E8),
    stage: rgb(0x000000),
    veil: Color32::from_black_alpha(160),
    shadow: Color32::from_black_alpha(0),
};

/// White on black.
pub const CONTRAST_DARK: Palette = Palette {
    theme: ThemeChoice::ContrastDark,
    background: rgb(0x000000),
    panel: rgb(0x000000),
    sunken: rgb(0x000000),
    line: rgb(0xFFFFFF),
    line_width: 2.0,
    ink: rgb(0xFFFFFF),
    ink_2: rgb(0xFFFFFF),
    ink_3: rgb(0xD0D0D0),
    accent: rgb(0x7FF5FA),
    accent_wash: rgb(0x000000),
    accent_hover: rgb(0xFFFFFF),
    on_accent: rgb(0x000000),
    red: rgb(0xFF9C91),
    red_wash: rgb(0x000000),
    amber: rgb(0xFFD070),
    amber_wash: rgb(0x000000),
    blue: rgb(0xA9C9FF),
    blue_wash: rgb(0x000000),
    green: rgb(0x8DF0B4),
    green_wash: rgb(0x000000),
    rail: rgb(0x000000),
    rail_selected: rgb(0xFFFFFF),
    rail_ink: rgb(0xFFFFFF),
    rail_ink_selected: rgb(0x000000),
    hover: rgb(0x262626),
    stage: rgb(0x000000),
    veil: Color32::from_black_alpha(190),
    shadow: Color32::from_black_alpha(0),
};

impl Palette {
    /// The colours of a theme.
    pub const fn of(theme: ThemeChoice) -> Self {
        match theme {
            ThemeChoice::Light => LIGHT,
            ThemeChoice::Dark => DARK,
            ThemeChoice::ContrastLight => CONTRAST_LIGHT,
            ThemeChoice::ContrastDark => CONTRAST_DARK,
        }
    }

    /// The colour in which a tone is written or drawn.
    pub const fn tone(&self, tone: Tone) -> Color32 {
        match tone {
            Tone::Neutral => self.ink_2,
            Tone::Accent => self.accent,
            Tone::Red => self.red,
            Tone::Amber => self.amber,
            Tone::Blue => self.blue,
            Tone::Green => self.green,
        }
    }

    /// The surface behind words of a tone.
    pub const fn wash(&self, tone: Tone) -> Color32 {
        match tone {
            Tone::Neutral => self.sunken,
            Tone::Accent => self.accent_wash,
            Tone::Red => self.red_wash,
            Tone::Amber => self.amber_wash,
            Tone::Blue => self.blue_wash,
            Tone::Green => self.green_wash,
        }
    }

    /// A lane's bar: strong enough to be seen from the other end of the table.
    pub const fn bar(&self, tone: Tone) -> Color32 {
        match (tone, self.theme) {
            (Tone::Amber, ThemeChoice::Light) => rgb(0xD4951F),
            _ => self.tone(tone),
        }
    }

    /// A hairline.
    pub fn hairline(&self) -> egui::Stroke {
        egui::Stroke::new(self.line_width, self.line)
    }

    /// The ring around what has the keyboard's focus.
    pub fn focus_ring(&self) -> egui::Stroke {
        egui::Stroke::new(FOCUS_RING, self.accent)
    }
}

/// The smallest space, points: between an icon and its word.
pub const SPACE_XS: f32 = 4.0;
/// Between things that belong together.
pub const SPACE_S: f32 = 8.0;
/// Within a card, between rows of a form.
pub const SPACE_M: f32 = 12.0;
/// Around a panel's content, between cards.
pub const SPACE_L: f32 = 16.0;
/// Between groups.
pub const SPACE_XL: f32 = 24.0;

/// Corner radius of controls.
pub const RADIUS: u8 = 8;
/// Corner radius of cards.
pub const RADIUS_CARD: u8 = 10;
/// Corner radius of small things: key caps, agency squares.
pub const RADIUS_SMALL: u8 = 5;

/// Width of the focus ring.
pub const FOCUS_RING: f32 = 2.0;
/// Width of a lane's bar.
pub const LANE_BAR: f32 = 4.0;
/// Width of the rail.
pub const RAIL: f32 = 64.0;
/// Height of the top bar.
pub const TOP_BAR: f32 = 52.0;
/// Height of the status bar.
pub const STATUS_BAR: f32 = 30.0;
/// Width of the panel beside a list.
pub const SIDE_PANEL: f32 = 360.0;
/// Height of a badge.
pub const BADGE: f32 = 20.0;
/// Edge of an agency's square.
pub const SQUARE: f32 = 24.0;
/// Longest movement, seconds; only where it explains.
pub const MOVEMENT: f32 = 0.12;

/// Sizes that change with glove mode.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metrics {
    /// Height of a table's row.
    pub row: f32,
    /// Height of a control.
    pub control: f32,
    /// Added to every text size.
    pub text_step: f32,
}

impl Metrics {
    /// Bare hands, mouse and keyboard.
    pub const BARE: Self = Self {
        row: 44.0,
        control: 32.0,
        text_step: 0.0,
    };
    /// Gloves.
    pub const GLOVE: Self = Self {
        row: 60.0,
        control: 48.0,
        text_step: 2.0,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Color32) -> f32 {
        let part = |byte: u8| {
            let v = f32::from(byte) / 255.0;
            if v <= 0.04045 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(colour.r()) + 0.7152 * part(colour.g()) + 0.0722 * part(colour.b())
    }

    fn contrast(a: Color32, b: Color32) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn what_must_be_read_has_a_contrast_of_four_and_a_half() {
        for theme in ThemeChoice::ALL {
            let p = Palette::of(theme);
            for ground in [p.background, p.panel, p.sunken, p.hover, p.accent_wash] {
                for ink in [p.ink, p.ink_2] {
                    assert!(
                        contrast(ink, ground) >= 4.5,
                        "{theme:?} {ink:?} on {ground:?}"
                    );
                }
            }
            for tone in [
                Tone::Neutral,
                Tone::Accent,
                Tone::Red,
                Tone::Amber,
                Tone::Blue,
                Tone::Green,
            ] {
                let (ink, wash) = (p.tone(tone), p.wash(tone));
                assert!(
                    contrast(ink, wash) >= 4.5,
                    "{theme:?} {tone:?} {}",
                    contrast(ink, wash)
                );
            }
            assert!(contrast(p.on_accent, p.accent) >= 4.5, "{theme:?}");
            assert!(contrast(p.rail_ink, p.rail) >= 4.5, "{theme:?}");
            assert!(
                contrast(p.rail_ink_selected, p.rail_selected) >= 4.5,
                "{theme:?}"
            );
        }
    }

    #[test]
    fn a_hint_may_be_fainter_but_is_still_seen() {
        for theme in ThemeChoice::ALL {
            let p = Palette::of(theme);
            assert!(contrast(p.ink_3, p.panel) >= 3.0, "{theme:?}");
        }
    }

    #[test]
    fn a_theme_is_found_again_by_its_code() {
        for theme in ThemeChoice::ALL {
            assert_eq!(ThemeChoice::from_code(theme.code()), Some(theme));
        }
        assert_eq!(ThemeChoice::from_code("sepia"), None);
    }
}
