//! The type scale: which face and size each kind of text has.
//!
//! Inter for words at three weights, with a companion whose figures all have one width for columns of numbers;
//! JetBrains Mono for what is compared character by character: unit, seal, MRN, hash.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontId};

/// A kind of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// Text: 13, regular.
    Body,
    /// Text that stands out: 13, medium.
    Medium,
    /// Text that leads: 13, semi-bold.
    Strong,
    /// Secondary text: 12, regular.
    Small,
    /// Secondary text that stands out: 12, medium.
    SmallMedium,
    /// Heads of cards: 12, semi-bold.
    CardHead,
    /// Column heads: 11, medium.
    ColumnHead,
    /// Words on a key cap: 11, medium.
    Key,
    /// Titles: 16, semi-bold.
    Title,
    /// The largest words on a page: 20, semi-bold.
    Hero,
    /// Numbers in columns: 13, figures of one width.
    Number,
    /// Numbers in columns that stand out.
    NumberStrong,
    /// Numbers in secondary text: 12, figures of one width.
    NumberSmall,
    /// Unit, seal, MRN, hash: 13, monospaced.
    Mono,
    /// The same, bold.
    MonoStrong,
    /// The same, small: 12.
    MonoSmall,
    /// The unit number as title: 16, monospaced bold.
    MonoTitle,
    /// The unit number as hero: 20, monospaced bold.
    MonoHero,
    /// Icons in a control: 16.
    Icon,
    /// Icons on the rail: 20.
    IconLarge,
    /// The icon of an empty page: 32.
    IconHero,
}

/// Family of Inter at weight 550.
pub const MEDIUM: &str = "medium";
/// Family of Inter at weight 650.
pub const SEMI_BOLD: &str = "semi-bold";
/// Family of Inter with figures of one width.
pub const TABULAR: &str = "tabular";
/// The same at weight 650.
pub const TABULAR_STRONG: &str = "tabular-strong";
/// Family of the monospaced face at weight 700.
pub const MONO_BOLD: &str = "mono-bold";
/// Family of the icons.
pub const ICONS: &str = "icons";

impl Type {
    /// Size in points before glove mode adds to it.
    pub const fn size(self) -> f32 {
        match self {
            Self::ColumnHead | Self::Key => 11.0,
            Self::Small
            | Self::SmallMedium
            | Self::CardHead
            | Self::NumberSmall
            | Self::MonoSmall => 12.0,
            Self::Body
            | Self::Medium
            | Self::Strong
            | Self::Number
            | Self::NumberStrong
            | Self::Mono
            | Self::MonoStrong => 13.0,
            Self::Title | Self::MonoTitle | Self::Icon => 16.0,
            Self::Hero | Self::MonoHero | Self::IconLarge => 20.0,
            Self::IconHero => 32.0,
        }
    }

    /// Its family.
    pub fn family(self) -> FontFamily {
        let named = |name: &'static str| FontFamily::Name(name.into());
        match self {
            Self::Body | Self::Small => FontFamily::Proportional,
            Self::Medium | Self::SmallMedium | Self::ColumnHead | Self::Key => named(MEDIUM),
            Self::Strong | Self::CardHead | Self::Title | Self::Hero => named(SEMI_BOLD),
            Self::Number | Self::NumberSmall => named(TABULAR),
            Self::NumberStrong => named(TABULAR_STRONG),
            Self::Mono | Self::MonoSmall => FontFamily::Monospace,
            Self::MonoStrong | Self::MonoTitle | Self::MonoHero => named(MONO_BOLD),
            Self::Icon | Self::IconLarge | Self::IconHero => named(ICONS),
        }
    }

    /// Face and size, with glove mode's step.
    pub fn font(self, text_step: f32) -> FontId {
        FontId::new(self.size() + text_step, self.family())
    }
}

macro_rules! face {
    ($path:literal) => {
        FontData::from_static(include_bytes!(concat!("../../../", $path)))
    };
}

/// The faces of `assets/fonts` and `icons`, and nothing of the machine's: what a snapshot test sees.
pub fn faces() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let faces = [
        ("inter", face!("assets/fonts/Inter-Regular.ttf")),
        ("inter-550", face!("assets/fonts/Inter-Medium.ttf")),
        ("inter-650", face!("assets/fonts/Inter-SemiBold.ttf")),
        ("tabular", face!("assets/fonts/InterTabular-Regular.ttf")),
        (
            "tabular-650",
            face!("assets/fonts/InterTabular-SemiBold.ttf"),
        ),
        ("mono", face!("assets/fonts/JetBrainsMono-Regular.ttf")),
        ("mono-700", face!("assets/fonts/JetBrainsMono-Bold.ttf")),
        ("arabic", face!("assets/fonts/NotoSansArabic-Regular.ttf")),
        ("icons", face!("icons/Phosphor-subset.ttf")),
    ];
    for (name, data) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    }
    let named = |name: &'static str| FontFamily::Name(name.into());
    let families: [(FontFamily, &[&str]); 8] = [
        (FontFamily::Proportional, &["inter", "icons", "arabic"]),
        (named(MEDIUM), &["inter-550", "icons", "arabic"]),
        (named(SEMI_BOLD), &["inter-650", "icons", "arabic"]),
        (named(TABULAR), &["tabular", "inter", "icons", "arabic"]),
        (
            named(TABULAR_STRONG),
            &["tabular-650", "inter-650", "icons", "arabic"],
        ),
        (FontFamily::Monospace, &["mono", "inter", "icons", "arabic"]),
        (
            named(MONO_BOLD),
            &["mono-700", "inter-650", "icons", "arabic"],
        ),
        (named(ICONS), &["icons", "inter"]),
    ];
    for (family, names) in families {
        fonts
            .families
            .insert(family, names.iter().map(|&n| n.to_owned()).collect());
    }
    fonts
}
