//! Figures of a busy week, as a desk would tell them.

use outpost_domain::*;
use outpost_protocol::Reply;

use super::Double;

fn row(group: Group, values: &[f64], sample: u64) -> FigureRow {
    FigureRow {
        group,
        values: values.to_vec(),
        sample,
    }
}

impl Double {
    pub fn figure(&self, figure: Figure) -> FigureTable {
        let rows = if self.quiet { Vec::new() } else { rows(figure) };
        FigureTable { figure, rows }
    }

    pub fn counted(&self) -> Reply {
        let inspections: Vec<Counted> = self
            .own()
            .into_iter()
            .take(12)
            .map(|i| Counted {
                inspection: i.id,
                reference: i.reference.clone(),
                unit: i.units[0].number.spaced(),
                goods: i.consignment.items[0].description.clone(),
                lane: i.lane,
                since: i.presented_at.unwrap_or(i.ordered_at),
                closed_at: None,
            })
            .collect();
        Reply::Counted {
            inspections,
            total: 31,
        }
    }
}

fn rows(figure: Figure) -> Vec<FigureRow> {
    let lanes = |values: [&[f64]; 4], samples: [u64; 4]| -> Vec<FigureRow> {
        let lanes = Lane::ALL.iter().zip(values).zip(samples);
        lanes
            .map(|((lane, values), n)| row(Group::Lane { lane: *lane }, values, n))
            .collect()
    };
    let agency = |agency, values: &[f64], n| row(Group::Agency { agency }, values, n);
    match figure {
        Figure::QueueAge => lanes(
            [&[134.0, 412.0], &[58.0, 190.0], &[31.0, 77.0], &[9.0, 12.0]],
            [31, 44, 26, 7],
        ),
        Figure::Waits => waits(),
        Figure::WithinTarget => lanes([&[0.62], &[0.81], &[0.94], &[1.0]], [58, 91, 40, 12]),
        Figure::HoldAge => vec![
            row(hold(HoldType::Document), &[1_530.0, 4_300.0], 22),
            row(hold(HoldType::Nii), &[95.0, 240.0], 6),
            row(hold(HoldType::Veterinary), &[620.0, 2_900.0], 24),
        ],
        Figure::HitRate => hits(),
        Figure::AlarmConfirmed => vec![
            row(scanner("HCVM · Gate 2"), &[0.41], 63),
            row(scanner("Eagle M60 · Yard"), &[0.28], 18),
        ],
        Figure::TrustedTime => vec![
            row(Group::Trusted { trusted: true }, &[88.0, 240.0], 37),
            row(Group::Trusted { trusted: false }, &[310.0, 1_460.0], 164),
        ],
        Figure::TrustedHits => vec![
            row(Group::Trusted { trusted: true }, &[0.05], 37),
            row(Group::Trusted { trusted: false }, &[0.19], 164),
        ],
        Figure::NoShows => vec![
            agency(Agency::Customs, &[0.0], 71),
            agency(Agency::Veterinary, &[0.12], 34),
            agency(Agency::PlantHealth, &[0.27], 15),
        ],
        Figure::PartialReleases => lanes([&[0.11], &[0.03], &[0.0], &[0.0]], [58, 91, 40, 12]),
        Figure::Overrides => vec![agency(Agency::Veterinary, &[0.02], 48)],
        Figure::BayLoad => load(),
        Figure::BayThroughput => vec![
            row(bay(Some("Bay 2 · reefer")), &[64.0], 64),
            row(bay(Some("Bay 1")), &[58.0], 58),
            row(bay(None), &[9.0], 9),
        ],
        Figure::OfficerThroughput => vec![
            row(officer("A. Mwale"), &[47.0], 47),
            row(officer("Marie-Antoinette Ngo Bassong"), &[12.0], 12),
        ],
        Figure::Unsent => vec![agency(Agency::Customs, &[18.0, 164.0], 7)],
    }
}

const fn hold(hold_type: HoldType) -> Group {
    Group::Hold { hold_type }
}

fn scanner(name: &str) -> Group {
    Group::Scanner {
        scanner: name.to_owned(),
    }
}

fn bay(name: Option<&str>) -> Group {
    Group::Bay {
        bay: name.map(str::to_owned),
    }
}

fn officer(name: &str) -> Group {
    Group::Officer {
        name: name.to_owned(),
        agency: Agency::Customs,
    }
}

fn waits() -> Vec<FigureRow> {
    let stage = |stage, agency, values: &[f64], n| row(Group::Stage { stage, agency }, values, n);
    let (customs, vet) = (Some(Agency::Customs), Some(Agency::Veterinary));
    vec![
        stage(Stage::Presentation, None, &[71.0, 190.0], 188),
        stage(Stage::Start, customs, &[24.0, 96.0], 188),
        stage(Stage::Start, vet, &[52.0, 310.0], 61),
        stage(Stage::Decision, customs, &[47.0, 121.0], 180),
        stage(Stage::Decision, vet, &[66.0, 1_500.0], 55),
        stage(Stage::Release, None, &[3.0, 1_700.0], 176),
    ]
}

fn hits() -> Vec<FigureRow> {
    let criterion = |words: &str, share, n| {
        let criterion = words.to_owned();
        row(Group::Criterion { criterion }, &[share], n)
    };
    vec![
        row(Group::Random, &[0.04], 52),
        criterion("Seal reported broken on the way", 0.58, 24),
        criterion("Weight against declared, more than ten per cent", 0.36, 41),
        criterion("First import of the consignee", 0.17, 66),
        criterion("<script>alert(1)</script>", 0.1, 10),
    ]
}

fn load() -> Vec<FigureRow> {
    let bays = [("Bay 1", 1.0), ("Bay 2 · reefer", 0.7), ("Scanner", 0.35)];
    let hours = [12.0, 41.0, 58.0, 66.0, 54.0, 22.0, 39.0, 47.0, 30.0, 8.0];
    let cell = |bay: &str, share: f64, index: usize| {
        let group = Group::Hour {
            bay: bay.to_owned(),
            hour: 7 + index as u8,
        };
        row(group, &[hours[index] * share], 6 + 4 * index as u64)
    };
    let each = bays.iter();
    each.flat_map(|(bay, share)| (0..hours.len()).map(move |index| cell(bay, *share, index)))
        .collect()
}
