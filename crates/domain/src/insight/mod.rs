//! The figures that supervisors ask for: which there are, by what they are grouped, and the facts of an inspection
//! that they are counted from.

mod facts;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Agency, HoldType, Lane};

pub use facts::{AlarmFacts, Facts, HoldFacts, SectionFacts, facts};

coded_enum! {
    /// A figure. What each one counts, and of what, is told to people by `figure-why-<code>`.
    Figure {
        /// How long what is open has waited, by lane.
        QueueAge = "queue-age",
        /// How long each stage took, by stage and agency.
        Waits = "waits",
        /// Share of inspections done by when they were due, by lane.
        WithinTarget = "within-target",
        /// Age of the holds that stand, by type.
        HoldAge = "hold-age",
        /// Share of selections in which customs found something, by criterion and at random. For customs alone.
        HitRate = "hit-rate",
        /// Share of alarms on radiographs that the physical exam confirmed, by scanner.
        AlarmConfirmed = "alarm-confirmed",
        /// Time from presentation to release, authorised operators against others.
        TrustedTime = "trusted-time",
        /// Share in which anything was found, authorised operators against others.
        TrustedHits = "trusted-hits",
        /// Agencies that were awaited and did not come.
        NoShows = "no-shows",
        /// Share of releases that let only some of the goods go, by lane.
        PartialReleases = "partial-releases",
        /// Holds lifted against the agency that placed them, by that agency.
        Overrides = "overrides",
        /// Minutes booked, by bay and hour of the day.
        BayLoad = "bay-load",
        /// Inspections finished, by bay.
        BayThroughput = "bay-throughput",
        /// Sections decided, by officer. For supervisors alone.
        OfficerThroughput = "officer-throughput",
        /// Entries that are not at the central, by agency.
        Unsent = "unsent",
    }
}

coded_enum! {
    /// A stage that goods wait through.
    Stage {
        /// From the order to the presentation of the goods.
        Presentation = "presentation",
        /// From the presentation until an agency takes its section in hand.
        Start = "start",
        /// From there to the agency's decision.
        Decision = "decision",
        /// From the last required decision to the release.
        Release = "release",
    }
}

coded_enum! {
    /// What the physical exam made of an alarm on a radiograph.
    Alarm {
        /// What stood out was there.
        Confirmed = "confirmed",
        /// It was not.
        FalseAlarm = "false-alarm",
        /// Nobody has looked yet.
        Unexamined = "unexamined",
    }
}

coded_enum! {
    /// What a value of a figure is.
    Measure {
        /// Half of them took no longer: minutes.
        Median = "median",
        /// Nine of ten took no longer: minutes.
        Ninetieth = "ninetieth",
        /// A share, 0 to 1.
        Share = "share",
        /// A number of things.
        Count = "count",
        /// Minutes on an average day.
        MinutesADay = "minutes-a-day",
    }
}

/// Below this sample size a value says little and is marked as such: with fewer than 20 values the 90th percentile
/// rests on one or two of them, and a share moves by more than five points with each.
pub const FEW: u64 = 20;

/// By what a value is grouped.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Group {
    /// A lane.
    Lane {
        /// Which.
        lane: Lane,
    },
    /// A stage, of one agency where it is an agency's own.
    Stage {
        /// Which.
        stage: Stage,
        /// Whose.
        agency: Option<Agency>,
    },
    /// An agency.
    Agency {
        /// Which.
        agency: Agency,
    },
    /// A type of hold.
    Hold {
        /// Which.
        hold_type: HoldType,
    },
    /// A selection criterion.
    Criterion {
        /// In the words of the risk unit.
        criterion: String,
    },
    /// What was drawn at random.
    Random,
    /// A scanner.
    Scanner {
        /// Its model and where it stands.
        scanner: String,
    },
    /// Authorised operators, or the others.
    Trusted {
        /// Whether authorised.
        trusted: bool,
    },
    /// A bay; `None` for what was never given one.
    Bay {
        /// Its name.
        bay: Option<String>,
    },
    /// An hour of the day in a bay.
    Hour {
        /// The bay's name.
        bay: String,
        /// The hour, 0 to 23, in the post's zone.
        hour: u8,
    },
    /// An officer.
    Officer {
        /// The name under the decisions.
        name: String,
        /// Whose.
        agency: Agency,
    },
}

/// One line of a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureRow {
    /// By what.
    pub group: Group,
    /// One value for each of [`Figure::measures`].
    pub values: Vec<f64>,
    /// Of how many things they were made.
    pub sample: u64,
}

impl FigureRow {
    /// Whether the sample is too small to lean on.
    pub const fn is_few(&self) -> bool {
        self.sample < FEW
    }
}

/// A figure over a period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureTable {
    /// Which.
    pub figure: Figure,
    /// Its lines; none when the period has nothing.
    pub rows: Vec<FigureRow>,
}

impl FigureTable {
    /// Of how many things all lines were made.
    pub fn sample(&self) -> u64 {
        self.rows.iter().map(|row| row.sample).sum()
    }
}

/// An inspection that a figure was counted from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Which.
    pub inspection: crate::InspectionId,
    /// As people quote it.
    pub reference: String,
    /// First unit's number as read aloud.
    pub unit: String,
    /// First item's description.
    pub goods: String,
    /// The lane.
    pub lane: Lane,
    /// Since when it waits: presented, else ordered.
    pub since: Timestamp,
    /// When nothing more was awaited; `None` while something is.
    pub closed_at: Option<Timestamp>,
}

/// Over what a figure is taken.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// Begin of the period.
    pub from: Timestamp,
    /// Its end, itself outside; what lies after now counts as now.
    pub to: Timestamp,
    /// Only what this agency did or holds, for figures that are by agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<Agency>,
    /// Only what has its slot in this bay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bay: Option<String>,
}

impl Figure {
    /// What the values of its lines are, in their order.
    pub const fn measures(self) -> &'static [Measure] {
        match self {
            Self::QueueAge | Self::Waits | Self::HoldAge | Self::TrustedTime | Self::Unsent => {
                &[Measure::Median, Measure::Ninetieth]
            }
            Self::WithinTarget
            | Self::HitRate
            | Self::AlarmConfirmed
            | Self::TrustedHits
            | Self::NoShows
            | Self::PartialReleases
            | Self::Overrides => &[Measure::Share],
            Self::BayLoad => &[Measure::MinutesADay],
            Self::BayThroughput | Self::OfficerThroughput => &[Measure::Count],
        }
    }

    /// Whether it is about things that stand at the period's end rather than things done within it.
    pub const fn is_of_the_end(self) -> bool {
        matches!(self, Self::QueueAge | Self::HoldAge | Self::Unsent)
    }

    /// Whether `officer` may see it: criteria are customs' own, and how much a colleague does is for supervisors.
    pub fn is_for(self, officer: &crate::Officer) -> bool {
        match self {
            Self::HitRate => officer.agency == Agency::Customs,
            Self::OfficerThroughput => officer.role == crate::Role::Supervisor,
            _ => true,
        }
    }
}
