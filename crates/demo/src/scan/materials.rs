//! What things are made of, as the beam sees it.

/// A material of units, vehicles and goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Material {
    /// Water and what is mostly water: drinks, fruit, living plants.
    Water,
    /// Frozen fish and meat.
    FrozenFood,
    /// Grain, flour, sugar, coffee and other dry food.
    DryFood,
    /// Wood, plywood, bamboo.
    Wood,
    /// Paper, cardboard, books.
    Paper,
    /// Cotton, wool, clothing, leather.
    Textile,
    /// Polyethylene and most packaging plastics.
    Plastic,
    /// Rubber of tyres and belts.
    Rubber,
    /// Diesel, petrol, oil.
    Fuel,
    /// Insulating foam.
    Foam,
    /// Tobacco, tea, herbs, powders pressed into bricks.
    Powder,
    /// Ceramic, stone, cement, salt.
    Ceramic,
    /// Glass.
    Glass,
    /// Aluminium.
    Aluminium,
    /// Steel and iron.
    Steel,
    /// Copper and brass.
    Copper,
    /// Lead.
    Lead,
    /// Road surface under the wheels.
    Concrete,
}

/// Density and attenuation of a material.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Optics {
    /// Density of the solid material, g/cm³.
    pub density: f32,
    /// Mass attenuation at the low effective energy, 1.5 MeV, cm²/g.
    pub low: f32,
    /// Mass attenuation at the high effective energy, 3 MeV, cm²/g.
    pub high: f32,
}

impl Material {
    /// Density and mass attenuation coefficients at the two effective energies.
    ///
    /// Approximate: elements are rounded from the NIST tables of X-ray mass attenuation
    /// coefficients (NISTIR 5632) at 1.5 and 3 MeV, mixtures estimated from their composition.
    /// The ratio low/high falls from 1.46 (hydrogen-rich) over 1.42 (silicates, aluminium) and
    /// 1.35 (steel) to 1.23 (lead): that is what colours a dual-energy image.
    pub const fn optics(self) -> Optics {
        let (density, low, high) = match self {
            Self::Water => (1.00, 0.0575, 0.0397),
            Self::FrozenFood => (0.98, 0.0573, 0.0395),
            Self::DryFood => (1.35, 0.0551, 0.0380),
            Self::Wood => (0.55, 0.0549, 0.0379),
            Self::Paper => (0.80, 0.0549, 0.0379),
            Self::Textile => (1.30, 0.0549, 0.0379),
            Self::Plastic => (0.95, 0.0592, 0.0405),
            Self::Rubber => (1.15, 0.0572, 0.0394),
            Self::Fuel => (0.84, 0.0593, 0.0406),
            Self::Foam => (0.045, 0.0560, 0.0386),
            Self::Powder => (1.10, 0.0553, 0.0381),
            Self::Ceramic => (2.10, 0.0517, 0.0362),
            Self::Glass => (2.50, 0.0514, 0.0361),
            Self::Aluminium => (2.70, 0.0500, 0.0354),
            Self::Steel => (7.85, 0.0488, 0.0362),
            Self::Copper => (8.90, 0.0482, 0.0360),
            Self::Lead => (11.35, 0.0522, 0.0423),
            Self::Concrete => (2.30, 0.0519, 0.0363),
        };
        Optics { density, low, high }
    }

    /// Attenuation of one millimetre of the solid material.
    pub fn pen(self) -> Pen {
        self.at_density(self.optics().density)
    }

    /// Attenuation of one millimetre of the material stowed at another density, g/cm³.
    pub fn at_density(self, density: f32) -> Pen {
        let optics = self.optics();
        // g/cm³ × cm²/g = 1/cm; a tenth of it per millimetre.
        Pen {
            high: optics.high * density / 10.0,
            low: optics.low * density / 10.0,
        }
    }
}

/// Attenuation per millimetre of path at both energies.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pen {
    /// At the high energy, 1/mm.
    pub high: f32,
    /// At the low energy, 1/mm.
    pub low: f32,
}

impl Pen {
    /// The same material taking up only a share of the path.
    pub fn share(self, share: f32) -> Self {
        Self {
            high: self.high * share,
            low: self.low * share,
        }
    }

    /// Two materials along the same path.
    pub fn and(self, other: Self) -> Self {
        Self {
            high: self.high + other.high,
            low: self.low + other.low,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratio_of_the_energies_orders_organic_mixed_and_metal() {
        let ratio = |material: Material| material.optics().low / material.optics().high;
        assert!(ratio(Material::Water) > 1.44 && ratio(Material::Plastic) > 1.44);
        assert!((1.40..1.435).contains(&ratio(Material::Aluminium)));
        assert!((1.40..1.435).contains(&ratio(Material::Ceramic)));
        assert!((1.33..1.36).contains(&ratio(Material::Steel)));
        assert!(ratio(Material::Lead) < 1.25);
    }

    #[test]
    fn thirty_centimetres_of_steel_let_almost_nothing_through() {
        let through = (-300.0 * Material::Steel.pen().high).exp();
        assert!((0.0001..0.0004).contains(&through), "{through}");
    }
}
