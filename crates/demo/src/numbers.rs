//! Numbers that stand on papers and doors, with the check characters that belong to them.

use outpost_domain::{CheckDigit, Mrn, UnitNumber};

use crate::dice::Dice;

/// Owner prefixes of boxes, own to the demonstration or of large fleets.
const OWNERS: &[&str] = &[
    "MSKU", "TCLU", "HLXU", "MEDU", "CMAU", "TGHU", "FCIU", "TRLU", "OOLU", "EGHU", "PONU", "TEMU",
    "SUDU", "GLDU", "BMOU", "CAIU",
];

/// Reads a constant of the demonstration.
pub(crate) fn constant<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse()
        .expect("a constant of the demonstration is well formed")
}

/// The ISO 6346 number with owner and six digits, its check digit added.
pub(crate) fn box_number(owner: &str, serial: &str) -> UnitNumber {
    let trial: UnitNumber = constant(&format!("{owner}{serial}0"));
    match trial.check_digit() {
        CheckDigit::Wrong { expected } => constant(&format!("{owner}{serial}{expected}")),
        CheckDigit::Valid | CheckDigit::NotApplicable => trial,
    }
}

/// A valid ISO 6346 number.
pub(crate) fn any_box(dice: &mut Dice) -> UnitNumber {
    let owner = dice.pick(OWNERS);
    let serial = dice.digits(6);
    box_number(owner, &serial)
}

/// The same number with a check digit that does not fit.
pub(crate) fn with_wrong_digit(number: &UnitNumber) -> UnitNumber {
    let (head, last) = number.as_str().split_at(10);
    let digit = last.bytes().next().map_or(0, |b| (b - b'0' + 3) % 10);
    constant(&format!("{head}{digit}"))
}

/// The plate of a trailer in Tanzania or Malawi.
pub(crate) fn plate(dice: &mut Dice) -> UnitNumber {
    let text = if dice.chance(0.6) {
        let letters = [dice.letter(), dice.letter()];
        format!("T {} D{}{}", dice.digits(3), letters[0], letters[1])
    } else {
        let letters = [dice.letter(), dice.letter()];
        format!("{}{} {}", letters[0], letters[1], dice.between(1000, 9899))
    };
    constant(&text)
}

/// The declaration number of 17 characters with its check character added.
pub(crate) fn mrn(seventeen: &str) -> Mrn {
    let trial: Mrn = constant(&format!("{seventeen}0"));
    constant(&format!("{seventeen}{}", trial.expected_check()))
}

/// A valid declaration number of the year and country.
pub(crate) fn any_mrn(dice: &mut Dice, year: i16, country: &str) -> Mrn {
    const LETTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
    let body: String = (0..13).map(|_| char::from(*dice.pick(LETTERS))).collect();
    mrn(&format!("{:02}{country}{body}", year % 100))
}

/// A bill's number as carriers print them.
pub(crate) fn bill(dice: &mut Dice) -> String {
    const CARRIERS: &[&str] = &["MAEU", "HLCU", "MSCU", "CMDU", "ONEY", "PABV", "EGLV"];
    let carrier = dice.pick(CARRIERS);
    format!("{carrier}{}", dice.digits(9))
}

/// A consignment note of road traffic.
pub(crate) fn road_note(dice: &mut Dice) -> String {
    format!("CMR {}/{}", dice.digits(6), dice.between(1, 4))
}

/// A seal's number.
pub(crate) fn seal(dice: &mut Dice, prefix: &str) -> String {
    format!("{prefix}-{}", dice.digits(7))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn made_numbers_have_fitting_check_characters() {
        let mut dice = Dice::new(1, 1, 1);
        for _ in 0..500 {
            assert_eq!(any_box(&mut dice).check_digit(), CheckDigit::Valid);
            assert!(any_mrn(&mut dice, 2026, "MW").check_fits());
            assert_eq!(plate(&mut dice).check_digit(), CheckDigit::NotApplicable);
        }
    }

    #[test]
    fn a_wrong_digit_is_wrong() {
        let number = box_number("MSKU", "601167");
        assert_eq!(number.as_str(), "MSKU6011672");
        assert!(matches!(
            with_wrong_digit(&number).check_digit(),
            CheckDigit::Wrong { expected: 2 }
        ));
    }
}
