//! What is typed in the forms of the joint inspection, and the entries that come of it.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};
use outpost_domain::{
    Agency, Analysis, Answer, BlobHash, Conservation, CustodyStep, EntryBody, EntryId, HoldId,
    NewSeal, OfficerId, Reading, ReadingKind, Role, Sample, SampleConclusion, SampleReason,
    SealClass, SealParty, SideCondition, Signatory, Span, Stroke, Treatment, TreatmentKind,
    UnitPoint, UnitSide, Unsigned, allow,
};
use outpost_protocol::Signer;
use serde::{Deserialize, Serialize};

use super::super::photos::{Photo, blobs};
use super::super::{View, why_not};
use super::Wanted;
use super::typed::{clock, date, scaled, whole};
use crate::intent::SlotWish;
use crate::text::{tr, tr_code};

/// A slot as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotFields {
    pub bay: String,
    pub day: String,
    pub from: String,
    pub to: String,
    pub setup: String,
    pub agencies: Vec<Agency>,
    pub over: Option<EntryId>,
}

/// An answer as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerFields {
    pub answer: Option<Answer>,
    pub reason: String,
    pub day: String,
    pub from: String,
    pub to: String,
    pub minutes: String,
    pub proposal: Option<EntryId>,
}

/// A sample as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleFields {
    pub number: String,
    pub item: u32,
    pub batch: String,
    pub count: String,
    pub matter: String,
    pub test: String,
    pub laboratory: String,
    pub reason: SampleReason,
    pub analysis: Analysis,
    pub conservation: Conservation,
    #[serde(default)]
    pub photos: Vec<Photo>,
}

/// A reading as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingFields {
    pub quantity: ReadingKind,
    pub value: String,
    pub place: String,
    pub device: String,
    pub calibrated: String,
}

/// A treatment as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreatmentFields {
    pub treatment: TreatmentKind,
    pub agent: String,
    pub dose: String,
    pub minutes: String,
    pub celsius: String,
    pub provider: String,
    pub certificate: String,
}

/// Who signs; the PIN is never kept as a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignFields {
    pub officer: Option<OfficerId>,
    #[serde(skip)]
    pub pin: String,
}

/// What is typed in a form of the joint inspection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fields {
    Slot(SlotFields),
    Answer(AnswerFields),
    NoShow {
        absent: Option<Agency>,
        note: String,
        #[serde(default)]
        proposal: Option<EntryId>,
    },
    Sample(SampleFields),
    Moved {
        sample: EntryId,
        step: CustodyStep,
        person: String,
        seal: String,
    },
    Reported {
        sample: EntryId,
        conclusion: Option<SampleConclusion>,
        report: String,
    },
    Reading(ReadingFields),
    Treatment(TreatmentFields),
    Seal {
        unit: String,
        number: String,
        party: SealParty,
        class: SealClass,
        #[serde(default)]
        photos: Vec<Photo>,
    },
    Sides {
        unit: String,
        points: Vec<UnitPoint>,
        #[serde(default)]
        photos: Vec<Photo>,
    },
    Conclude {
        record: BlobHash,
        note: String,
    },
    Sign(SignFields, BlobHash),
    Missing {
        of: Option<Agency>,
        why: Unsigned,
        note: String,
        record: BlobHash,
    },
    Party {
        role: Signatory,
        name: String,
        strokes: Vec<Stroke>,
        refused: bool,
        refusal: String,
        record: BlobHash,
    },
    Override {
        hold: HoldId,
        reason: String,
    },
    Confirm(SignFields, EntryId),
    TakeBack {
        reason: String,
    },
}

impl Fields {
    /// The photos of a form that takes some.
    pub(super) const fn photos_mut(&mut self) -> Option<&mut Vec<Photo>> {
        match self {
            Self::Sample(SampleFields { photos, .. })
            | Self::Seal { photos, .. }
            | Self::Sides { photos, .. } => Some(photos),
            _ => None,
        }
    }

    /// What a form opens with; the reason in words when there is nothing to open it on.
    pub(super) fn new(view: &View<'_>, wanted: Wanted) -> Result<Self, String> {
        let state = view.state();
        let record = state.record.hash;
        let unit = || {
            let first = view.inspection().units.first();
            first.map_or_else(String::new, |u| u.number.as_str().to_owned())
        };
        Ok(match wanted {
            Wanted::Slot => Self::Slot(slot(view, None)),
            Wanted::Wish => Self::Slot(slot(view, wish(view))),
            Wanted::Answer => Self::Answer(answer(view)?),
            Wanted::NoShow => Self::NoShow {
                absent: None,
                note: String::new(),
                proposal: state.slot.as_ref().and_then(|s| s.proposal),
            },
            Wanted::Sample => Self::Sample(SampleFields {
                number: String::new(),
                item: view
                    .inspection()
                    .consignment
                    .items
                    .first()
                    .map_or(0, |i| i.number),
                batch: String::new(),
                count: "1".to_owned(),
                matter: String::new(),
                test: String::new(),
                laboratory: last_laboratory(view),
                reason: SampleReason::Random,
                analysis: Analysis::Initial,
                conservation: Conservation::Ambient,
                photos: Vec::new(),
            }),
            Wanted::Moved(sample) => Self::Moved {
                sample,
                step: next_step(view, sample),
                person: String::new(),
                seal: String::new(),
            },
            Wanted::Reported(sample) => Self::Reported {
                sample,
                conclusion: None,
                report: String::new(),
            },
            Wanted::Reading => Self::Reading(ReadingFields {
                quantity: ReadingKind::Temperature,
                value: String::new(),
                place: String::new(),
                device: last_device(view),
                calibrated: String::new(),
            }),
            Wanted::Treatment => Self::Treatment(TreatmentFields {
                treatment: TreatmentKind::Fumigation,
                agent: String::new(),
                dose: String::new(),
                minutes: String::new(),
                celsius: String::new(),
                provider: String::new(),
                certificate: String::new(),
            }),
            Wanted::Seal => Self::Seal {
                unit: unit(),
                number: String::new(),
                party: match view.agency() {
                    Some(Agency::Veterinary | Agency::PlantHealth) => SealParty::Quarantine,
                    _ => SealParty::Customs,
                },
                class: SealClass::HighSecurity,
                photos: Vec::new(),
            },
            Wanted::Sides => Self::Sides {
                unit: unit(),
                points: Vec::new(),
                photos: Vec::new(),
            },
            Wanted::Conclude => Self::Conclude {
                record,
                note: String::new(),
            },
            Wanted::Sign => {
                let concluded = state.record.conclusion.as_ref();
                if concluded.is_none() {
                    return Err(why_not::refusal(
                        &outpost_domain::Refusal::NotConcluded,
                        view.zone,
                    ));
                }
                Self::Sign(
                    SignFields {
                        officer: next_signer(view),
                        pin: String::new(),
                    },
                    record,
                )
            }
            Wanted::Missing => Self::Missing {
                of: state.record.awaited.first().copied(),
                why: Unsigned::Absent,
                note: String::new(),
                record,
            },
            Wanted::Party => Self::Party {
                role: Signatory::Declarant,
                name: String::new(),
                strokes: Vec::new(),
                refused: false,
                refusal: String::new(),
                record,
            },
            Wanted::Override(hold) => Self::Override {
                hold,
                reason: String::new(),
            },
            Wanted::Confirm(proposal) => Self::Confirm(
                SignFields {
                    officer: None,
                    pin: String::new(),
                },
                proposal,
            ),
            Wanted::TakeBack => Self::TakeBack {
                reason: String::new(),
            },
        })
    }

    /// The end of the names of its messages, and the kind of its draft.
    const fn code(&self) -> &'static str {
        match self {
            Self::Slot(_) => "slot",
            Self::Answer(_) => "answer",
            Self::NoShow { .. } => "no-show",
            Self::Sample(_) => "sample",
            Self::Moved { .. } => "moved",
            Self::Reported { .. } => "reported",
            Self::Reading(_) => "reading",
            Self::Treatment(_) => "treatment",
            Self::Seal { .. } => "seal",
            Self::Sides { .. } => "sides",
            Self::Conclude { .. } => "conclude",
            Self::Sign(..) => "sign",
            Self::Missing { .. } => "missing",
            Self::Party { .. } => "party",
            Self::Override { .. } => "override",
            Self::Confirm(..) => "confirm",
            Self::TakeBack { .. } => "take-back",
        }
    }

    /// Under which name its draft is kept. What is typed about one slot or record is no draft for another.
    pub(super) fn key(&self) -> String {
        let code = self.code();
        match self {
            Self::Moved { sample, .. } | Self::Reported { sample, .. } => {
                format!("joint-{code}-{sample}")
            }
            Self::Conclude { record, .. }
            | Self::Sign(_, record)
            | Self::Missing { record, .. }
            | Self::Party { record, .. } => format!("joint-{code}-{record}"),
            Self::Override { hold, .. } => format!("joint-{code}-{hold}"),
            Self::Confirm(_, entry) => format!("joint-{code}-{entry}"),
            Self::Slot(fields) => with(code, fields.over),
            Self::Answer(fields) => with(code, fields.proposal),
            _ => format!("joint-{code}"),
        }
    }

    /// Puts the place and time of another calendar into a slot's form.
    pub(super) fn wish(&mut self, view: &View<'_>, wish: &SlotWish) {
        let Self::Slot(fields) = self else { return };
        let clock = |at: Timestamp| crate::moment::time(at, view.zone);
        if !wish.bay.trim().is_empty() {
            wish.bay.trim().clone_into(&mut fields.bay);
        }
        fields.day = wish
            .span
            .start
            .to_zoned(view.zone.clone())
            .date()
            .to_string();
        fields.from = clock(wish.span.start);
        fields.to = clock(wish.span.end);
    }

    /// The title, and the words on the button.
    pub(super) fn words(&self) -> (String, String) {
        (
            tr_code("joint-title", self.code()),
            tr_code("joint-act", self.code()),
        )
    }

    /// Whether it goes against the goods or an agency.
    pub(super) const fn is_grave(&self) -> bool {
        matches!(
            self,
            Self::Override { .. } | Self::TakeBack { .. } | Self::Confirm(..)
        )
    }

    /// Who signs with the own PIN, when the form asks for it.
    pub(super) fn signer(&self) -> Option<Signer> {
        match self {
            Self::Sign(fields, _) | Self::Confirm(fields, _) => Some(Signer {
                officer: fields.officer?,
                pin: fields.pin.clone(),
            }),
            _ => None,
        }
    }

    /// A PIN that was refused is typed anew.
    pub fn forget_pin(&mut self) {
        if let Self::Sign(fields, _) | Self::Confirm(fields, _) = self {
            fields.pin.clear();
        }
    }

    /// Why it cannot be recorded as it stands.
    pub(super) fn against(&self, view: &View<'_>) -> Option<String> {
        let body = match self.body(view) {
            Ok(body) => body,
            Err(reason) => return Some(reason),
        };
        if let Self::Sign(fields, _) | Self::Confirm(fields, _) = self {
            let officer = view
                .status
                .officers
                .iter()
                .find(|o| Some(o.id) == fields.officer);
            let Some(officer) = officer else {
                return Some(tr("joint-choose-officer"));
            };
            if let Err(refusal) = allow(officer, view.inspection(), view.state(), &body, None) {
                return Some(why_not::refusal(&refusal, view.zone));
            }
            return fields.pin.is_empty().then(|| tr("joint-type-pin"));
        }
        view.refusal(&body)
    }

    /// The entry, or what is still wrong with what was typed.
    pub(super) fn body(&self, view: &View<'_>) -> Result<EntryBody, String> {
        Ok(match self.clone() {
            Self::Slot(fields) => EntryBody::SlotProposed {
                bay: fields.bay,
                span: span(view, &fields.day, &fields.from, &fields.to)?,
                setup_minutes: whole(&fields.setup)?.unwrap_or(0),
                agencies: fields.agencies,
                over: fields.over,
            },
            Self::Answer(fields) => {
                let answer = fields.answer.ok_or_else(|| tr("joint-choose-answer"))?;
                let rather = answer == Answer::OtherTime && !fields.from.trim().is_empty();
                EntryBody::SlotAnswered {
                    answer,
                    reason: fields.reason.trim().to_owned(),
                    rather: if rather {
                        Some(span(view, &fields.day, &fields.from, &fields.to)?)
                    } else {
                        None
                    },
                    minutes: whole(&fields.minutes)?,
                    proposal: fields.proposal,
                }
            }
            Self::NoShow {
                absent,
                note,
                proposal,
            } => EntryBody::NoShow {
                absent: absent.ok_or_else(|| tr("joint-choose-agency"))?,
                note: note.trim().to_owned(),
                proposal,
            },
            Self::Sample(fields) => EntryBody::SampleTaken {
                sample: Sample {
                    number: fields.number.trim().to_owned(),
                    item: fields.item,
                    batch: fields.batch.trim().to_owned(),
                    count: whole(&fields.count)?.unwrap_or(1),
                    matter: fields.matter.trim().to_owned(),
                    test: fields.test.trim().to_owned(),
                    laboratory: fields.laboratory.trim().to_owned(),
                    reason: fields.reason,
                    analysis: fields.analysis,
                    conservation: fields.conservation,
                },
                photos: blobs(&fields.photos),
            },
            Self::Moved {
                sample,
                step,
                person,
                seal,
            } => EntryBody::SampleMoved {
                sample,
                step,
                person: person.trim().to_owned(),
                seal: seal.trim().to_owned(),
            },
            Self::Reported {
                sample,
                conclusion,
                report,
            } => EntryBody::SampleReported {
                sample,
                conclusion: conclusion.ok_or_else(|| tr("joint-choose-result"))?,
                report: report.trim().to_owned(),
            },
            Self::Reading(fields) => EntryBody::ReadingTaken {
                reading: Reading {
                    quantity: fields.quantity,
                    thousandths: scaled(&fields.value, 1000)?
                        .ok_or_else(|| tr("joint-value-missing"))?,
                    place: fields.place.trim().to_owned(),
                    device: fields.device.trim().to_owned(),
                    calibrated_until: date(&fields.calibrated)?,
                },
            },
            Self::Treatment(fields) => EntryBody::TreatmentRecorded {
                treatment: Treatment {
                    treatment: fields.treatment,
                    agent: fields.agent.trim().to_owned(),
                    dose: fields.dose.trim().to_owned(),
                    minutes: whole(&fields.minutes)?.map(u32::from),
                    decicelsius: scaled(&fields.celsius, 10)?
                        .map(i32::try_from)
                        .transpose()
                        .map_err(|_| tr("joint-number-wrong"))?,
                    provider: fields.provider.trim().to_owned(),
                    certificate: fields.certificate.trim().to_owned(),
                },
            },
            Self::Seal {
                unit,
                number,
                party,
                class,
                photos,
            } => EntryBody::SealAffixed {
                seal: NewSeal {
                    unit,
                    number: number.trim().to_owned(),
                    party,
                    class,
                },
                photos: blobs(&photos),
            },
            Self::Sides {
                unit,
                points,
                photos,
            } => {
                if points.is_empty() {
                    return Err(tr("joint-sides-none"));
                }
                EntryBody::UnitExamined {
                    unit,
                    points,
                    photos: blobs(&photos),
                }
            }
            Self::Conclude { record, note } => EntryBody::JointConcluded {
                record,
                note: note.trim().to_owned(),
            },
            Self::Sign(_, record) => EntryBody::RecordSigned { record },
            Self::Missing {
                of,
                why,
                note,
                record,
            } => EntryBody::SignatureMissing {
                of: of.ok_or_else(|| tr("joint-choose-agency"))?,
                why,
                note: note.trim().to_owned(),
                record,
            },
            Self::Party {
                role,
                name,
                strokes,
                refused,
                refusal,
                record,
            } => {
                if refused && refusal.trim().is_empty() {
                    return Err(tr("joint-refusal-missing"));
                }
                EntryBody::PartySigned {
                    role,
                    name: name.trim().to_owned(),
                    record,
                    strokes: if refused { Vec::new() } else { strokes },
                    refusal: if refused {
                        refusal.trim().to_owned()
                    } else {
                        String::new()
                    },
                }
            }
            Self::Override { hold, reason } => EntryBody::OverrideProposed {
                hold,
                reason: reason.trim().to_owned(),
            },
            Self::Confirm(_, proposal) => EntryBody::OverrideConfirmed { proposal },
            Self::TakeBack { reason } => EntryBody::ReleaseWithdrawn {
                reason: reason.trim().to_owned(),
            },
        })
    }
}

fn with(code: &str, entry: Option<EntryId>) -> String {
    entry.map_or_else(
        || format!("joint-{code}"),
        |id| format!("joint-{code}-{id}"),
    )
}

/// The time that another agency would rather have, the last one said, where the slot that stands was answered so.
pub(super) fn wish(view: &View<'_>) -> Option<Span> {
    let slot = view.state().slot.as_ref()?;
    slot.wish().map(|(_, wished)| wished)
}

/// A slot as it opens: at `at`, else where it stands.
fn slot(view: &View<'_>, at: Option<Span>) -> SlotFields {
    let stands = view.state().slot.as_ref();
    let span = at.or_else(|| stands.map(|s| s.slot.span()));
    let now = view.now.to_zoned(view.zone.clone());
    let clock = |at: Timestamp| crate::moment::time(at, view.zone);
    SlotFields {
        bay: stands.map_or_else(
            || {
                let post = view.status.post.as_ref();
                post.and_then(|p| p.bays.first().cloned())
                    .unwrap_or_default()
            },
            |s| s.slot.bay.clone(),
        ),
        day: span
            .map_or(now.date(), |s| s.start.to_zoned(view.zone.clone()).date())
            .to_string(),
        from: span.map_or_else(String::new, |s| clock(s.start)),
        to: span.map_or_else(String::new, |s| clock(s.end)),
        setup: stands.map_or_else(String::new, |s| s.setup_minutes.to_string()),
        agencies: view
            .inspection()
            .agencies
            .iter()
            .map(|t| t.agency)
            .collect(),
        over: stands.and_then(|s| s.proposal),
    }
}

fn answer(view: &View<'_>) -> Result<AnswerFields, String> {
    let stands = view
        .state()
        .slot
        .as_ref()
        .ok_or_else(|| tr("joint-no-slot"))?;
    Ok(AnswerFields {
        answer: None,
        reason: String::new(),
        day: stands
            .slot
            .start
            .to_zoned(view.zone.clone())
            .date()
            .to_string(),
        from: String::new(),
        to: String::new(),
        minutes: String::new(),
        proposal: stands.proposal,
    })
}

fn last_laboratory(view: &View<'_>) -> String {
    let last = view.state().samples.last();
    last.map_or_else(String::new, |s| s.sample.laboratory.clone())
}

fn last_device(view: &View<'_>) -> String {
    let last = view.state().readings.last();
    last.map_or_else(String::new, |r| r.reading.device.clone())
}

fn next_step(view: &View<'_>, sample: EntryId) -> CustodyStep {
    let done = view.state().sample(sample);
    let last = done.and_then(|s| s.custody.last()).map(|c| c.step);
    match last {
        None => CustodyStep::Sealed,
        Some(CustodyStep::Sealed) => CustodyStep::Handed,
        Some(CustodyStep::Handed) => CustodyStep::Received,
        Some(_) => CustodyStep::Destroyed,
    }
}

/// The officer who worked in the first section that is awaited, else any officer of that agency.
fn next_signer(view: &View<'_>) -> Option<OfficerId> {
    let awaited = *view.state().record.awaited.first()?;
    let name = view.state().section(awaited)?.officer.as_deref();
    let of_agency = || {
        let officers = view.status.officers.iter();
        officers.filter(|o| o.agency == awaited && o.role != Role::Analyst)
    };
    of_agency()
        .find(|o| Some(o.name.as_str()) == name)
        .or_else(|| of_agency().next())
        .map(|o| o.id)
}

/// A span from a day and two clock times; an end before the begin is on the next day.
fn span(view: &View<'_>, on: &str, from: &str, to: &str) -> Result<Span, String> {
    let day: Date = on.trim().parse().map_err(|_| tr("field-day-wrong"))?;
    let begin = clock(from)?;
    let end = clock(to)?;
    let last = if end < begin {
        day.checked_add(1.days())
            .map_err(|_| tr("field-day-wrong"))?
    } else {
        day
    };
    let at = |day: Date, time: Time| {
        day.to_datetime(time)
            .to_zoned(view.zone.clone())
            .map(|z| z.timestamp())
            .map_err(|_| tr("field-day-wrong"))
    };
    Ok(Span {
        start: at(day, begin)?,
        end: at(last, end)?,
    })
}

/// How a side is noted in the form: absent while nobody looked.
pub fn side(points: &[UnitPoint], side: UnitSide) -> Option<&UnitPoint> {
    points.iter().find(|point| point.side == side)
}

/// Notes a side.
pub fn note_side(points: &mut Vec<UnitPoint>, side: UnitSide, condition: SideCondition) {
    match points.iter_mut().find(|point| point.side == side) {
        Some(point) => {
            point.condition = condition;
            if matches!(condition, SideCondition::Sound | SideCondition::NotSeen) {
                point.place = None;
            }
        }
        None => points.push(UnitPoint {
            side,
            condition,
            place: None,
            note: String::new(),
        }),
    }
    points.sort_by_key(|point| point.side);
}
