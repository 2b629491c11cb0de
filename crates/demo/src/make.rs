//! One inspection as chance makes it: family, unit, papers, times and agencies that fit each other.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use outpost_domain::{
    Agency, AgencyTask, Bill, BillLevel, Consignment, DeclaredSeal, ExamType, GoodsItem,
    Inspection, InspectionId, Kilograms, Lane, Officer, OfficerId, Party, PartyRole, Priority,
    Reefer, Role, SealClass, SealParty, Selection, UnLocode, Unit, UnitKind, UnitNumber, Weighing,
};

use crate::dice::Dice;
use crate::goods::{Carriage, FAMILIES, Family, Form, Kind};
use crate::plan::{Body, Cargo, Concealed};
use crate::{names, numbers, places};

/// Which of the two posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Site {
    /// The land post.
    Land,
    /// The seaport shed.
    Shed,
}

impl Site {
    /// Country whose declaration numbers are used.
    const fn country(self) -> &'static str {
        match self {
            Self::Land => "MW",
            Self::Shed => "TZ",
        }
    }

    const fn prefix(self) -> &'static str {
        match self {
            Self::Land => "KAS",
            Self::Shed => "DAR",
        }
    }

    /// Keeps the two posts' streams of chance apart.
    pub(crate) const fn purpose(self) -> u64 {
        match self {
            Self::Land => 1,
            Self::Shed => 2,
        }
    }
}

/// When and where inspections are made.
pub(crate) struct Scene {
    pub(crate) site: Site,
    pub(crate) now: Timestamp,
    pub(crate) zone: TimeZone,
    pub(crate) today: Date,
    pub(crate) post: UnLocode,
    pub(crate) officers: Vec<Officer>,
}

impl Scene {
    pub(crate) fn new(site: Site, now: Timestamp) -> Self {
        let post = match site {
            Site::Land => places::land_post(),
            Site::Shed => places::seaport_shed(),
        };
        let zone = TimeZone::get(&post.zone).unwrap_or(TimeZone::UTC);
        let today = now.to_zoned(zone.clone()).date();
        let officers = places::officers()
            .into_iter()
            .filter(|p| p.post == post.code)
            .map(|p| p.officer)
            .collect();
        Self {
            site,
            now,
            zone,
            today,
            post: post.code,
            officers,
        }
    }

    /// A time of day at the post, `days` after today.
    pub(crate) fn at(&self, days: i32, hour: i8, minute: i8) -> Timestamp {
        let date = self.today.saturating_add(days.days());
        date.at(hour, minute, 0, 0)
            .to_zoned(self.zone.clone())
            .map_or(self.now, |z| z.timestamp())
    }

    pub(crate) fn minutes_ago(&self, minutes: i64) -> Timestamp {
        self.now - SignedDuration::from_mins(minutes)
    }
}

/// What is fixed before chance decides the rest.
#[derive(Default, Clone, Copy)]
pub(crate) struct Wish {
    /// A family by its number.
    pub(crate) family: Option<usize>,
    /// Kinds of the family by their numbers, in the order of the declaration.
    pub(crate) kinds: Option<&'static [usize]>,
    /// The lane.
    pub(crate) lane: Option<Lane>,
    /// Whether a radiograph is ordered.
    pub(crate) nii: Option<bool>,
    /// Minutes since the exam was ordered.
    pub(crate) age: Option<i64>,
}

/// An inspection and what its radiograph will show.
pub(crate) struct Made {
    pub(crate) inspection: Inspection,
    pub(crate) body: Body,
    pub(crate) cargo: Vec<Cargo>,
    pub(crate) concealed: Option<Concealed>,
    /// What the scanner's camera reads; the unit's own number when `None`.
    pub(crate) unit_read: Option<UnitNumber>,
    /// Whether an earlier scan of the same unit is on file.
    pub(crate) scanned_before: bool,
}

impl Made {
    /// The first unit; every inspection has one.
    pub(crate) fn unit(&mut self) -> &mut Unit {
        &mut self.inspection.units[0]
    }
}

/// The age of an inspection in minutes: 5 minutes to 30 hours, the young ones more often.
fn age(dice: &mut Dice) -> i64 {
    let share = dice.share();
    5 + (share * share * 1_795.0) as i64
}

/// Makes inspection `index` of the scene.
pub(crate) fn make(dice: &mut Dice, scene: &Scene, index: usize, wish: Wish) -> Made {
    let family_number = wish
        .family
        .unwrap_or_else(|| dice.between(0, FAMILIES.len() as u64 - 1) as usize);
    let family = &FAMILIES[family_number];
    let minutes = wish.age.unwrap_or_else(|| age(dice));
    let ordered_at = scene.minutes_ago(minutes);
    let id = InspectionId(dice.uuid(ordered_at));
    let lane = wish.lane.unwrap_or_else(|| lane(dice));
    let origin = *dice.pick(family.origins);
    let (unit, body) = unit(dice, scene.site, family, origin);
    let kinds = kinds(dice, family, wish.kinds);
    let items = items(dice, family, &kinds, origin, body);
    let cargo = items
        .iter()
        .zip(&kinds)
        .map(|(item, kind)| cargo(kind, item))
        .collect();
    let year = scene.today.year();
    let inspection = Inspection {
        id,
        version: 1,
        reference: format!("{}-{year}-{:06}", scene.site.prefix(), 4_101 + index),
        post: scene.post.clone(),
        lane,
        priority: priority(dice, family),
        trusted: lane != Lane::Red && dice.chance(0.2),
        selection: selection(dice, family, lane),
        exams: exams(dice, family, lane, wish.nii),
        agencies: agencies(dice, family),
        assigned_to: Vec::new(),
        ordered_at,
        presented_at: dice.chance(0.85).then(|| {
            scene.minutes_ago(minutes - dice.between(1, (minutes as u64).max(6) / 2) as i64)
        }),
        due_at: None,
        consignment: consignment(dice, scene, origin, &unit, items),
        units: vec![unit],
        scans: Vec::new(),
        slot: None,
        holds: Vec::new(),
        tracking: Vec::new(),
        references: Vec::new(),
    };
    let mut made = Made {
        inspection,
        body,
        cargo,
        concealed: None,
        unit_read: None,
        scanned_before: false,
    };
    finish(dice, scene, &mut made);
    made
}

fn lane(dice: &mut Dice) -> Lane {
    match dice.between(0, 99) {
        0..30 => Lane::Red,
        30..68 => Lane::Yellow,
        68..84 => Lane::Blue,
        _ => Lane::Green,
    }
}

fn priority(dice: &mut Dice, family: &Family) -> Priority {
    match family.carriage {
        Carriage::Vehicle => Priority::Urgent,
        Carriage::Reefer(_) => Priority::High,
        _ if dice.chance(0.12) => Priority::High,
        _ => Priority::Normal,
    }
}

fn selection(dice: &mut Dice, family: &Family, lane: Lane) -> Option<Selection> {
    let random = dice.chance(0.2);
    let criterion = *dice.pick(family.criteria);
    matches!(lane, Lane::Red | Lane::Yellow).then(|| Selection {
        criterion: if random { "Random sample" } else { criterion }.to_owned(),
        random,
    })
}

fn exams(dice: &mut Dice, family: &Family, lane: Lane, nii: Option<bool>) -> Vec<ExamType> {
    let mut exams = match lane {
        Lane::Red => match dice.between(0, 2) {
            0 => vec![ExamType::FullDevan],
            1 => vec![ExamType::PartialDevan],
            _ => vec![ExamType::Tailgate],
        },
        Lane::Yellow if dice.chance(0.4) => vec![ExamType::SealCheck, ExamType::Documentary],
        Lane::Yellow => vec![ExamType::Documentary],
        Lane::Blue | Lane::Green => Vec::new(),
    };
    let samples = family.agencies.iter().any(|(a, _)| {
        matches!(
            a,
            Agency::Veterinary | Agency::PlantHealth | Agency::PortHealth
        )
    });
    if samples && lane == Lane::Yellow && dice.chance(0.4) {
        exams.insert(0, ExamType::Sampling);
    }
    if family.carriage == Carriage::Tank && lane == Lane::Red {
        exams = vec![ExamType::Radiation, ExamType::SealCheck];
    }
    let scanned = family.carriage != Carriage::Vehicle && lane == Lane::Red && dice.chance(0.55);
    if nii.unwrap_or(scanned) {
        exams.insert(0, ExamType::Nii);
    }
    exams
}

fn agencies(dice: &mut Dice, family: &Family) -> Vec<AgencyTask> {
    let task = |agency, required, control: &str| AgencyTask {
        agency,
        required,
        control: control.to_owned(),
    };
    let mut tasks = vec![task(Agency::Customs, true, "Customs control")];
    for (n, &(agency, control)) in family.agencies.iter().enumerate() {
        tasks.push(task(agency, n == 0 || dice.chance(0.5), control));
    }
    if dice.chance(0.06) {
        tasks.push(task(Agency::Police, false, "May attend"));
    }
    tasks
}

fn unit(dice: &mut Dice, site: Site, family: &Family, origin: &str) -> (Unit, Body) {
    let regional = matches!(origin, "TZ" | "KE" | "ZM" | "ZA" | "MW" | "ET");
    let by_road = site == Site::Land && regional && dice.chance(0.7);
    let (kind, size_type, body) = match family.carriage {
        Carriage::Vehicle => (UnitKind::Vehicle, None, Body::Trailer),
        Carriage::Tank => (UnitKind::Container, Some("22T1"), Body::Tank20),
        Carriage::Reefer(_) => (UnitKind::Container, Some("45R1"), Body::Reefer40),
        Carriage::Dry if by_road => (UnitKind::Trailer, None, Body::Trailer),
        Carriage::Dry if family.tonnes.1 > 21.0 && dice.chance(0.5) => {
            (UnitKind::Container, Some("22G1"), Body::Box20)
        }
        Carriage::Dry => {
            let size = if dice.chance(0.7) { "45G1" } else { "42G1" };
            (UnitKind::Container, Some(size), Body::Box40)
        }
    };
    let number = if size_type.is_some() {
        numbers::any_box(dice)
    } else {
        numbers::plate(dice)
    };
    let seals = seals(dice, kind);
    let seal_count = dice.chance(0.7).then_some(seals.len() as u32);
    let unit = Unit {
        number,
        kind,
        size_type: size_type.map(str::to_owned),
        seals,
        seal_count,
        weighing: None,
        reefer: None,
        alerts: Vec::new(),
    };
    (unit, body)
}

fn seals(dice: &mut Dice, kind: UnitKind) -> Vec<DeclaredSeal> {
    let mut seals = Vec::new();
    if kind == UnitKind::Container {
        seals.push(DeclaredSeal {
            number: numbers::seal(dice, "ML"),
            party: SealParty::Carrier,
            class: Some(SealClass::HighSecurity),
        });
    }
    if kind == UnitKind::Trailer || dice.chance(0.3) {
        seals.push(DeclaredSeal {
            number: numbers::seal(dice, "NA"),
            party: SealParty::Customs,
            class: Some(SealClass::Security),
        });
    }
    if kind == UnitKind::Vehicle || dice.chance(0.12) {
        seals.push(DeclaredSeal {
            number: numbers::seal(dice, "SH"),
            party: SealParty::Shipper,
            class: Some(SealClass::Indicative),
        });
    }
    seals
}

fn kinds(dice: &mut Dice, family: &Family, wished: Option<&[usize]>) -> Vec<&'static Kind> {
    if let Some(wished) = wished {
        return wished.iter().map(|&k| &family.kinds[k]).collect();
    }
    let first = dice.between(0, family.kinds.len() as u64 - 1) as usize;
    // A liquid fills its tank alone; other families carry one to three kinds.
    let most = if family.carriage == Carriage::Tank {
        1
    } else {
        family.kinds.len().min(3)
    };
    let count = dice.between(1, most as u64) as usize;
    (0..count)
        .map(|n| &family.kinds[(first + n) % family.kinds.len()])
        .collect()
}

fn items(
    dice: &mut Dice,
    family: &Family,
    kinds: &[&'static Kind],
    origin: &str,
    body: Body,
) -> Vec<GoodsItem> {
    let most = match body {
        Body::Box20 | Body::Tank20 => family.tonnes.1.min(25.0),
        _ => family.tonnes.1,
    };
    let total = dice.range(family.tonnes.0.min(most), most) * 1_000.0;
    let mut left = total;
    let mut items = Vec::with_capacity(kinds.len());
    for (n, kind) in kinds.iter().enumerate() {
        let share = if n + 1 == kinds.len() {
            left
        } else {
            left * dice.range(0.45, 0.75)
        };
        left -= share;
        items.push(item(dice, n as u32 + 1, kind, share, origin));
    }
    items
}

fn item(dice: &mut Dice, number: u32, kind: &Kind, kilograms: f64, origin: &str) -> GoodsItem {
    let each = dice.range(kind.package_kg.0, kind.package_kg.1);
    let packages = ((kilograms / each).round() as u32).max(1);
    let packages = if kind.form == Form::Liquid {
        1
    } else {
        packages
    };
    let gross = tenths(f64::from(packages) * each);
    GoodsItem {
        number,
        description: kind.words.to_owned(),
        hs: kind.hs.parse().ok(),
        described_chapters: kind.chapters.to_vec(),
        origin: numbers::constant(origin),
        packages,
        package_code: kind.package.to_owned(),
        gross: Kilograms(gross),
        net: Kilograms(tenths(gross * (1.0 - kind.tare))),
        un_number: kind.un_number.map(str::to_owned),
    }
}

pub(crate) fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

pub(crate) fn cargo(kind: &Kind, item: &GoodsItem) -> Cargo {
    Cargo {
        form: kind.form,
        chapter: item.hs.as_ref().map_or(0, outpost_domain::HsCode::chapter),
        packages: item.packages,
        gross_kg: item.gross.0,
    }
}

/// Where goods of an origin are loaded.
fn loading_place(origin: &str) -> &'static str {
    match origin {
        "CN" => "CNSHA",
        "IN" => "INNSA",
        "AE" => "AEJEA",
        "ZA" => "ZADUR",
        "KE" => "KEMBA",
        "JP" => "JPYOK",
        "DE" => "DEHAM",
        "NL" => "NLRTM",
        "BR" => "BRSSZ",
        "TH" => "THLCH",
        "TR" => "TRMER",
        "GB" => "GBFXT",
        "US" => "USHOU",
        "SA" => "SADMM",
        "PK" => "PKKHI",
        "VN" => "VNSGN",
        "ET" => "DJJIB",
        "RU" => "BEANR",
        _ => "TZDAR",
    }
}

fn consignment(
    dice: &mut Dice,
    scene: &Scene,
    origin: &str,
    unit: &Unit,
    items: Vec<GoodsItem>,
) -> Consignment {
    let road = unit.kind != UnitKind::Container;
    let first = if road {
        numbers::road_note(dice)
    } else {
        numbers::bill(dice)
    };
    let mut bills = vec![Bill {
        number: first,
        level: BillLevel::Master,
    }];
    if !road && dice.chance(0.35) {
        let number = format!("HB{}", dice.digits(7));
        bills.push(Bill {
            number,
            level: BillLevel::House,
        });
    }
    let declared_gross = Kilograms(tenths(items.iter().map(|i| i.gross.0).sum()));
    let declared_packages = items.iter().map(|i| i.packages).sum();
    Consignment {
        mrn: dice
            .chance(0.97)
            .then(|| numbers::any_mrn(dice, scene.today.year(), scene.site.country())),
        bills,
        parties: parties(dice, scene.site, origin),
        from: numbers::constant(loading_place(origin)),
        to: scene.post.clone(),
        items,
        declared_gross,
        declared_packages,
    }
}

fn parties(dice: &mut Dice, site: Site, origin: &str) -> Vec<Party> {
    let party = |role, name: &str, country: &str, register_number| Party {
        role,
        name: name.to_owned(),
        country: numbers::constant(country),
        register_number,
    };
    let consignor = names::consignor(dice, origin);
    let (consignee, country) = names::consignee(dice, site == Site::Land);
    let tin = Some(dice.digits(9));
    let (declarant, declarant_country) = names::declarant(dice);
    let (haulier, haulier_country) = names::haulier(dice);
    vec![
        party(PartyRole::Consignor, consignor, origin, None),
        party(PartyRole::Consignee, consignee, country, tin),
        party(
            PartyRole::Declarant,
            declarant,
            declarant_country,
            Some(dice.digits(8)),
        ),
        party(PartyRole::Carrier, haulier, haulier_country, None),
    ]
}

/// What depends on the rest: weighing, cooling, due time, officers.
fn finish(dice: &mut Dice, scene: &Scene, made: &mut Made) {
    let inspection = &mut made.inspection;
    let gross = inspection.consignment.declared_gross.0;
    let presented = inspection.presented_at;
    let hours = match inspection.priority {
        Priority::Urgent => 3,
        Priority::High => 12,
        Priority::Normal => 36,
    };
    inspection.due_at = Some(inspection.ordered_at + SignedDuration::from_hours(hours));
    inspection.assigned_to = assigned(dice, scene, inspection.lane, &inspection.agencies);
    let unit = &mut inspection.units[0];
    if let Some(at) = presented
        && dice.chance(0.7)
    {
        let scale = if scene.site == Site::Land {
            "axle scale"
        } else {
            "terminal scale"
        };
        unit.weighing = Some(Weighing {
            gross: Kilograms((gross * dice.range(0.988, 1.014) / 20.0).round() * 20.0),
            scale: scale.to_owned(),
            at,
        });
    }
    if unit
        .weighing
        .as_ref()
        .is_some_and(|w| (w.gross.0 / gross - 1.0).abs() > 0.025)
    {
        unit.weighing = None;
    }
    if let Some(set) = cooling(unit, &inspection.consignment.items) {
        unit.reefer = Some(Reefer {
            set_celsius: set,
            actual_celsius: presented
                .is_some()
                .then(|| (tenths(f64::from(set) + dice.range(-0.9, 1.1))) as f32),
            tolerance: 2.0,
        });
    }
}

fn cooling(unit: &Unit, items: &[GoodsItem]) -> Option<f32> {
    let reefer = unit.size_type.as_deref().is_some_and(|s| s.contains('R'));
    let first = items.first()?.hs.as_ref()?;
    let family = FAMILIES
        .iter()
        .find(|f| f.kinds.iter().any(|k| k.hs == first.as_str()))?;
    match family.carriage {
        Carriage::Reefer(set) if reefer => Some(set),
        _ => None,
    }
}

/// Customs officers take turns; the other agencies' officers get what is theirs to decide.
fn assigned(dice: &mut Dice, scene: &Scene, lane: Lane, tasks: &[AgencyTask]) -> Vec<OfficerId> {
    if matches!(lane, Lane::Green | Lane::Blue) && dice.chance(0.6) {
        return Vec::new();
    }
    let of = |agency| {
        scene
            .officers
            .iter()
            .filter(move |o| o.agency == agency && o.role == Role::Inspector)
            .map(|o| o.id)
            .collect::<Vec<_>>()
    };
    tasks
        .iter()
        .filter(|t| t.required)
        .filter_map(|t| {
            let candidates = of(t.agency);
            (!candidates.is_empty()).then(|| *dice.pick(&candidates))
        })
        .collect()
}
