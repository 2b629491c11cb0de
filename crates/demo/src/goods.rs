//! What is carried: families of goods with own short words, plausible masses, packages, origins, and the agencies
//! that look at them.

use outpost_domain::Agency;

/// In what goods travel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Carriage {
    /// A dry container or trailer.
    Dry,
    /// A reefer at this set point, degrees Celsius.
    Reefer(f32),
    /// A tank container.
    Tank,
    /// A vehicle with its own load.
    Vehicle,
}

/// How goods look to X-rays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Cartons on pallets, light.
    Cartons,
    /// Cartons of frozen goods, dense organic.
    Frozen,
    /// Bags, stacked.
    Bags,
    /// Drums or cans upright.
    Drums,
    /// A liquid in a tank.
    Liquid,
    /// Machines and their parts: steel of all shapes.
    Machinery,
    /// Cars.
    Vehicles,
    /// Pressed bales of cloth.
    Bales,
    /// Bars, coils or sheets of steel.
    Steel,
    /// Ceramics or stone in crates.
    Crates,
    /// Sawn wood, in stacks.
    Timber,
    /// Bottles in cartons.
    Bottles,
    /// Tyres, stacked.
    Tyres,
    /// Batteries on pallets: lead.
    Batteries,
    /// Crates of live animals.
    Animals,
}

/// One kind of goods.
#[derive(Debug)]
pub(crate) struct Kind {
    pub(crate) words: &'static str,
    pub(crate) hs: &'static str,
    /// Chapters that the words suggest, the declared one among them.
    pub(crate) chapters: &'static [u8],
    /// UN/ECE recommendation 21 code.
    pub(crate) package: &'static str,
    /// Gross mass of a package in kilograms, least and most.
    pub(crate) package_kg: (f64, f64),
    /// Packaging's share of the gross mass.
    pub(crate) tare: f64,
    pub(crate) un_number: Option<&'static str>,
    pub(crate) form: Form,
}

/// Goods that travel together.
#[derive(Debug)]
pub(crate) struct Family {
    pub(crate) kinds: &'static [Kind],
    pub(crate) origins: &'static [&'static str],
    pub(crate) carriage: Carriage,
    /// Gross mass of a consignment in tonnes, least and most.
    pub(crate) tonnes: (f64, f64),
    /// Agencies that must decide, and for what control.
    pub(crate) agencies: &'static [(Agency, &'static str)],
    /// What risk units look for in such goods.
    pub(crate) criteria: &'static [&'static str],
}

const fn kind(
    words: &'static str,
    hs: &'static str,
    chapters: &'static [u8],
    package: &'static str,
    package_kg: (f64, f64),
    tare: f64,
    form: Form,
) -> Kind {
    Kind {
        words,
        hs,
        chapters,
        package,
        package_kg,
        tare,
        un_number: None,
        form,
    }
}

const fn dangerous(kind: Kind, un_number: &'static str) -> Kind {
    Kind {
        un_number: Some(un_number),
        ..kind
    }
}

const VET: (Agency, &str) = (Agency::Veterinary, "Products of animal origin");
const PLANT: (Agency, &str) = (Agency::PlantHealth, "Phytosanitary certificate and pests");
const FOOD: (Agency, &str) = (Agency::PortHealth, "Food safety");
const SAFETY: (Agency, &str) = (Agency::Safety, "Dangerous goods, seals and placards");
const STANDARDS: (Agency, &str) = (Agency::Standards, "Conformity mark and samples");

/// The families, by number; the first inspections name theirs.
#[rustfmt::skip]
pub(crate) const FAMILIES: &[Family] = &[
    Family {
        kinds: &[
            kind("Frozen fish fillets, hake", "030489", &[3], "CT", (10.2, 20.5), 0.05, Form::Frozen),
            kind("Frozen squid", "030743", &[3], "CT", (10.0, 12.5), 0.05, Form::Frozen),
            kind("Frozen shrimps", "030617", &[3], "CT", (9.5, 12.0), 0.06, Form::Frozen),
            kind("Frozen horse mackerel", "030355", &[3], "CT", (20.0, 21.0), 0.04, Form::Frozen),
        ],
        origins: &["ZA", "VN", "CN"],
        carriage: Carriage::Reefer(-18.0),
        tonnes: (18.0, 26.5),
        agencies: &[VET],
        criteria: &["Species substitution, heading 0304", "New importer of frozen fish", "Reefer plugged off on the way"],
    },
    Family {
        kinds: &[
            kind("Frozen chicken cuts", "020714", &[2], "CT", (10.4, 15.4), 0.04, Form::Frozen),
            kind("Frozen boneless beef", "020230", &[2], "CT", (20.5, 27.6), 0.03, Form::Frozen),
            kind("Frozen turkey wings", "020727", &[2], "CT", (13.0, 15.4), 0.04, Form::Frozen),
        ],
        origins: &["BR", "ZA", "ZM"],
        carriage: Carriage::Reefer(-18.0),
        tonnes: (20.0, 26.0),
        agencies: &[VET, FOOD],
        criteria: &["Avian influenza zone of origin", "Quota claimed twice", "Certificate number seen before"],
    },
    Family {
        kinds: &[
            kind("Milk powder, skimmed", "040210", &[4], "BG", (25.3, 25.6), 0.02, Form::Bags),
            kind("Cheese, gouda", "040690", &[4], "CT", (12.0, 16.0), 0.06, Form::Cartons),
            kind("Butter, salted", "040510", &[4], "CT", (10.3, 25.4), 0.03, Form::Cartons),
        ],
        origins: &["NL", "KE", "ZA"],
        carriage: Carriage::Reefer(4.0),
        tonnes: (12.0, 22.0),
        agencies: &[VET, FOOD],
        criteria: &["Preference claimed without proof of origin", "Shelf life under six months"],
    },
    Family {
        kinds: &[
            kind("Fresh apples", "080810", &[8], "CT", (18.5, 19.6), 0.07, Form::Cartons),
            kind("Fresh oranges", "080510", &[8], "CT", (15.0, 17.0), 0.06, Form::Cartons),
            kind("Fresh table grapes", "080610", &[8], "CT", (4.9, 9.4), 0.09, Form::Cartons),
            kind("Seed potatoes", "070110", &[7], "BG", (25.2, 50.5), 0.01, Form::Bags),
        ],
        origins: &["ZA", "TZ", "KE"],
        carriage: Carriage::Reefer(2.0),
        tonnes: (10.0, 21.0),
        agencies: &[PLANT],
        criteria: &["False codling moth, region of origin", "Undervalued fruit, heading 0805"],
    },
    Family {
        kinds: &[
            kind("Maize seed", "100510", &[10], "BG", (25.1, 50.4), 0.01, Form::Bags),
            kind("Vegetable seed", "120991", &[12], "CT", (8.0, 14.0), 0.08, Form::Cartons),
            kind("Soya beans for sowing", "120110", &[12], "BG", (25.1, 50.4), 0.01, Form::Bags),
        ],
        origins: &["ZA", "TZ", "US", "NL"],
        carriage: Carriage::Dry,
        tonnes: (8.0, 27.0),
        agencies: &[PLANT],
        criteria: &["Variety not on the national list", "Treated seed declared as food", "GMO status to verify"],
    },
    Family {
        kinds: &[
            kind("Rice, semi-milled", "100630", &[10], "BG", (25.1, 50.3), 0.005, Form::Bags),
            kind("Wheat flour", "110100", &[11], "BG", (25.1, 50.3), 0.006, Form::Bags),
            kind("White sugar", "170199", &[17], "BG", (50.1, 50.3), 0.005, Form::Bags),
            kind("Cooking oil, palm", "151190", &[15], "JY", (18.6, 20.8), 0.07, Form::Drums),
        ],
        origins: &["TH", "PK", "IN", "ZM", "BR"],
        carriage: Carriage::Dry,
        tonnes: (20.0, 27.5),
        agencies: &[FOOD, PLANT],
        criteria: &["Origin changed on the way", "Weight below the trade's usual", "Sugar quota exhausted"],
    },
    Family {
        kinds: &[
            kind("Black tea", "090240", &[9], "CT", (40.0, 62.0), 0.03, Form::Cartons),
            kind("Coffee, green beans", "090111", &[9], "BG", (60.3, 60.8), 0.01, Form::Bags),
            kind("Cloves, whole", "090710", &[9], "BG", (50.2, 60.4), 0.01, Form::Bags),
        ],
        origins: &["TZ", "KE", "ET"],
        carriage: Carriage::Dry,
        tonnes: (12.0, 24.0),
        agencies: &[PLANT],
        criteria: &["Export levy unpaid", "Coffee moved under tea"],
    },
    Family {
        kinds: &[
            kind("Urea, bagged", "310210", &[31], "BG", (50.1, 50.4), 0.005, Form::Bags),
            kind("NPK fertiliser 23:21:0", "310520", &[31], "BG", (50.1, 50.4), 0.005, Form::Bags),
        ],
        origins: &["SA", "RU", "ZA"],
        carriage: Carriage::Dry,
        tonnes: (24.0, 28.0),
        agencies: &[PLANT],
        criteria: &["Subsidy programme, weight check", "Nitrogen content to sample"],
    },
    Family {
        kinds: &[
            dangerous(kind("Motor spirit, unleaded", "271012", &[27], "VL", (17000.0, 24000.0), 0.0, Form::Liquid), "1203"),
            dangerous(kind("Gas oil, 50 ppm", "271019", &[27], "VL", (17000.0, 25000.0), 0.0, Form::Liquid), "1202"),
        ],
        origins: &["TZ", "AE"],
        carriage: Carriage::Tank,
        tonnes: (17.0, 25.0),
        agencies: &[SAFETY],
        criteria: &["Transit fuel, diversion", "Kerosene adulteration", "Dip reading differs"],
    },
    Family {
        kinds: &[
            dangerous(kind("Caustic soda, flakes", "281511", &[28], "BG", (25.1, 25.3), 0.01, Form::Bags), "1823"),
            dangerous(kind("Herbicide, liquid", "380893", &[38], "DR", (205.0, 228.0), 0.07, Form::Drums), "3082"),
            dangerous(kind("Paint, solvent based", "320890", &[32], "TN", (20.5, 26.0), 0.1, Form::Drums), "1263"),
        ],
        origins: &["CN", "IN", "ZA"],
        carriage: Carriage::Dry,
        tonnes: (9.0, 22.0),
        agencies: &[SAFETY],
        criteria: &["Precursor chemicals list", "Unregistered pesticide", "Packaging group not stated"],
    },
    Family {
        kinds: &[
            kind("Ceramic tiles, glazed", "690721", &[69], "PX", (980.0, 1260.0), 0.03, Form::Crates),
            kind("Ceramic wash basins", "691010", &[69], "CT", (14.0, 22.0), 0.08, Form::Cartons),
            kind("Granite slabs, polished", "680293", &[68, 25], "CR", (1400.0, 1900.0), 0.05, Form::Crates),
        ],
        origins: &["CN", "IN", "TR"],
        carriage: Carriage::Dry,
        tonnes: (19.0, 27.0),
        agencies: &[],
        criteria: &["Undervalued tiles per square metre", "Overloading on the corridor"],
    },
    Family {
        kinds: &[
            kind("Men's trousers, cotton", "620342", &[62], "CT", (12.0, 22.0), 0.08, Form::Cartons),
            kind("T-shirts, knitted cotton", "610910", &[61], "CT", (10.0, 18.0), 0.08, Form::Cartons),
            kind("Bed linen, printed", "630221", &[63], "CT", (14.0, 20.0), 0.07, Form::Cartons),
        ],
        origins: &["CN", "IN", "TR"],
        carriage: Carriage::Dry,
        tonnes: (6.0, 14.0),
        agencies: &[],
        criteria: &["Trade marks, repeat infringer", "Quantity per carton above usual"],
    },
    Family {
        kinds: &[
            kind("Worn clothing, pressed bales", "630900", &[63], "BL", (45.0, 55.5), 0.01, Form::Bales),
            kind("Worn shoes, paired", "630900", &[63, 64], "BL", (25.0, 27.0), 0.02, Form::Bales),
        ],
        origins: &["GB", "CN"],
        carriage: Carriage::Dry,
        tonnes: (18.0, 26.0),
        agencies: &[(Agency::PortHealth, "Fumigation certificate")],
        criteria: &["New goods hidden in bales", "Bale weights uniform"],
    },
    Family {
        kinds: &[
            kind("Used machinery, parts", "843149", &[84], "PX", (420.0, 1900.0), 0.06, Form::Machinery),
            kind("Centrifugal pumps", "841370", &[84], "CS", (90.0, 420.0), 0.12, Form::Machinery),
            kind("Maize mills, electric", "843780", &[84], "CS", (120.0, 380.0), 0.1, Form::Machinery),
            kind("Diesel generating sets", "850211", &[85], "CS", (380.0, 1400.0), 0.06, Form::Machinery),
        ],
        origins: &["DE", "GB", "CN", "IN"],
        carriage: Carriage::Dry,
        tonnes: (7.0, 23.0),
        agencies: &[],
        criteria: &["Used machinery, concealment history", "Engine numbers to verify", "Value far below book"],
    },
    Family {
        kinds: &[
            kind("Vehicle parts, body", "870829", &[87], "CT", (8.0, 30.0), 0.1, Form::Machinery),
            kind("Brake linings and pads", "870830", &[87], "CT", (14.0, 24.0), 0.05, Form::Cartons),
            kind("Tyres, new, lorry", "401120", &[40], "PA", (55.0, 70.0), 0.01, Form::Tyres),
            kind("Engine oil, cans", "271019", &[27], "CT", (16.0, 20.0), 0.1, Form::Drums),
        ],
        origins: &["JP", "AE", "CN"],
        carriage: Carriage::Dry,
        tonnes: (8.0, 19.0),
        agencies: &[STANDARDS],
        criteria: &["Counterfeit brake parts", "Stolen vehicle parts circular"],
    },
    Family {
        kinds: &[kind("Used motor cars, 1,500 to 3,000 cc", "870323", &[87], "VN", (1150.0, 1750.0), 0.0, Form::Vehicles)],
        origins: &["JP", "GB"],
        carriage: Carriage::Dry,
        tonnes: (3.0, 6.5),
        agencies: &[STANDARDS],
        criteria: &["Chassis number check", "Parts stowed in vehicles"],
    },
    Family {
        kinds: &[
            kind("Smartphones", "851713", &[85], "CT", (9.0, 15.0), 0.15, Form::Cartons),
            kind("Television sets, LED", "852872", &[85], "CT", (6.0, 22.0), 0.18, Form::Cartons),
            kind("Laptop computers", "847130", &[84], "CT", (12.0, 20.0), 0.2, Form::Cartons),
            kind("Chargers and cables", "850440", &[85], "CT", (9.0, 16.0), 0.1, Form::Cartons),
        ],
        origins: &["CN", "AE", "VN"],
        carriage: Carriage::Dry,
        tonnes: (3.0, 11.0),
        agencies: &[STANDARDS],
        criteria: &["Undervalued electronics", "Lithium cells not declared", "Consignee without premises"],
    },
    Family {
        kinds: &[
            kind("Reinforcing bars", "721420", &[72], "BE", (1900.0, 2200.0), 0.0, Form::Steel),
            kind("Roofing sheets, galvanised", "721041", &[72], "PK", (900.0, 2400.0), 0.02, Form::Steel),
            kind("Steel tubes, welded", "730630", &[73], "BE", (700.0, 1500.0), 0.01, Form::Steel),
            kind("Wire nails", "731700", &[73], "CT", (25.2, 25.8), 0.03, Form::Cartons),
        ],
        origins: &["KE", "CN", "IN"],
        carriage: Carriage::Dry,
        tonnes: (22.0, 27.5),
        agencies: &[STANDARDS],
        criteria: &["Anti-dumping duty, origin", "Thickness below standard"],
    },
    Family {
        kinds: &[
            kind("Sawn pine, planed", "440711", &[44], "BE", (900.0, 1500.0), 0.01, Form::Timber),
            kind("Plywood sheets", "441231", &[44], "PX", (900.0, 1300.0), 0.02, Form::Timber),
        ],
        origins: &["ZA", "TZ", "CN"],
        carriage: Carriage::Dry,
        tonnes: (18.0, 26.0),
        agencies: &[PLANT],
        criteria: &["Protected species, rosewood", "Wood packaging without mark"],
    },
    Family {
        kinds: &[
            kind("Medicines, packed for retail", "300490", &[30], "CT", (6.0, 14.0), 0.12, Form::Cartons),
            kind("Vaccines, for children", "300241", &[30], "CT", (8.0, 16.0), 0.3, Form::Cartons),
        ],
        origins: &["IN", "DE", "ZA"],
        carriage: Carriage::Reefer(5.0),
        tonnes: (2.0, 8.0),
        agencies: &[(Agency::PortHealth, "Medicines register and cold chain")],
        criteria: &["Falsified medicines alert", "Batch recalled elsewhere"],
    },
    Family {
        kinds: &[
            kind("Beer, bottled", "220300", &[22], "CR", (14.0, 19.0), 0.45, Form::Bottles),
            kind("Wine, bottled", "220421", &[22], "CT", (7.8, 16.2), 0.42, Form::Bottles),
            kind("Fruit juice", "200989", &[20], "CT", (11.0, 13.2), 0.08, Form::Bottles),
        ],
        origins: &["ZA", "TZ", "NL"],
        carriage: Carriage::Dry,
        tonnes: (15.0, 25.0),
        agencies: &[FOOD],
        criteria: &["Excise stamps", "Alcohol under juice"],
    },
    Family {
        kinds: &[
            kind("Cigarettes", "240220", &[24], "CT", (9.0, 13.5), 0.1, Form::Cartons),
            kind("Tobacco leaf, cured", "240120", &[24], "CT", (190.0, 205.0), 0.03, Form::Bales),
        ],
        origins: &["ZM", "TZ", "AE"],
        carriage: Carriage::Dry,
        tonnes: (7.0, 19.0),
        agencies: &[PLANT],
        criteria: &["Illicit tobacco, brand on watch", "Transit seal history"],
    },
    Family {
        kinds: &[
            kind("Wooden furniture", "940360", &[94], "CT", (18.0, 60.0), 0.1, Form::Cartons),
            kind("Mattresses, sprung", "940429", &[94], "PK", (16.0, 34.0), 0.04, Form::Cartons),
            kind("Toys, plastic", "950300", &[95], "CT", (6.0, 12.0), 0.14, Form::Cartons),
            kind("Kitchenware, enamel", "732394", &[73], "CT", (9.0, 18.0), 0.1, Form::Cartons),
        ],
        origins: &["CN", "TR", "AE"],
        carriage: Carriage::Dry,
        tonnes: (4.0, 12.0),
        agencies: &[STANDARDS],
        criteria: &["Mixed loads, consolidator on watch", "Toy safety campaign"],
    },
    Family {
        kinds: &[
            kind("Photovoltaic modules", "854143", &[85], "PX", (620.0, 980.0), 0.06, Form::Crates),
            dangerous(kind("Lead-acid batteries, wet", "850720", &[85], "PX", (760.0, 1150.0), 0.04, Form::Batteries), "2794"),
            kind("Inverters", "850440", &[85], "CT", (9.0, 32.0), 0.12, Form::Cartons),
        ],
        origins: &["CN", "IN", "DE"],
        carriage: Carriage::Dry,
        tonnes: (8.0, 20.0),
        agencies: &[SAFETY],
        criteria: &["Exemption claimed for solar goods", "Batteries not placarded"],
    },
    Family {
        kinds: &[kind("Day-old chicks", "010511", &[1], "BX", (4.6, 5.4), 0.2, Form::Animals)],
        origins: &["ZM", "TZ"],
        carriage: Carriage::Vehicle,
        tonnes: (1.4, 3.6),
        agencies: &[(Agency::Veterinary, "Live animals: welfare and certificates")],
        criteria: &["Hatchery not on the list"],
    },
    Family {
        kinds: &[
            kind("Washing soap, bars", "340119", &[34], "CT", (12.0, 25.2), 0.04, Form::Cartons),
            kind("Skin creams", "330499", &[33], "CT", (7.0, 13.0), 0.15, Form::Cartons),
            kind("Exercise books", "482020", &[48], "CT", (14.0, 22.0), 0.03, Form::Cartons),
            kind("Carton packaging, flat", "481910", &[48], "PK", (180.0, 420.0), 0.02, Form::Cartons),
        ],
        origins: &["TZ", "KE", "CN", "ZA"],
        carriage: Carriage::Dry,
        tonnes: (9.0, 20.0),
        agencies: &[STANDARDS],
        criteria: &["Skin lightening substances", "Rules of origin, regional preference"],
    },
];

/// The kind with this HS code.
pub(crate) fn by_hs(hs: &str) -> Option<&'static Kind> {
    FAMILIES.iter().flat_map(|f| f.kinds).find(|k| k.hs == hs)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use outpost_domain::HsCode;

    #[test]
    fn every_kind_has_a_code_of_a_chapter_that_its_words_suggest() {
        for kind in FAMILIES.iter().flat_map(|f| f.kinds) {
            let hs: HsCode = kind.hs.parse().unwrap();
            assert!(kind.chapters.contains(&hs.chapter()), "{}", kind.words);
            assert!(kind.package_kg.0 > 0.0 && kind.package_kg.0 <= kind.package_kg.1);
            assert!((0.0..0.6).contains(&kind.tare));
        }
        assert!(FAMILIES.iter().flat_map(|f| f.kinds).count() >= 60);
    }
}
