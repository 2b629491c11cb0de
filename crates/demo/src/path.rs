//! The unit's path through the post, as gates, the weighbridge and the scanner tell it.

use jiff::{SignedDuration, Timestamp};
use outpost_domain::{Inspection, NodeKind, NodeReading, Passage, ReadBy};

use crate::dice::Dice;
use crate::make::Site;

/// The path of the first unit: what it passed before now, and what is ahead of it.
pub(crate) fn path(dice: &mut Dice, site: Site, inspection: &Inspection) -> Vec<Passage> {
    let Some(unit) = inspection.units.first() else {
        return Vec::new();
    };
    let number = unit.number.as_str();
    let arrived = inspection
        .presented_at
        .unwrap_or(inspection.ordered_at)
        .min(inspection.ordered_at);
    let mut at = arrived - SignedDuration::from_mins(dice.between(20, 55) as i64);
    let mut next = |dice: &mut Dice, minutes: (u64, u64)| {
        at += SignedDuration::from_mins(dice.between(minutes.0, minutes.1) as i64);
        at
    };
    let first = match site {
        Site::Land => (NodeKind::GateIn, "Gate 1, inbound"),
        Site::Shed => (NodeKind::Quay, "Quay 5"),
    };
    let mut path = vec![passed(number, first, next(dice, (0, 2)), ReadBy::Ocr)];
    if let Some(weighing) = &unit.weighing {
        path.push(passed(
            number,
            (NodeKind::Weighbridge, &weighing.scale),
            next(dice, (2, 8)).min(weighing.at.max(arrived)),
            ReadBy::Rfid,
        ));
    } else if dice.chance(0.1) {
        path.push(ahead(number, (NodeKind::Weighbridge, "Weighbridge 1")));
    }
    path.push(passed(
        number,
        (NodeKind::Yard, "Yard B"),
        next(dice, (3, 9)),
        ReadBy::Person,
    ));
    if inspection.exams.contains(&outpost_domain::ExamType::Nii) {
        path.push(ahead(number, (NodeKind::Scanner, "Scanner 2")));
    }
    let bay = inspection.slot.as_ref().map_or("", |slot| &slot.bay);
    if !bay.is_empty() {
        path.push(ahead(number, (NodeKind::Bay, bay)));
    }
    path.push(ahead(number, (NodeKind::GateOut, "Gate 2, outbound")));
    path
}

fn passed(unit: &str, node: (NodeKind, &str), at: Timestamp, by: ReadBy) -> Passage {
    Passage {
        at: Some(at),
        readings: vec![NodeReading {
            by,
            text: unit.to_owned(),
        }],
        ..ahead(unit, node)
    }
}

fn ahead(unit: &str, (node, place): (NodeKind, &str)) -> Passage {
    Passage {
        unit: unit.to_owned(),
        node,
        place: place.to_owned(),
        at: None,
        readings: Vec::new(),
    }
}
