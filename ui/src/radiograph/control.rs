//! The workbench's controls: one list that gives each its key and its words, for tool bar, keys, palette and sheet.

use egui::{Context, Key, Rect};
use outpost_imaging::orientation::Orientation;
use outpost_imaging::{Colour, ColourMap, Filters, Material, Preset, Step, Transfer};

use super::bench::{Bench, Tool};
use super::beside::{Arrangement, Beside, Placing};
use super::mark::Mark;

/// Something that an officer switches or does on the workbench.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Control {
    /// Dragging changes window and level.
    Window,
    /// Dragging moves the image.
    Move,
    /// Dragging draws a region.
    Region,
    /// Dragging draws a line that is measured.
    Measure,
    /// The next preset of the window.
    Preset,
    /// The negative.
    Invert,
    /// Equal steps of thickness.
    Log,
    /// More of the dark.
    Gamma,
    /// The other energy.
    Energy,
    /// Noise reduction.
    Noise,
    /// High penetration.
    Dense,
    /// Local contrast.
    LocalContrast,
    /// Edge enhancement.
    Edges,
    /// Organic material alone.
    Organic,
    /// Metal alone.
    Metal,
    /// Colours by material.
    Material,
    /// The next colour map.
    Map,
    /// The loupe at the pointer.
    Loupe,
    /// The image as it was opened beside it.
    Split,
    /// The next arrangement of what is compared.
    Arrange,
    /// A quarter turn to the right.
    Turn,
    /// Left and right exchanged.
    Mirror,
    /// The next suggestion.
    Suggest,
    /// The whole image.
    Fit,
    /// One pixel of the image on one of the screen.
    OneToOne,
    /// Everything back to how the image was opened.
    Reset,
}

/// The exponent of [`Control::Gamma`]: what screens use, and enough to lift a full load out of black.
const GAMMA: f32 = 2.2;

impl Control {
    /// Every control, in the order of the sheet of keys.
    pub const ALL: [Self; 26] = [
        Self::Window,
        Self::Move,
        Self::Region,
        Self::Measure,
        Self::Preset,
        Self::Invert,
        Self::Log,
        Self::Gamma,
        Self::Energy,
        Self::Noise,
        Self::Dense,
        Self::LocalContrast,
        Self::Edges,
        Self::Organic,
        Self::Metal,
        Self::Material,
        Self::Map,
        Self::Loupe,
        Self::Split,
        Self::Arrange,
        Self::Turn,
        Self::Mirror,
        Self::Suggest,
        Self::Fit,
        Self::OneToOne,
        Self::Reset,
    ];

    /// Its key.
    pub const fn key(self) -> Key {
        match self {
            Self::Window => Key::W,
            Self::Move => Key::P,
            Self::Region => Key::R,
            Self::Measure => Key::U,
            Self::Preset => Key::A,
            Self::Invert => Key::I,
            Self::Log => Key::L,
            Self::Gamma => Key::Y,
            Self::Energy => Key::D,
            Self::Noise => Key::N,
            Self::Dense => Key::G,
            Self::LocalContrast => Key::C,
            Self::Edges => Key::E,
            Self::Organic => Key::O,
            Self::Metal => Key::T,
            Self::Material => Key::M,
            Self::Map => Key::V,
            Self::Loupe => Key::Z,
            Self::Split => Key::K,
            Self::Arrange => Key::B,
            Self::Turn => Key::Q,
            Self::Mirror => Key::J,
            Self::Suggest => Key::Period,
            Self::Fit => Key::Num0,
            Self::OneToOne => Key::Num9,
            Self::Reset => Key::X,
        }
    }

    /// The end of its Fluent keys: `read-…` is its short name, `act-read-…` what it does.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Window => "read-window",
            Self::Move => "read-move",
            Self::Region => "read-region",
            Self::Measure => "read-measure",
            Self::Preset => "read-preset",
            Self::Invert => "read-invert",
            Self::Log => "read-log",
            Self::Gamma => "read-gamma",
            Self::Energy => "read-energy",
            Self::Noise => "read-noise",
            Self::Dense => "read-dense",
            Self::LocalContrast => "read-contrast",
            Self::Edges => "read-edges",
            Self::Organic => "read-organic",
            Self::Metal => "read-metal",
            Self::Material => "read-material",
            Self::Map => "read-map",
            Self::Loupe => "read-loupe",
            Self::Split => "read-split",
            Self::Arrange => "read-arrange",
            Self::Turn => "read-turn",
            Self::Mirror => "read-mirror",
            Self::Suggest => "read-suggest",
            Self::Fit => "read-fit",
            Self::OneToOne => "read-one",
            Self::Reset => "read-reset",
        }
    }

    /// Whether it makes sense for a photograph, which has neither thickness nor energies nor millimetres.
    pub const fn is_for_photo(self) -> bool {
        !matches!(
            self,
            Self::Measure
                | Self::Preset
                | Self::Log
                | Self::Energy
                | Self::Noise
                | Self::Dense
                | Self::LocalContrast
                | Self::Edges
                | Self::Organic
                | Self::Metal
                | Self::Material
                | Self::Map
                | Self::Suggest
        )
    }

    /// The step of the look that it switches.
    pub const fn step(self) -> Option<Step> {
        match self {
            Self::Noise => Some(Step::Noise),
            Self::Dense => Some(Step::Dense),
            Self::LocalContrast => Some(Step::LocalContrast),
            Self::Edges => Some(Step::Edges),
            Self::Preset | Self::Invert | Self::Log | Self::Gamma => Some(Step::Tone),
            Self::Organic | Self::Metal => Some(Step::Strip),
            Self::Material | Self::Map => Some(Step::Colour),
            _ => None,
        }
    }
}

impl Bench {
    /// Whether a control is switched on.
    pub fn is_on(&self, control: Control) -> bool {
        let filters = self.look.filters;
        match control {
            Control::Window => self.tool == Tool::Window,
            Control::Move => self.tool == Tool::Pan,
            Control::Region => self.tool == Tool::Region,
            Control::Measure => self.tool == Tool::Measure,
            Control::Invert => self.tone.invert,
            Control::Log => self.tone.transfer == Transfer::Log,
            Control::Gamma => self.tone.gamma > 1.0,
            Control::Energy => self.layer != 0,
            Control::Noise => filters.noise,
            Control::Dense => filters.dense,
            Control::LocalContrast => filters.local_contrast,
            Control::Edges => filters.edges,
            Control::Organic => self.look.only == Some(Material::Organic),
            Control::Metal => self.look.only == Some(Material::Metal),
            Control::Material => self.look.colour == Colour::Material,
            Control::Map => matches!(self.look.colour, Colour::Map(_)),
            Control::Loupe => self.magnified,
            Control::Split => matches!(self.comparing.beside, Beside::Original),
            Control::Arrange => self.comparing.arrangement != Arrangement::Wipe,
            Control::Turn => lies(self.lies()).1,
            Control::Mirror => lies(self.lies()).0,
            Control::Preset
            | Control::Suggest
            | Control::Fit
            | Control::OneToOne
            | Control::Reset => false,
        }
    }

    /// Why a control cannot be used on this image, as a Fluent key; `None` when it can.
    pub fn why_not(&self, control: Control) -> Option<&'static str> {
        let image = self.image()?;
        if control == Control::Arrange && !self.comparing.is_on() {
            return Some("read-why-beside");
        }
        let two = matches!(
            control,
            Control::Energy | Control::Organic | Control::Metal | Control::Material
        );
        if image.photo && !control.is_for_photo() {
            Some("read-why-photo")
        } else if two && image.energies().is_none() {
            Some("read-why-energy")
        } else {
            None
        }
    }

    /// Uses a control, unless [`Bench::why_not`] says why it cannot be; `stage` is where the image is shown.
    pub fn press(&mut self, control: Control, ctx: &Context, stage: Option<Rect>) {
        if self.why_not(control).is_some() {
            return;
        }
        let filters = self.look.filters;
        match control {
            Control::Window => self.tool = Tool::Window,
            Control::Move => self.tool = Tool::Pan,
            Control::Region if self.tool == Tool::Region => self.marks(self.next_mark()),
            Control::Region => self.tool = Tool::Region,
            Control::Measure => self.tool = Tool::Measure,
            Control::Preset => self.next_preset(),
            Control::Invert => self.tone.invert = !self.tone.invert,
            Control::Log => {
                let on = self.tone.transfer == Transfer::Log;
                self.transfer(if on { Transfer::Linear } else { Transfer::Log }, 1.0);
            }
            Control::Gamma => {
                let on = self.tone.gamma > 1.0;
                self.transfer(Transfer::Linear, if on { 1.0 } else { GAMMA });
            }
            Control::Energy => self.other_layer(),
            Control::Noise => self.filter(Filters {
                noise: !filters.noise,
                ..filters
            }),
            Control::Dense => self.filter(Filters {
                dense: !filters.dense,
                ..filters
            }),
            Control::LocalContrast => self.filter(Filters {
                local_contrast: !filters.local_contrast,
                ..filters
            }),
            Control::Edges => self.filter(Filters {
                edges: !filters.edges,
                ..filters
            }),
            Control::Organic => self.only(Material::Organic),
            Control::Metal => self.only(Material::Metal),
            Control::Material => self.colour(Colour::Material),
            Control::Map => self.look.colour = next_map(self.look.colour),
            Control::Loupe => self.magnified = !self.magnified,
            Control::Split => {
                let on = self.is_on(Control::Split);
                let beside = if on {
                    Beside::Nothing
                } else {
                    Beside::Original
                };
                self.comparing.lay(beside, Placing::default());
            }
            Control::Arrange => {
                self.comparing.arrangement = self.comparing.arrangement.next();
            }
            Control::Turn => self.turn(self.lies().turned_right()),
            Control::Mirror => self.turn(self.lies().mirrored()),
            // The list of suggestions and what is put away of it is the page's.
            Control::Suggest => {}
            Control::Fit => self.fit(),
            Control::OneToOne => {
                if let Some(stage) = stage {
                    self.one_to_one(ctx, stage);
                }
            }
            Control::Reset => self.reset(),
        }
    }

    /// Draws another kind of mark; an outline that was begun is dropped.
    pub fn marks(&mut self, mark: Mark) {
        self.mark = mark;
        self.corners.clear();
    }

    /// How shades are spread.
    pub const fn transfer(&mut self, transfer: Transfer, gamma: f32) {
        self.tone.transfer = transfer;
        self.tone.gamma = gamma;
    }

    /// The kind of mark after the one in hand; a photo has no lengths to show.
    fn next_mark(&self) -> Mark {
        let photo = self.image().is_some_and(|image| image.photo);
        match self.mark.next() {
            Mark::Ruler if photo => Mark::Ruler.next(),
            next => next,
        }
    }

    fn next_preset(&mut self) {
        let at = Preset::ALL
            .iter()
            .position(|preset| self.preset == Some(*preset));
        let next = at.map_or(0, |at| (at + 1) % Preset::ALL.len());
        if let Some(preset) = Preset::ALL.get(next) {
            self.apply(*preset);
        }
    }

    fn only(&mut self, material: Material) {
        let on = self.look.only == Some(material);
        self.look.only = (!on).then_some(material);
    }

    fn colour(&mut self, colour: Colour) {
        let on = self.look.colour == colour;
        self.look.colour = if on { Colour::Grey } else { colour };
    }
}

/// Whether an orientation is mirrored, and whether it is turned.
fn lies(orientation: Orientation) -> (bool, bool) {
    let at = Orientation::ALL.iter().position(|one| *one == orientation);
    let at = at.unwrap_or(0);
    (at >= 4, at % 4 != 0)
}

/// From grey through every map and back.
fn next_map(colour: Colour) -> Colour {
    let at = ColourMap::ALL
        .iter()
        .position(|map| colour == Colour::Map(*map));
    let next = at.map_or(0, |at| at + 1);
    ColourMap::ALL
        .get(next)
        .map_or(Colour::Grey, |map| Colour::Map(*map))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_map_key_comes_back_to_grey() {
        let mut colour = Colour::Grey;
        let mut seen = HashSet::new();
        for _ in 0..ColourMap::ALL.len() {
            colour = next_map(colour);
            assert!(seen.insert(colour));
        }
        assert_eq!(next_map(colour), Colour::Grey);
        assert_eq!(next_map(Colour::Material), Colour::Map(ColourMap::ALL[0]));
    }

    #[test]
    fn every_control_is_in_the_list_once_with_a_key_of_its_own() {
        let keys: HashSet<Key> = Control::ALL.iter().map(|control| control.key()).collect();
        let codes: HashSet<&str> = Control::ALL.iter().map(|control| control.code()).collect();
        assert_eq!(keys.len(), Control::ALL.len());
        assert_eq!(codes.len(), Control::ALL.len());
    }
}
