//! Small trouble that chance puts into some of the ordinary inspections.

use outpost_domain::{Alert, AlertKind, Kilograms, Weighing};

use crate::dice::Dice;
use crate::make::{Made, Scene, tenths};
use crate::numbers;
use crate::plan::Concealed;

/// How often an ordinary inspection has something that does not add up.
const SHARE: f64 = 0.09;

/// Puts trouble in, or not.
pub(crate) fn maybe(dice: &mut Dice, scene: &Scene, index: usize, made: &mut Made) {
    if !dice.chance(SHARE) {
        // Among the scanned ones a few earlier images are on file, for comparison.
        made.scanned_before = index < crate::SCANNED && index % 9 == 4;
        return;
    }
    match dice.between(0, 6) {
        0 => overweight(dice, scene, made),
        1 => wrong_digit(made),
        2 => made.inspection.consignment.declared_packages += dice.between(1, 12) as u32,
        3 => {
            let unit = made.unit();
            unit.seal_count = Some(unit.seals.len() as u32 + 1);
        }
        4 => warm(dice, made),
        5 => wrong_chapter(made),
        _ => alert(dice, scene, made),
    }
    if dice.chance(0.25) {
        made.concealed = Some(Concealed::DenseBundles);
    }
}

fn overweight(dice: &mut Dice, scene: &Scene, made: &mut Made) {
    let declared = made.inspection.consignment.declared_gross.0;
    let at = made.inspection.presented_at.unwrap_or(scene.now);
    made.unit().weighing = Some(Weighing {
        gross: Kilograms((declared * dice.range(1.05, 1.19) / 20.0).round() * 20.0),
        scale: "axle scale".to_owned(),
        at,
    });
}

fn wrong_digit(made: &mut Made) {
    let unit = made.unit();
    if unit.size_type.is_some() {
        unit.number = numbers::with_wrong_digit(&unit.number);
    }
}

fn warm(dice: &mut Dice, made: &mut Made) {
    if let Some(reefer) = &mut made.unit().reefer {
        let above = dice.range(2.6, 9.0);
        reefer.actual_celsius = Some(tenths(f64::from(reefer.set_celsius) + above) as f32);
    }
}

fn wrong_chapter(made: &mut Made) {
    let item = &mut made.inspection.consignment.items[0];
    item.hs = Some(numbers::constant(
        if item.described_chapters.contains(&39) {
            "392690"
        } else {
            "392321"
        },
    ));
}

fn alert(dice: &mut Dice, scene: &Scene, made: &mut Made) {
    let at =
        made.inspection.ordered_at - jiff::SignedDuration::from_mins(dice.between(30, 900) as i64);
    let (kind, text) = *dice.pick(&[
        (
            AlertKind::DoorOpened,
            "Door sensor, 11 min, off the corridor",
        ),
        (AlertKind::SealRemoved, "Smart seal silent since Makambako"),
        (
            AlertKind::Damage,
            "Dent in the left wall, terminal's gate camera",
        ),
        (AlertKind::Radiation, "Portal monitor 1.8 times background"),
    ]);
    let at = at.min(scene.now);
    made.unit().alerts.push(Alert {
        kind,
        at,
        text: text.to_owned(),
    });
}
