//! The agenda: where and when goods are presented once to every agency, today and tomorrow.

use jiff::SignedDuration;
use outpost_domain::{Agency, AgencyTask, Answer, Lane, Slot, SlotAgency};

use crate::dice::Dice;
use crate::make::{Scene, Site};
use crate::places::{LAND_BAYS, SHED_BAYS};

/// The scanner among the land post's bays.
const SCANNER: usize = 3;

/// Day after today, bay, hour, minute, minutes long.
type Cell = (i32, usize, i8, i8, i64);

/// The land post's agenda: the place in this list is the inspection's number. Inspections 3 and 7 clash in bay 3.
const LAND: [Option<Cell>; 40] = [
    Some((0, 1, 10, 0, 120)),
    Some((0, 3, 7, 30, 45)),
    Some((0, 0, 8, 0, 50)),
    Some((0, 2, 9, 0, 100)),
    Some((0, 0, 9, 30, 85)),
    None,
    Some((0, 3, 12, 0, 45)),
    Some((0, 2, 10, 5, 70)),
    None,
    Some((0, 3, 9, 20, 30)),
    Some((1, 2, 8, 30, 120)),
    Some((0, 4, 11, 0, 105)),
    Some((0, 3, 8, 30, 40)),
    Some((0, 2, 11, 30, 75)),
    None,
    None,
    Some((0, 0, 11, 15, 75)),
    Some((0, 0, 13, 30, 70)),
    Some((0, 0, 15, 0, 70)),
    Some((0, 1, 7, 15, 120)),
    Some((0, 1, 13, 0, 90)),
    Some((0, 1, 14, 45, 105)),
    Some((0, 2, 13, 15, 75)),
    Some((0, 2, 14, 45, 120)),
    Some((0, 3, 13, 0, 25)),
    Some((0, 3, 13, 40, 25)),
    Some((0, 3, 14, 20, 30)),
    Some((0, 3, 15, 10, 35)),
    Some((1, 0, 7, 30, 90)),
    Some((1, 0, 9, 15, 75)),
    Some((1, 0, 11, 0, 70)),
    Some((1, 1, 8, 0, 120)),
    Some((1, 2, 10, 45, 75)),
    Some((1, 2, 13, 0, 90)),
    Some((1, 3, 8, 0, 30)),
    Some((1, 3, 8, 45, 30)),
    Some((1, 3, 10, 0, 30)),
    Some((1, 1, 10, 30, 120)),
    Some((1, 0, 13, 0, 75)),
    None,
];

/// Families of those of the above that go to the reefer bay.
pub(crate) const fn reefer_family(index: usize) -> Option<usize> {
    match index {
        19 => Some(1),
        20 => Some(3),
        21 => Some(19),
        31 => Some(0),
        37 => Some(2),
        _ => None,
    }
}

/// The lane that goes with a slot at the land post: the scanner and every third bay are for the red one.
pub(crate) fn lane(index: usize) -> Option<Lane> {
    let (_, bay, ..) = (*LAND.get(index)?)?;
    Some(if bay == SCANNER || index.is_multiple_of(3) {
        Lane::Red
    } else {
        Lane::Yellow
    })
}

/// Whether the slot of this inspection is at the scanner.
pub(crate) fn at_scanner(index: usize) -> bool {
    matches!(LAND.get(index), Some(Some((_, SCANNER, ..))))
}

/// The slot of inspection `index`, when it has one.
pub(crate) fn slot(
    dice: &mut Dice,
    scene: &Scene,
    index: usize,
    tasks: &[AgencyTask],
) -> Option<Slot> {
    let (bays, cell): (&[&str], Cell) = match scene.site {
        Site::Land => (&LAND_BAYS, (*LAND.get(index)?)?),
        Site::Shed => (&SHED_BAYS, shed_cell(index)?),
    };
    let (days, bay, hour, minute, minutes) = cell;
    let start = scene.at(days, hour, minute);
    Some(Slot {
        bay: bays[bay].to_owned(),
        start,
        end: start + SignedDuration::from_mins(minutes),
        agencies: tasks
            .iter()
            .map(|task| SlotAgency {
                agency: task.agency,
                answer: answer(dice, days, task),
            })
            .collect(),
    })
}

fn shed_cell(index: usize) -> Option<Cell> {
    let row = index / SHED_BAYS.len();
    (row < 8).then(|| {
        let hour = 7 + 2 * (row % 4) as i8;
        ((row / 4) as i32, index % SHED_BAYS.len(), hour, 30, 90)
    })
}

fn answer(dice: &mut Dice, days: i32, task: &AgencyTask) -> Answer {
    let sure = if days == 0 { 0.8 } else { 0.45 };
    match task.agency {
        Agency::Customs => Answer::Accepted,
        Agency::Police if dice.chance(0.5) => Answer::Waived,
        _ if dice.chance(sure) => Answer::Accepted,
        _ => Answer::Pending,
    }
}
