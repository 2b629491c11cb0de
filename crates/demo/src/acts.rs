//! What officers at other devices of the land post had done before the demonstration begins: signed, chained entries.

use ed25519_dalek::SigningKey;
use jiff::{SignedDuration, Timestamp, ToSpan};
use outpost_domain::{
    Agency, Answer, CheckKind, CheckResult, Decision, DeviceId, EntryBody, EntryHash, EntryId,
    EntryPayload, FindingCategory, HoldId, HoldLevel, HoldReason, HoldType, Inspection, Lane,
    Officer, Purpose, SealClass, SealComparison, SealCondition, SealFound, SealParty, Severity,
    SignedEntry, sign_entry,
};

use crate::dice::Dice;
use crate::make::Scene;
use crate::places::Posted;

/// How many inspections may have a past.
pub(crate) const WITH_PAST: usize = 43;

/// An act before it is signed.
struct Act {
    inspection: usize,
    officer: usize,
    at: Timestamp,
    body: EntryBody,
}

/// Officers of the land post by what they do here; the place in `places`' list.
mod who {
    pub(super) const CUSTOMS: usize = 1;
    pub(super) const VETERINARY: usize = 4;
    pub(super) const PLANT: usize = 5;
    pub(super) const PORT_HEALTH: usize = 6;
    pub(super) const IMMIGRATION: usize = 10;
}

/// The device on which an officer's agency works: one tablet each.
fn device(seed: u64, officer: &Officer, at: Timestamp) -> DeviceId {
    DeviceId(Dice::new(seed, 20, u64::from(officer.agency as u8)).uuid(at))
}

/// The officer's key on that device.
fn key(seed: u64, officer: &Officer) -> SigningKey {
    let number = u64::from(officer.id.0.as_bytes()[15]);
    SigningKey::from_bytes(&Dice::new(seed, 21, number).bytes32())
}

/// Gives the officers who have acted the public key with which they did.
pub(crate) fn publish_keys(seed: u64, officers: &mut [Posted]) {
    let acting = [
        who::CUSTOMS,
        who::VETERINARY,
        who::PLANT,
        who::PORT_HEALTH,
        who::IMMIGRATION,
    ];
    for index in acting {
        let officer = &mut officers[index].officer;
        let public = key(seed, officer).verifying_key();
        officer.keys = vec![hex::encode(public.to_bytes())];
    }
}

/// The entries of the post's other devices on the first inspections, in the order of the acts.
pub(crate) fn entries(
    seed: u64,
    scene: &Scene,
    officers: &[Posted],
    inspections: &[Inspection],
) -> Vec<SignedEntry> {
    let mut acts: Vec<Act> = inspections
        .iter()
        .take(WITH_PAST)
        .enumerate()
        .flat_map(|(index, inspection)| past(seed, scene, index, inspection))
        .filter(|act| act.at < scene.now)
        .collect();
    acts.sort_by_key(|act| (act.at, act.inspection));
    let mut heads: Vec<(Agency, EntryHash, u64)> = Vec::new();
    let mut dice = Dice::new(seed, 22, 0);
    acts.iter()
        .filter_map(|act| {
            let officer = &officers[act.officer].officer;
            let head = heads
                .iter()
                .find(|(agency, ..)| *agency == officer.agency)
                .map_or((EntryHash::GENESIS, 0), |&(_, hash, sequence)| {
                    (hash, sequence)
                });
            let signed = sign(
                seed,
                scene,
                officer,
                act,
                &inspections[act.inspection],
                head,
                &mut dice,
            )?;
            heads.retain(|(agency, ..)| *agency != officer.agency);
            heads.push((officer.agency, signed.hash(), head.1 + 1));
            Some(signed)
        })
        .collect()
}

fn sign(
    seed: u64,
    scene: &Scene,
    officer: &Officer,
    act: &Act,
    inspection: &Inspection,
    head: (EntryHash, u64),
    dice: &mut Dice,
) -> Option<SignedEntry> {
    let payload = EntryPayload {
        id: EntryId(dice.uuid(act.at)),
        inspection: inspection.id,
        author: officer.id,
        author_name: officer.name.clone(),
        agency: officer.agency,
        device: device(seed, officer, scene.now),
        sequence: head.1 + 1,
        recorded_at: act.at,
        offset_seconds: scene.zone.to_offset(act.at).seconds(),
        server_time: Some(act.at),
        based_on: inspection.version,
        supersedes: None,
        on_behalf_of: None,
        previous: head.0,
        body: act.body.clone(),
    };
    sign_entry(&payload, &key(seed, officer)).ok()
}

fn past(seed: u64, scene: &Scene, index: usize, inspection: &Inspection) -> Vec<Act> {
    let mut writer = Writer {
        scene,
        index,
        inspection,
        acts: Vec::new(),
    };
    match index {
        0 => fish(&mut writer, seed),
        2 => writer.check(
            who::CUSTOMS,
            14,
            CheckKind::Documentary,
            CheckResult::Satisfactory,
            "",
        ),
        3 => garments(&mut writer),
        4 => {
            writer.act(who::PLANT, 12, EntryBody::SectionClaimed);
            writer.check(
                who::PLANT,
                17,
                CheckKind::Documentary,
                CheckResult::Satisfactory,
                "",
            );
        }
        5 => writer.decide(who::CUSTOMS, 22),
        7 => writer.act(
            who::PLANT,
            9,
            EntryBody::SlotAnswered {
                answer: Answer::OtherTime,
                reason: "At bay 1 with the maize seed until 10:55; after 11:00 please".to_owned(),
                rather: None,
                minutes: None,
                proposal: None,
            },
        ),
        8 => {
            writer.check(
                who::PLANT,
                4,
                CheckKind::Documentary,
                CheckResult::Satisfactory,
                "",
            );
            writer.decide(who::PLANT, 6);
            writer.decide(who::CUSTOMS, 9);
        }
        11 => {
            writer.act(who::PORT_HEALTH, 30, EntryBody::SectionClaimed);
            writer.decide(who::IMMIGRATION, 40);
        }
        14..40 => ordinary(&mut writer, seed),
        40.. => over(&mut writer),
        _ => {}
    }
    writer.acts
}

struct Writer<'a> {
    scene: &'a Scene,
    index: usize,
    inspection: &'a Inspection,
    acts: Vec<Act>,
}

impl Writer<'_> {
    /// Writes down an act `minutes` after the exam was ordered; acts of the future are left out later.
    fn act(&mut self, officer: usize, minutes: i64, body: EntryBody) {
        let at = self.inspection.ordered_at + SignedDuration::from_mins(minutes);
        self.acts.push(Act {
            inspection: self.index,
            officer,
            at,
            body,
        });
    }

    fn check(
        &mut self,
        officer: usize,
        minutes: i64,
        check: CheckKind,
        result: CheckResult,
        reason: &str,
    ) {
        let reason = reason.to_owned();
        self.act(
            officer,
            minutes,
            EntryBody::CheckConcluded {
                check,
                result,
                reason,
            },
        );
    }

    /// Decides and signs, a minute apart.
    fn decide(&mut self, officer: usize, minutes: i64) {
        let decision = Decision::Acceptable {
            purpose: Purpose::InternalMarket,
            conditions: String::new(),
            coded: Vec::new(),
        };
        self.act(
            officer,
            minutes,
            EntryBody::Decided {
                decision,
                items: Vec::new(),
            },
        );
        self.act(officer, minutes + 1, EntryBody::SectionSigned);
    }

    fn unit(&self) -> String {
        self.inspection
            .units
            .first()
            .map_or_else(String::new, |u| u.number.as_str().to_owned())
    }
}

fn fish(writer: &mut Writer, seed: u64) {
    writer.act(who::VETERINARY, 44, EntryBody::SectionClaimed);
    writer.check(
        who::VETERINARY,
        52,
        CheckKind::Documentary,
        CheckResult::Satisfactory,
        "",
    );
    writer.act(
        who::VETERINARY,
        71,
        EntryBody::FindingRecorded {
            category: FindingCategory::Temperature,
            severity: Severity::Major,
            text: "Core temperature −13.9 °C at three points, set −18 °C. Drip loss in the cartons at the doors."
                .to_owned(),
            item: Some(1),
            region: None,
            photos: Vec::new(),
            legal_reference: "Meat and Meat Products Act, cold chain".to_owned(),
        },
    );
    let at = writer.inspection.ordered_at;
    let level = HoldLevel::Unit {
        number: writer.unit(),
    };
    writer.act(
        who::VETERINARY,
        78,
        EntryBody::HoldPlaced {
            hold: HoldId(Dice::new(seed, 23, 0).uuid(at)),
            hold_type: HoldType::Veterinary,
            level,
            reason: HoldReason::LabPending,
            note: "Histamine and total volatile nitrogen, laboratory in Mzuzu; result expected tomorrow".to_owned(),
            review: Some(writer.scene.today.saturating_add(1.day())),
        },
    );
}

fn garments(writer: &mut Writer) {
    writer.act(who::CUSTOMS, 21, EntryBody::SectionClaimed);
    let seal = SealComparison {
        unit: writer.unit(),
        declared: Some("ML-0226714".to_owned()),
        found: SealFound {
            number: Some("ML-0226741".to_owned()),
            condition: SealCondition::Intact,
            party: Some(SealParty::Carrier),
            class: Some(SealClass::HighSecurity),
        },
    };
    writer.act(
        who::CUSTOMS,
        26,
        EntryBody::SealCompared {
            seal,
            photos: Vec::new(),
        },
    );
    writer.act(
        who::CUSTOMS,
        29,
        EntryBody::FindingRecorded {
            category: FindingCategory::Seal,
            severity: Severity::Major,
            text:
                "Seal replaced: two digits changed places. Fresh rivet on the right door's hinge."
                    .to_owned(),
            item: None,
            region: None,
            photos: Vec::new(),
            legal_reference: String::new(),
        },
    );
}

/// Some of the others are in progress, some done.
fn ordinary(writer: &mut Writer, seed: u64) {
    let mut dice = Dice::new(seed, 24, writer.index as u64);
    let first = dice.between(3, 25) as i64;
    match dice.between(0, 9) {
        0..3 => writer.act(who::CUSTOMS, first, EntryBody::SectionClaimed),
        3..5 => {
            writer.act(who::CUSTOMS, first, EntryBody::SectionClaimed);
            writer.check(
                who::CUSTOMS,
                first + 7,
                CheckKind::Documentary,
                CheckResult::Satisfactory,
                "",
            );
        }
        5 if writer.inspection.lane != Lane::Red => writer.decide(who::CUSTOMS, first),
        _ => {}
    }
    let vet = writer
        .inspection
        .agencies
        .iter()
        .any(|t| t.agency == Agency::Veterinary);
    if vet && dice.chance(0.4) {
        writer.act(who::VETERINARY, first + 11, EntryBody::SectionClaimed);
    }
}

/// Everybody who is awaited has examined the goods and let them go.
fn over(writer: &mut Writer) {
    let inspection = writer.inspection;
    let presented = inspection.presented_at.unwrap_or(inspection.ordered_at);
    let before = presented.duration_since(inspection.ordered_at).as_mins();
    let required = inspection.agencies.iter().filter(|t| t.required);
    for (task, minutes) in required.zip((before + 40..).step_by(15)) {
        let officer = match task.agency {
            Agency::Customs => who::CUSTOMS,
            Agency::Veterinary => who::VETERINARY,
            Agency::PlantHealth => who::PLANT,
            Agency::PortHealth => who::PORT_HEALTH,
            Agency::Immigration => who::IMMIGRATION,
            _ => continue,
        };
        for check in [CheckKind::Documentary, CheckKind::Physical] {
            writer.check(officer, minutes, check, CheckResult::Satisfactory, "");
        }
        writer.decide(officer, minutes + 5);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use outpost_domain::Role;

    #[test]
    fn the_people_named_here_are_those_of_the_list_of_officers() {
        let officers = crate::places::officers();
        for (index, agency) in [
            (who::CUSTOMS, Agency::Customs),
            (who::VETERINARY, Agency::Veterinary),
            (who::PLANT, Agency::PlantHealth),
            (who::PORT_HEALTH, Agency::PortHealth),
            (who::IMMIGRATION, Agency::Immigration),
        ] {
            let officer = &officers[index].officer;
            assert_eq!((officer.agency, officer.role), (agency, Role::Inspector));
        }
    }
}
