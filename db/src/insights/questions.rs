//! What each figure asks of the rows: groups, value, period.

use outpost_domain::{Agency, Figure, Group, HoldType, Lane, Stage};
use rusqlite::Row;
use rusqlite::types::Value;

/// One question to one index. `?1` is the begin of the period, `?2` its end or now, whichever is first.
pub(super) struct Question {
    /// The columns that it groups by; at most two.
    pub(super) groups: &'static [&'static str],
    /// What is computed within a group.
    pub(super) value: Valued,
    /// Table and index. The index is named so that groups come in its order: the planner would sort otherwise.
    pub(super) from: &'static str,
    /// The condition.
    pub(super) when: &'static str,
    /// Whether there is a column `agency` and `bay` to filter by.
    pub(super) agency: bool,
    pub(super) bay: bool,
    /// Reads the group.
    pub(super) group: fn(&Row<'_>) -> rusqlite::Result<Option<Group>>,
    /// The group's columns.
    pub(super) columns: fn(&Group) -> Option<Vec<Value>>,
}

/// What is computed within a group.
#[derive(Clone, Copy)]
pub(super) enum Valued {
    /// Percentiles of a time, milliseconds.
    Time(&'static str),
    /// The share for which this holds.
    Share(&'static str),
    /// How many.
    Count,
    /// Minutes of each hour.
    Hours,
}

fn text(value: impl std::fmt::Display) -> Value {
    Value::Text(value.to_string())
}

/// A code in column `index`; `None` when a newer build wrote it.
fn code<T: std::str::FromStr>(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<T>> {
    Ok(row.get_ref(index)?.as_str()?.parse().ok())
}

fn lane(row: &Row<'_>) -> rusqlite::Result<Option<Group>> {
    Ok(code::<Lane>(row, 0)?.map(|lane| Group::Lane { lane }))
}

fn lane_columns(group: &Group) -> Option<Vec<Value>> {
    match group {
        Group::Lane { lane } => Some(vec![text(lane)]),
        _ => None,
    }
}

fn agency(row: &Row<'_>) -> rusqlite::Result<Option<Group>> {
    Ok(code::<Agency>(row, 0)?.map(|agency| Group::Agency { agency }))
}

fn agency_columns(group: &Group) -> Option<Vec<Value>> {
    match group {
        Group::Agency { agency } => Some(vec![text(agency)]),
        _ => None,
    }
}

fn trusted(row: &Row<'_>) -> rusqlite::Result<Option<Group>> {
    let trusted = row.get(0)?;
    Ok(Some(Group::Trusted { trusted }))
}

fn trusted_columns(group: &Group) -> Option<Vec<Value>> {
    match group {
        Group::Trusted { trusted } => Some(vec![Value::Integer(i64::from(*trusted))]),
        _ => None,
    }
}

fn bay(row: &Row<'_>) -> rusqlite::Result<Option<Group>> {
    let bay = row.get(0)?;
    Ok(Some(Group::Bay { bay }))
}

fn bay_columns(group: &Group) -> Option<Vec<Value>> {
    match group {
        Group::Bay { bay } => Some(vec![bay.clone().map_or(Value::Null, Value::Text)]),
        Group::Hour { bay, .. } => Some(vec![Value::Text(bay.clone())]),
        _ => None,
    }
}

macro_rules! stage {
    ($stage:expr, $from:literal, $when:literal, $value:literal) => {
        Question {
            groups: &[],
            value: Valued::Time($value),
            from: $from,
            when: $when,
            agency: false,
            bay: true,
            group: |_| {
                Ok(Some(Group::Stage {
                    stage: $stage,
                    agency: None,
                }))
            },
            columns: |group| match group {
                Group::Stage {
                    stage,
                    agency: None,
                } if *stage == $stage => Some(Vec::new()),
                _ => None,
            },
        }
    };
}

macro_rules! agency_stage {
    ($stage:expr, $from:literal, $when:literal, $value:literal) => {
        Question {
            groups: &["agency"],
            value: Valued::Time($value),
            from: $from,
            when: $when,
            agency: true,
            bay: true,
            group: |row| {
                Ok(code::<Agency>(row, 0)?.map(|agency| Group::Stage {
                    stage: $stage,
                    agency: Some(agency),
                }))
            },
            columns: |group| match group {
                Group::Stage {
                    stage,
                    agency: Some(agency),
                } if *stage == $stage => Some(vec![text(agency)]),
                _ => None,
            },
        }
    };
}

/// The questions of a figure, in the order of its lines.
pub(super) fn of(figure: Figure) -> Vec<Question> {
    let by_lane = |value, from, when| Question {
        groups: &["lane"],
        value,
        from,
        when,
        agency: false,
        bay: true,
        group: lane,
        columns: lane_columns,
    };
    let by_agency = |value, from, when| Question {
        groups: &["agency"],
        agency: true,
        group: agency,
        columns: agency_columns,
        ..by_lane(value, from, when)
    };
    let by_trust = |value| Question {
        groups: &["trusted"],
        group: trusted,
        columns: trusted_columns,
        ..by_lane(
            value,
            "facts INDEXED BY facts_trusted",
            "closed_at >= ?1 AND closed_at < ?2",
        )
    };
    match figure {
        Figure::QueueAge => vec![by_lane(
            Valued::Time("?2 - since"),
            "facts INDEXED BY facts_queue",
            "since < ?2 AND (closed_at IS NULL OR closed_at >= ?2)",
        )],
        Figure::Waits => vec![
            stage!(
                Stage::Presentation,
                "facts INDEXED BY facts_presented",
                "presented_at >= ?1 AND presented_at < ?2",
                "presented_at - ordered_at"
            ),
            agency_stage!(
                Stage::Start,
                "fact_sections INDEXED BY fact_sections_start",
                "claimed_at >= ?1 AND claimed_at < ?2",
                "claimed_at - since"
            ),
            agency_stage!(
                Stage::Decision,
                "fact_sections INDEXED BY fact_sections_decision",
                "decided_at >= ?1 AND decided_at < ?2 AND claimed_at IS NOT NULL",
                "decided_at - claimed_at"
            ),
            stage!(
                Stage::Release,
                "facts INDEXED BY facts_released",
                "closed_at >= ?1 AND closed_at < ?2 AND decided_at IS NOT NULL",
                "closed_at - decided_at"
            ),
        ],
        // What is not due yet is neither within its target nor beyond.
        Figure::WithinTarget => vec![by_lane(
            Valued::Share("closed_at IS NOT NULL AND closed_at <= due_at"),
            "facts INDEXED BY facts_due",
            "due_at >= ?1 AND due_at < ?2",
        )],
        Figure::HoldAge => vec![Question {
            groups: &["hold_type"],
            agency: true,
            group: |row| {
                let hold_type = code::<HoldType>(row, 0)?;
                Ok(hold_type.map(|hold_type| Group::Hold { hold_type }))
            },
            columns: |group| match group {
                Group::Hold { hold_type } => Some(vec![text(hold_type)]),
                _ => None,
            },
            ..by_lane(
                Valued::Time("?2 - placed_at"),
                "fact_holds INDEXED BY fact_holds_age",
                "placed_at < ?2 AND (lifted_at IS NULL OR lifted_at >= ?2)",
            )
        }],
        Figure::HitRate => vec![drawn_at_random(), by_criterion()],
        Figure::AlarmConfirmed => vec![Question {
            groups: &["scanner"],
            group: |row| {
                let scanner = row.get(0)?;
                Ok(Some(Group::Scanner { scanner }))
            },
            columns: |group| match group {
                Group::Scanner { scanner } => Some(vec![text(scanner)]),
                _ => None,
            },
            ..by_lane(
                Valued::Share("alarm = 'confirmed'"),
                "facts INDEXED BY facts_alarm",
                "alarm IN ('confirmed', 'false-alarm') AND alarm_at >= ?1 AND alarm_at < ?2",
            )
        }],
        Figure::TrustedTime => vec![by_trust(Valued::Time("closed_at - since"))],
        Figure::TrustedHits => vec![by_trust(Valued::Share("hit"))],
        Figure::NoShows => vec![by_agency(
            Valued::Share("absent"),
            "fact_sections INDEXED BY fact_sections_absent",
            "absent IS NOT NULL AND slot_start >= ?1 AND slot_start < ?2",
        )],
        Figure::PartialReleases => vec![by_lane(
            Valued::Share("partial"),
            "facts INDEXED BY facts_partial",
            "closed_at >= ?1 AND closed_at < ?2",
        )],
        Figure::Overrides => vec![by_agency(
            Valued::Share("overridden"),
            "fact_holds INDEXED BY fact_holds_lifted",
            "lifted_at >= ?1 AND lifted_at < ?2",
        )],
        Figure::BayLoad => vec![Question {
            groups: &["bay"],
            group: bay,
            columns: bay_columns,
            ..by_lane(
                Valued::Hours,
                "facts INDEXED BY facts_slot",
                "slot_start IS NOT NULL AND slot_start >= ?1 AND slot_start < ?2",
            )
        }],
        Figure::BayThroughput => vec![Question {
            groups: &["bay"],
            group: bay,
            columns: bay_columns,
            ..by_lane(
                Valued::Count,
                "facts INDEXED BY facts_bay",
                "closed_at >= ?1 AND closed_at < ?2",
            )
        }],
        Figure::OfficerThroughput => vec![by_officer()],
        Figure::Unsent => vec![Question {
            bay: false,
            ..by_agency(
                Valued::Time("?2 - recorded_at"),
                "outbox INDEXED BY outbox_unsent",
                "state IN ('waiting', 'refused', 'conflict') AND recorded_at < ?2",
            )
        }],
    }
}

fn drawn_at_random() -> Question {
    Question {
        groups: &["random"],
        value: Valued::Share("customs_hit"),
        from: "facts INDEXED BY facts_criterion",
        when: "random = 1 AND criterion IS NOT NULL AND decided_at >= ?1 AND decided_at < ?2",
        agency: false,
        bay: true,
        group: |_| Ok(Some(Group::Random)),
        columns: |group| matches!(group, Group::Random).then(|| vec![Value::Integer(1)]),
    }
}

fn by_criterion() -> Question {
    Question {
        groups: &["criterion"],
        when: "random = 0 AND criterion IS NOT NULL AND decided_at >= ?1 AND decided_at < ?2",
        group: |row| {
            let criterion = row.get(0)?;
            Ok(Some(Group::Criterion { criterion }))
        },
        columns: |group| match group {
            Group::Criterion { criterion } => Some(vec![text(criterion)]),
            _ => None,
        },
        ..drawn_at_random()
    }
}

fn by_officer() -> Question {
    Question {
        groups: &["agency", "decided_by"],
        value: Valued::Count,
        from: "fact_sections INDEXED BY fact_sections_officer",
        when: "decided_at >= ?1 AND decided_at < ?2",
        agency: true,
        bay: true,
        group: |row| {
            let name: Option<String> = row.get(1)?;
            Ok(code::<Agency>(row, 0)?
                .zip(name)
                .map(|(agency, name)| Group::Officer { name, agency }))
        },
        columns: |group| match group {
            Group::Officer { name, agency } => Some(vec![text(agency), text(name)]),
            _ => None,
        },
    }
}
