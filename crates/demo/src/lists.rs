//! The checklists of the demonstration: one of customs, one of the veterinary, one of the plant health agency.

use outpost_domain::Checklist;

const TEXTS: [&str; 3] = [
    include_str!("../checklists/customs-devan.json"),
    include_str!("../checklists/veterinary-chilled.json"),
    include_str!("../checklists/plant-wood.json"),
];

/// The checklists, as an authority would hand them to its central.
///
/// # Errors
/// Never with the texts that are built in; a test reads them.
pub fn checklists() -> serde_json::Result<Vec<Checklist>> {
    TEXTS
        .iter()
        .map(|text| serde_json::from_str(text))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn every_list_is_sound_and_speaks_both_languages() {
        for list in checklists().unwrap() {
            assert_eq!(list.check(), Ok(()), "{}", list.name);
            for question in &list.questions {
                for language in ["en", "fr"] {
                    assert!(question.text.0.contains_key(language), "{}", question.key);
                }
            }
        }
    }
}
