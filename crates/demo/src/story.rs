//! The first inspections of the land post: a day with trouble in it, told by hand. Each begins as chance would make
//! it and is then told otherwise.

use outpost_domain::{
    Agency, AgencyTask, Alert, AlertKind, DeclaredSeal, ExamType, GoodsItem, Hold, HoldId,
    HoldLevel, HoldReason, HoldType, Kilograms, Lane, PartyRole, Priority, SealClass, SealParty,
    Selection, Unit, UnitKind, Weighing,
};

use crate::dice::Dice;
use crate::make::{Made, Scene, Wish, cargo, make};
use crate::plan::{Body, Concealed};
use crate::{goods, numbers};

/// Tells inspection `index`; `None` when it is not one of those told by hand.
pub(crate) fn tell(dice: &mut Dice, scene: &Scene, index: usize) -> Option<Made> {
    let wish = |family, kinds, lane, nii, age| Wish {
        family: Some(family),
        kinds: Some(kinds),
        lane: Some(lane),
        nii: Some(nii),
        age: Some(age),
    };
    let mut make = |w: Wish| make(dice, scene, index, w);
    let told = match index {
        0 => fish(make(wish(0, &[0, 1], Lane::Red, true, 150)), scene),
        1 => machinery(make(wish(13, &[0, 1], Lane::Red, true, 122)), scene),
        2 => tiles(make(wish(10, &[0, 1], Lane::Yellow, false, 96))),
        3 => garments(make(wish(11, &[0, 2], Lane::Red, true, 74)), scene),
        4 => seed(make(wish(4, &[0], Lane::Yellow, false, 58))),
        5 => parts(make(wish(14, &[0, 1], Lane::Blue, false, 51))),
        6 => fuel(make(wish(8, &[0], Lane::Red, true, 40)), scene),
        7 => fertiliser(make(wish(7, &[1], Lane::Yellow, false, 31))),
        8 => tea(make(wish(6, &[0], Lane::Green, false, 21))),
        9 => household(make(wish(22, &[0, 1, 3], Lane::Red, true, 260))),
        10 => abandoned(make(wish(16, &[1, 3], Lane::Red, true, 1_760)), scene),
        11 => ferry(make(wish(25, &[0], Lane::Blue, false, 190)), scene),
        12 => other_unit(make(wish(17, &[1, 3], Lane::Red, true, 330)), scene),
        13 => overloaded(make(wish(5, &[0, 2], Lane::Yellow, false, 425)), scene),
        _ => return None,
    };
    Some(told)
}

/// What was seen and released the day before, without anything found: on these scans one can practise.
pub(crate) fn over(index: usize) -> Option<Wish> {
    let family = match index {
        40 => 4,
        41 => 6,
        42 => 10,
        _ => return None,
    };
    Some(Wish {
        family: Some(family),
        kinds: Some(&[0]),
        lane: Some(Lane::Yellow),
        nii: Some(true),
        age: Some(1_500 + 40 * (index as i64 - 40)),
    })
}

fn consignee(made: &mut Made, name: &str, country: &str) {
    let parties = &mut made.inspection.consignment.parties;
    if let Some(party) = parties.iter_mut().find(|p| p.role == PartyRole::Consignee) {
        name.clone_into(&mut party.name);
        party.country = numbers::constant(country);
    }
}

fn consignor(made: &mut Made, name: &str) {
    let parties = &mut made.inspection.consignment.parties;
    if let Some(party) = parties.iter_mut().find(|p| p.role == PartyRole::Consignor) {
        name.clone_into(&mut party.name);
    }
}

fn criterion(made: &mut Made, words: &str) {
    made.inspection.selection = Some(Selection {
        criterion: words.to_owned(),
        random: false,
    });
}

fn container(made: &mut Made, owner: &str, serial: &str, size_type: &str, body: Body) {
    let seals = if made.unit().kind == UnitKind::Container {
        Vec::new()
    } else {
        vec![carrier("ML-0448120")]
    };
    let unit = made.unit();
    unit.number = numbers::box_number(owner, serial);
    unit.kind = UnitKind::Container;
    unit.size_type = Some(size_type.to_owned());
    if !seals.is_empty() {
        unit.seals = seals;
        unit.seal_count = Some(1);
    }
    made.body = body;
}

fn carrier(number: &str) -> DeclaredSeal {
    DeclaredSeal {
        number: number.to_owned(),
        party: SealParty::Carrier,
        class: Some(SealClass::HighSecurity),
    }
}

fn sealed(unit: &mut Unit, seals: Vec<DeclaredSeal>) {
    unit.seal_count = Some(seals.len() as u32);
    unit.seals = seals;
}

fn attending(agency: Agency, required: bool, control: &str) -> AgencyTask {
    AgencyTask {
        agency,
        required,
        control: control.to_owned(),
    }
}

/// Sets packages and gross mass of the items and makes the header agree.
fn amounts(made: &mut Made, amounts: &[(u32, f64)]) {
    let consignment = &mut made.inspection.consignment;
    for (item, &(packages, gross)) in consignment.items.iter_mut().zip(amounts) {
        let net_share = item.net.0 / item.gross.0;
        item.packages = packages;
        item.gross = Kilograms(gross);
        item.net = Kilograms(crate::make::tenths(gross * net_share));
    }
    agree(made);
}

/// Makes the header's totals and the radiograph's load those of the items.
fn agree(made: &mut Made) {
    let consignment = &mut made.inspection.consignment;
    consignment.declared_gross = Kilograms(crate::make::tenths(
        consignment.items.iter().map(|i| i.gross.0).sum(),
    ));
    consignment.declared_packages = consignment.items.iter().map(|i| i.packages).sum();
    made.cargo = consignment.items.iter().filter_map(shown).collect();
}

fn shown(item: &GoodsItem) -> Option<crate::plan::Cargo> {
    let kind = goods::by_hs(item.hs.as_ref()?.as_str())?;
    Some(cargo(kind, item))
}

fn weighed(made: &mut Made, scene: &Scene, gross: f64, scale: &str, minutes_ago: i64) {
    made.unit().weighing = Some(Weighing {
        gross: Kilograms(gross),
        scale: scale.to_owned(),
        at: scene.minutes_ago(minutes_ago),
    });
}

/// Frozen fish: heavier than declared, warmer than set, a seal removed on the way, cigarettes among the fish.
fn fish(mut made: Made, scene: &Scene) -> Made {
    container(&mut made, "MSKU", "601167", "45R1", Body::Reefer40);
    consignee(&mut made, "Lakeside Foods Ltd", "MW");
    consignor(&mut made, "Cape Hake (Pty) Ltd");
    criterion(
        &mut made,
        "Reefer plugged off on the way; species substitution, heading 0304",
    );
    made.inspection.consignment.mrn = Some(numbers::mrn("26MW9021K44B7E018"));
    "MAEU218443907".clone_into(&mut made.inspection.consignment.bills[0].number);
    amounts(&mut made, &[(1_240, 22_600.0), (200, 2_500.0)]);
    made.inspection.consignment.items[0].origin = numbers::constant("NA");
    made.inspection.presented_at = Some(scene.minutes_ago(130));
    weighed(&mut made, scene, 27_940.0, "terminal scale", 194);
    let unit = made.unit();
    let customs = DeclaredSeal {
        number: "NA 44120".to_owned(),
        party: SealParty::Customs,
        class: Some(SealClass::Security),
    };
    sealed(unit, vec![carrier("ML-0093311"), customs]);
    unit.alerts = vec![Alert {
        kind: AlertKind::SealRemoved,
        at: scene.minutes_ago(1_310),
        text: "Smart seal opened for 34 min at Makambako, 9 km off the corridor".to_owned(),
    }];
    if let Some(reefer) = &mut unit.reefer {
        reefer.actual_celsius = Some(-14.2);
    }
    made.inspection.exams = vec![ExamType::FullDevan, ExamType::Nii];
    made.inspection.priority = Priority::Urgent;
    made.inspection.agencies = vec![
        attending(Agency::Customs, true, "Customs control"),
        attending(Agency::Veterinary, true, "Products of animal origin"),
        attending(Agency::Police, false, "May attend"),
    ];
    made.concealed = Some(Concealed::CigaretteCartons);
    made.scanned_before = true;
    made
}

/// Machine parts with rifles among them, which only the radiograph shows.
fn machinery(mut made: Made, scene: &Scene) -> Made {
    container(&mut made, "TEXU", "307007", "22G1", Body::Box20);
    consignee(&mut made, "Mbeya Engineering", "TZ");
    criterion(
        &mut made,
        "Used machinery, concealment history of the consignor",
    );
    amounts(&mut made, &[(9, 11_340.0), (14, 4_060.0)]);
    made.inspection.presented_at = Some(scene.minutes_ago(105));
    made.unit().weighing = None;
    made.inspection.exams = vec![ExamType::Nii, ExamType::Tailgate];
    made.inspection.agencies = vec![attending(Agency::Customs, true, "Customs control")];
    made.concealed = Some(Concealed::Rifles);
    made
}

/// Tiles whose packages do not sum to the header's.
fn tiles(mut made: Made) -> Made {
    container(&mut made, "CSQU", "305438", "45G1", Body::Box40);
    consignee(&mut made, "Kyela Building Supplies", "TZ");
    amounts(&mut made, &[(22, 23_980.0), (160, 2_880.0)]);
    made.inspection.consignment.declared_packages = 188;
    made.unit().weighing = None;
    made.inspection.exams = vec![ExamType::Documentary];
    made
}

/// Garments: a door opened on the way, a seal replaced.
fn garments(mut made: Made, scene: &Scene) -> Made {
    container(&mut made, "TCLU", "482019", "22G1", Body::Box20);
    consignee(&mut made, "Songwe Traders", "MW");
    criterion(&mut made, "Trade marks, repeat infringer");
    amounts(&mut made, &[(412, 6_798.0), (150, 2_520.0)]);
    made.unit().weighing = None;
    let unit = made.unit();
    sealed(unit, vec![carrier("ML-0226714")]);
    unit.alerts = vec![Alert {
        kind: AlertKind::DoorOpened,
        at: scene.minutes_ago(905),
        text: "Door sensor, 02:41 to 02:58, lay-by north of Tukuyu".to_owned(),
    }];
    made.inspection.presented_at = Some(scene.minutes_ago(58));
    made.inspection.exams = vec![ExamType::FullDevan, ExamType::Nii];
    made.inspection.agencies = vec![
        attending(Agency::Customs, true, "Customs control"),
        attending(Agency::Standards, false, "Trade marks"),
    ];
    made.concealed = Some(Concealed::FalseWall);
    made
}

/// Maize seed on a trailer, sampled jointly.
fn seed(mut made: Made) -> Made {
    let unit = made.unit();
    unit.number = numbers::constant("T 482 DKP");
    unit.kind = UnitKind::Trailer;
    unit.size_type = None;
    unit.weighing = None;
    made.body = Body::Trailer;
    consignee(&mut made, "Northern Seeds Coop.", "MW");
    consignor(&mut made, "Iringa Maize Seed Co.");
    amounts(&mut made, &[(420, 21_126.0)]);
    made.inspection.exams = vec![ExamType::Sampling, ExamType::Documentary];
    made
}

/// Vehicle parts of an authorised operator, released with later audit.
fn parts(mut made: Made) -> Made {
    container(&mut made, "HLXU", "200841", "42G1", Body::Box40);
    consignee(&mut made, "Dar Motors", "TZ");
    amounts(&mut made, &[(610, 9_760.0), (240, 4_560.0)]);
    made.unit().weighing = None;
    made.inspection.trusted = true;
    made.inspection.agencies = vec![attending(Agency::Customs, true, "Customs control")];
    made
}

/// Motor spirit in a tank, the declared mass far below what the scale shows.
fn fuel(mut made: Made, scene: &Scene) -> Made {
    container(&mut made, "GESU", "319204", "22T1", Body::Tank20);
    consignee(&mut made, "Tunduma Petroleum", "TZ");
    criterion(&mut made, "Transit fuel, diversion; dip reading differs");
    amounts(&mut made, &[(1, 17_350.0)]);
    weighed(&mut made, scene, 18_960.0, "axle scale", 33);
    made.inspection.exams = vec![ExamType::Nii, ExamType::Radiation, ExamType::SealCheck];
    made
}

/// Fertiliser: its slot clashes with the garments' in bay 3.
fn fertiliser(mut made: Made) -> Made {
    container(&mut made, "MEDU", "714420", "45G1", Body::Box40);
    consignee(&mut made, "Agri Inputs Ltd", "MW");
    amounts(&mut made, &[(540, 27_135.0)]);
    made.unit().weighing = None;
    made.inspection.exams = vec![ExamType::Sampling];
    made
}

/// Tea: everybody has decided.
fn tea(mut made: Made) -> Made {
    container(&mut made, "FCIU", "556871", "22G1", Body::Box20);
    consignee(&mut made, "Rungwe Tea", "TZ");
    amounts(&mut made, &[(540, 23_220.0)]);
    made.unit().weighing = None;
    made
}

/// Mixed goods of a consolidator: a check digit that does not fit, an item without a code, a wrong chapter.
fn household(mut made: Made) -> Made {
    container(&mut made, "TGHU", "771530", "45G1", Body::Box40);
    let unit = made.unit();
    unit.number = numbers::with_wrong_digit(&unit.number);
    unit.weighing = None;
    consignee(&mut made, "Al-Noor Trading — النور للتجارة", "MW");
    consignor(&mut made, "شركة الخليج للتجارة العامة ذ.م.م");
    criterion(&mut made, "Mixed loads, consolidator on watch");
    let items = &mut made.inspection.consignment.items;
    "Sports shoes with rubber soles, assorted".clone_into(&mut items[1].description);
    items[1].described_chapters = vec![64];
    "Household effects of a returning resident".clone_into(&mut items[2].description);
    items[2].hs = None;
    items[2].described_chapters = Vec::new();
    made.inspection.exams = vec![ExamType::Nii, ExamType::PartialDevan];
    made
}

/// Electronics nobody came for.
fn abandoned(mut made: Made, scene: &Scene) -> Made {
    container(&mut made, "CAIU", "905216", "45G1", Body::Box40);
    consignee(
        &mut made,
        "Lake Malawi Electronic & Household Goods Importers and General Distributors (1998) Limited",
        "MW",
    );
    consignor(&mut made, "深圳市华远电子有限公司");
    criterion(&mut made, "Consignee without premises");
    let placed_at = scene.minutes_ago(1_700);
    let number = made.unit().number.as_str().to_owned();
    made.unit().alerts = vec![Alert {
        kind: AlertKind::Abandoned,
        at: scene.minutes_ago(1_740),
        text: "Not collected for 21 days after arrival; demurrage unpaid".to_owned(),
    }];
    made.inspection.presented_at = Some(scene.minutes_ago(1_745));
    made.inspection.holds = vec![Hold {
        id: HoldId(made.inspection.id.0),
        agency: Agency::Customs,
        hold_type: HoldType::Document,
        level: HoldLevel::Unit { number },
        reason: HoldReason::DocumentMissing,
        note: "No declarant answers; notice to the consignee sent by registered letter".to_owned(),
        placed_by: None,
        placed_by_name: "Revenue office, unclaimed goods".to_owned(),
        placed_at,
        review: Some(scene.today),
    }];
    made.inspection.exams = vec![ExamType::Nii, ExamType::FullDevan];
    made.concealed = Some(Concealed::DenseBundles);
    made
}

/// The lake ferry, boarded jointly.
fn ferry(mut made: Made, scene: &Scene) -> Made {
    let unit = made.unit();
    unit.number = numbers::constant("MV Ilala");
    unit.kind = UnitKind::Vessel;
    unit.size_type = None;
    unit.seals = Vec::new();
    unit.seal_count = None;
    unit.weighing = None;
    made.body = Body::Trailer;
    consignee(
        &mut made,
        "Passengers and traders of the northern run",
        "MW",
    );
    made.inspection.presented_at = Some(scene.minutes_ago(45));
    made.inspection.exams = vec![ExamType::Boarding];
    made.inspection.agencies = vec![
        attending(Agency::Customs, true, "Customs control"),
        attending(Agency::PortHealth, true, "Sanitary boarding"),
        attending(Agency::Immigration, true, "Passengers and crew"),
        attending(Agency::Maritime, false, "Safety certificate"),
    ];
    made
}

/// Roofing sheets: the scanner's camera read another unit, and a seal is missing from the list.
fn other_unit(mut made: Made, scene: &Scene) -> Made {
    container(&mut made, "PONU", "188402", "22G1", Body::Box20);
    consignee(&mut made, "Mzuzu Hardware & Electrical", "MW");
    amounts(&mut made, &[(11, 18_480.0), (160, 4_080.0)]);
    made.unit().weighing = None;
    sealed(made.unit(), vec![carrier("ML-0710443")]);
    made.unit().seal_count = Some(2);
    made.unit_read = Some(numbers::box_number("PONU", "188409"));
    made.inspection.presented_at = Some(scene.minutes_ago(300));
    made.inspection.exams = vec![ExamType::Nii, ExamType::Tailgate];
    made.scanned_before = true;
    made
}

/// Rice and sugar, overloaded.
fn overloaded(mut made: Made, scene: &Scene) -> Made {
    let unit = made.unit();
    unit.number = numbers::constant("BT 4471");
    unit.kind = UnitKind::Trailer;
    unit.size_type = None;
    made.body = Body::Trailer;
    consignee(
        &mut made,
        "Shire Valley Agro-Processing & Marketing Cooperative Society Limited",
        "MW",
    );
    consignor(&mut made, "บริษัท สยามข้าวไทย จำกัด");
    amounts(&mut made, &[(380, 19_076.0), (150, 7_530.0)]);
    weighed(&mut made, scene, 31_480.0, "axle scale", 380);
    made
}
