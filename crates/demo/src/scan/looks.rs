//! How goods look to the beam: what they are made of, how dense a package is, whether they stand on pallets.

use super::materials::{Material, Pen};
use crate::goods::Form;

/// What a package shows besides its outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Inside {
    /// Nothing that stands out.
    Even,
    /// Lumps: tile of mottling and its strength.
    Lumps(usize, f32),
    /// Upright round things of this diameter, mm: bottles, cans, battery cells.
    Round(f32),
}

/// The look of one kind of goods.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    pub(super) material: Material,
    /// A second material and its share of the mass.
    pub(super) with: Option<(Material, f32)>,
    /// Density of a package, g/cm³.
    pub(super) density: f32,
    pub(super) pallets: bool,
    pub(super) inside: Inside,
    /// Highest stow over the floor, mm.
    pub(super) highest: f32,
}

impl Look {
    /// Attenuation per millimetre at a density, g/cm³, sharing the mass among the materials.
    pub(super) fn pen(&self, density: f32) -> Pen {
        match self.with {
            None => self.material.at_density(density),
            Some((other, share)) => self
                .material
                .at_density(density * (1.0 - share))
                .and(other.at_density(density * share)),
        }
    }

    const fn of(material: Material, density: f32) -> Self {
        Self {
            material,
            with: None,
            density,
            pallets: false,
            inside: Inside::Even,
            highest: 2_400.0,
        }
    }

    const fn with(mut self, material: Material, share: f32) -> Self {
        self.with = Some((material, share));
        self
    }

    const fn inside(mut self, inside: Inside) -> Self {
        self.inside = inside;
        self
    }

    const fn pallets(mut self, highest: f32) -> Self {
        self.pallets = true;
        self.highest = highest;
        self
    }

    const fn highest(mut self, highest: f32) -> Self {
        self.highest = highest;
        self
    }

    /// The look of goods of this form and HS chapter.
    pub(super) fn of_goods(form: Form, chapter: u8) -> Self {
        use Inside::{Lumps, Round};
        use Material::{
            Aluminium, Ceramic, Copper, DryFood, FrozenFood, Fuel, Glass, Lead, Paper, Plastic,
            Rubber, Steel, Textile, Water, Wood,
        };
        match (form, chapter) {
            (Form::Frozen, _) => Self::of(FrozenFood, 0.62)
                .pallets(2_250.0)
                .inside(Lumps(1, 0.05)),
            (Form::Cartons, 4) => Self::of(Water, 0.60)
                .pallets(1_900.0)
                .inside(Lumps(1, 0.03)),
            (Form::Cartons, 7 | 8) => Self::of(Water, 0.42).pallets(2_200.0).inside(Round(78.0)),
            (Form::Cartons, 9) => Self::of(DryFood, 0.36)
                .highest(2_300.0)
                .inside(Lumps(0, 0.04)),
            (Form::Cartons, 24) => Self::of(Material::Powder, 0.30).highest(2_350.0),
            (Form::Cartons, 28..=33) => Self::of(Plastic, 0.33)
                .with(Glass, 0.2)
                .pallets(1_700.0)
                .inside(Round(46.0)),
            (Form::Cartons, 34) => Self::of(Plastic, 0.72).pallets(1_500.0),
            (Form::Cartons, 48) => Self::of(Paper, 0.62).pallets(1_500.0),
            (Form::Cartons, 61..=63) => Self::of(Textile, 0.24).inside(Lumps(2, 0.09)),
            (Form::Cartons, 64 | 65) => Self::of(Rubber, 0.16).inside(Lumps(1, 0.12)),
            (Form::Cartons, 69) => Self::of(Ceramic, 0.42)
                .pallets(1_600.0)
                .inside(Lumps(2, 0.22)),
            (Form::Cartons, 73) => Self::of(Steel, 0.80).pallets(900.0).inside(Lumps(1, 0.16)),
            (Form::Cartons, 84 | 85) => Self::of(Plastic, 0.24)
                .with(Copper, 0.35)
                .pallets(1_900.0)
                .inside(Lumps(1, 0.28)),
            (Form::Cartons, 87) => Self::of(Steel, 0.95).pallets(800.0).inside(Lumps(1, 0.20)),
            (Form::Cartons, 94) => Self::of(Wood, 0.15).inside(Lumps(2, 0.35)),
            (Form::Cartons, 95) => Self::of(Plastic, 0.12).inside(Lumps(2, 0.25)),
            (Form::Cartons, _) => Self::of(Paper, 0.35)
                .pallets(1_800.0)
                .inside(Lumps(1, 0.06)),
            (Form::Bags, 25 | 28 | 31) => Self::of(Ceramic, 0.98).highest(1_700.0),
            (Form::Bags, 9) => Self::of(DryFood, 0.62)
                .highest(2_200.0)
                .inside(Lumps(0, 0.03)),
            (Form::Bags, _) => Self::of(DryFood, 0.74)
                .highest(2_200.0)
                .inside(Lumps(0, 0.02)),
            (Form::Drums, 15) => Self::of(Fuel, 0.86).with(Plastic, 0.05),
            (Form::Drums, 27 | 34) => Self::of(Fuel, 0.84).with(Steel, 0.08),
            (Form::Drums, _) => Self::of(Water, 1.05).with(Steel, 0.07),
            (Form::Liquid, _) => Self::of(Fuel, 0.80),
            (Form::Machinery, _) => Self::of(Steel, 0.42).highest(1_900.0),
            (Form::Vehicles, _) => Self::of(Steel, 0.12).highest(1_600.0),
            (Form::Bales, 24) => Self::of(Material::Powder, 0.34).inside(Lumps(2, 0.10)),
            (Form::Bales, _) => Self::of(Textile, 0.38).inside(Lumps(2, 0.16)),
            (Form::Steel, _) => Self::of(Steel, 4.4).highest(700.0),
            (Form::Crates, 85) => Self::of(Glass, 0.62)
                .with(Aluminium, 0.2)
                .pallets(1_300.0)
                .inside(Lumps(1, 0.02)),
            (Form::Crates, 68 | 25) => Self::of(Ceramic, 2.3).highest(1_700.0),
            (Form::Crates, _) => Self::of(Ceramic, 1.65).pallets(1_150.0),
            (Form::Timber, 44) => Self::of(Wood, 0.50).highest(2_300.0),
            (Form::Timber, _) => Self::of(Wood, 0.55).highest(2_300.0),
            (Form::Bottles, 20) => Self::of(Water, 0.78).pallets(1_500.0).inside(Round(66.0)),
            (Form::Bottles, _) => Self::of(Water, 0.72)
                .with(Glass, 0.38)
                .pallets(1_600.0)
                .inside(Round(74.0)),
            (Form::Tyres, _) => Self::of(Rubber, 0.185).with(Steel, 0.12),
            (Form::Batteries, _) => Self::of(Lead, 1.75)
                .with(Water, 0.28)
                .pallets(950.0)
                .inside(Round(32.0)),
            (Form::Animals, _) => Self::of(Water, 0.045)
                .highest(1_900.0)
                .inside(Lumps(1, 0.30)),
        }
    }
}
