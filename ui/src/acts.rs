//! The table of acts: which key each has on which page, and its title in the sheet of keys and the palette.

use egui::{Key, KeyboardShortcut, Modifiers};
use outpost_domain::{Confidence, Queue};
use outpost_protocol::{Document, FigureSheet, Sheet};

use crate::intent::{Filter, Intent, Place};
use crate::radiograph::Control;
use crate::screens::import;
use crate::screens::insights::Wish as FigureWish;
use crate::screens::insights::period::Period;
use crate::screens::inspection::Tab;
use crate::screens::practice;
use crate::screens::worklist::beside::Wish;
use crate::screens::worklist::views::SavedView;

/// Where an act can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// On every page.
    Everywhere,
    /// On this page.
    On(Place),
    /// On a radiograph that is being read, in work or practice.
    Radiograph,
    /// On a radiograph that is being read in work.
    Scan,
    /// On the tab of checks and findings.
    Checks,
    /// On the tab of the joint inspection.
    Joint,
}

/// An act with its key, for the palette and the sheet of keys.
#[derive(Debug, Clone)]
pub struct Act {
    /// What is done.
    pub intent: Intent,
    /// Its keys; the first is shown.
    pub keys: Vec<KeyboardShortcut>,
    /// The end of the Fluent key `act-<title>`.
    pub title: &'static str,
    /// Where.
    pub place: Where,
    /// Only in a demonstration.
    pub demonstration: bool,
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn control(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

/// Queues with the titles under which the palette shows them.
const QUEUES: [(&str, Queue); Queue::ALL.len()] = [
    ("queue-unassigned", Queue::Unassigned),
    ("queue-goods", Queue::Goods),
    ("queue-agency", Queue::Agency),
    ("queue-lab", Queue::Lab),
    ("queue-approval", Queue::Approval),
    ("queue-review", Queue::Review),
    ("queue-abandoned", Queue::Abandoned),
    ("queue-parked", Queue::Parked),
    ("queue-opinion", Queue::Opinion),
];

/// The acts that show the views which are kept, with their titles.
pub fn view_acts(views: &[SavedView]) -> Vec<(Act, String)> {
    use crate::text::tr_args;
    let keys = [
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
        Key::Num7,
        Key::Num8,
        Key::Num9,
    ];
    let shown = views.iter().enumerate().map(|(index, view)| {
        let key = keys.get(index);
        let act = Act {
            intent: Intent::ShowView(index),
            keys: key
                .map(|key| KeyboardShortcut::new(Modifiers::ALT, *key))
                .into_iter()
                .collect(),
            title: "show-view",
            place: Where::Everywhere,
            demonstration: false,
        };
        let name = [("name", view.name.clone().into())];
        (act, tr_args("views-act", &name))
    });
    shown.collect()
}

/// Every act that has a title, in the order in which the palette and the sheet show them.
pub fn acts() -> Vec<Act> {
    use Place::{Agenda, Inspection, Settings, Sync, Worklist};
    use Where::{Everywhere, On};
    let act = |title, place, intent, keys: &[KeyboardShortcut]| Act {
        intent,
        keys: keys.to_vec(),
        title,
        place,
        demonstration: false,
    };
    let press =
        |title, key: KeyboardShortcut| act(title, On(Inspection), Intent::Press(key), &[key]);
    let mut all = vec![
        act(
            "worklist",
            Everywhere,
            Intent::Go(Worklist),
            &[control(Key::Num1)],
        ),
        act(
            "agenda",
            Everywhere,
            Intent::Go(Agenda),
            &[control(Key::Num2)],
        ),
        act(
            "inspection",
            Everywhere,
            Intent::Go(Inspection),
            &[control(Key::Num3)],
        ),
        act("sync", Everywhere, Intent::Go(Sync), &[control(Key::Num4)]),
        act(
            "settings",
            Everywhere,
            Intent::Go(Settings),
            &[control(Key::Num5)],
        ),
        act("palette", Everywhere, Intent::Palette, &[control(Key::K)]),
        act(
            "keys",
            Everywhere,
            Intent::Keys,
            &[plain(Key::Questionmark), plain(Key::F1)],
        ),
        act(
            "search",
            On(Worklist),
            Intent::FocusSearch,
            &[plain(Key::Slash), control(Key::F)],
        ),
        // With Shift first: a key without it is taken with it, too.
        act(
            "mark-next",
            On(Worklist),
            Intent::MarkMoving(1),
            &[shift(Key::J), shift(Key::ArrowDown)],
        ),
        act(
            "mark-previous",
            On(Worklist),
            Intent::MarkMoving(-1),
            &[shift(Key::K), shift(Key::ArrowUp)],
        ),
        act(
            "mark",
            On(Worklist),
            Intent::Mark(None),
            &[plain(Key::Space)],
        ),
        act(
            "assign",
            On(Worklist),
            Intent::Beside(Wish::Assign),
            &[plain(Key::A)],
        ),
        act(
            "next",
            On(Worklist),
            Intent::Move(1),
            &[plain(Key::J), plain(Key::ArrowDown)],
        ),
        act(
            "previous",
            On(Worklist),
            Intent::Move(-1),
            &[plain(Key::K), plain(Key::ArrowUp)],
        ),
        act(
            "page-down",
            On(Worklist),
            Intent::Move(10),
            &[plain(Key::PageDown)],
        ),
        act(
            "page-up",
            On(Worklist),
            Intent::Move(-10),
            &[plain(Key::PageUp)],
        ),
        act("first", On(Worklist), Intent::First, &[plain(Key::Home)]),
        act("last", On(Worklist), Intent::Last, &[plain(Key::End)]),
        act(
            "open",
            On(Worklist),
            Intent::OpenSelected,
            &[plain(Key::Enter)],
        ),
        act(
            "claim",
            On(Worklist),
            Intent::ClaimSelected,
            &[plain(Key::C)],
        ),
        act(
            "show-post",
            On(Worklist),
            Intent::Show(Filter::Post),
            &[plain(Key::Num1)],
        ),
        act(
            "show-mine",
            On(Worklist),
            Intent::Show(Filter::Mine),
            &[plain(Key::Num2)],
        ),
        act(
            "show-held",
            On(Worklist),
            Intent::Show(Filter::Held),
            &[plain(Key::Num3)],
        ),
        act(
            "show-doubtful",
            On(Worklist),
            Intent::Show(Filter::Doubtful),
            &[plain(Key::Num4)],
        ),
        act(
            "show-unsent",
            On(Worklist),
            Intent::Show(Filter::Unsent),
            &[plain(Key::Num5)],
        ),
        act(
            "next-queue",
            On(Worklist),
            Intent::NextQueue,
            &[plain(Key::Q)],
        ),
        act("views", On(Worklist), Intent::Views, &[plain(Key::V)]),
        act(
            "approve",
            On(Worklist),
            Intent::Beside(Wish::Approve(None)),
            &[plain(Key::Y)],
        ),
        act(
            "decline",
            On(Worklist),
            Intent::Beside(Wish::Decline(None)),
            &[plain(Key::N)],
        ),
        act(
            "comment",
            On(Worklist),
            Intent::Beside(Wish::Comment),
            &[plain(Key::M)],
        ),
        act("back", Everywhere, Intent::Back, &[plain(Key::Escape)]),
        act(
            "day-before",
            On(Agenda),
            Intent::TurnDays(-1),
            &[plain(Key::ArrowLeft), plain(Key::K)],
        ),
        act(
            "day-after",
            On(Agenda),
            Intent::TurnDays(1),
            &[plain(Key::ArrowRight), plain(Key::J)],
        ),
        act("today", On(Agenda), Intent::Today, &[plain(Key::T)]),
        act(
            "agenda-day",
            On(Agenda),
            Intent::AgendaWeek(false),
            &[plain(Key::D)],
        ),
        act(
            "agenda-week",
            On(Agenda),
            Intent::AgendaWeek(true),
            &[plain(Key::W)],
        ),
        press("tab-manifest", plain(Key::Num1)),
        press("tab-radiograph", plain(Key::Num2)),
        press("tab-checks", plain(Key::Num3)),
        press("tab-holds", plain(Key::Num4)),
        press("tab-joint", plain(Key::Num5)),
        press("tab-history", plain(Key::Num6)),
        press("finding", plain(Key::F)),
        press("hold", plain(Key::H)),
        press("conclude", control(Key::Enter)),
        press("comment-write", control(Key::M)),
        press("comment-read", control(Key::R)),
        act(
            "opinion",
            Where::Radiograph,
            Intent::Press(control(Key::O)),
            &[control(Key::O)],
        ),
        act(
            "print-record",
            On(Inspection),
            Intent::Write(Document::JointRecord),
            &[control(Key::P)],
        ),
        act(
            "print-hold",
            On(Inspection),
            Intent::Write(Document::HoldNotice),
            &[],
        ),
        act(
            "print-release",
            On(Inspection),
            Intent::Write(Document::ReleaseNotice),
            &[],
        ),
        act(
            "print-samples",
            On(Inspection),
            Intent::Write(Document::SampleForm),
            &[],
        ),
        act(
            "print-seals",
            On(Inspection),
            Intent::Write(Document::SealReport),
            &[],
        ),
        act(
            "export-slot",
            On(Inspection),
            Intent::Write(Document::Calendar),
            &[],
        ),
        act(
            "export-codes",
            On(Inspection),
            Intent::Write(Document::Codes),
            &[],
        ),
        act(
            "agenda-take-up",
            On(Agenda),
            Intent::TakeUp,
            &[plain(Key::M)],
        ),
        act(
            "agenda-take-wish",
            On(Agenda),
            Intent::TakeWish,
            &[plain(Key::A)],
        ),
        act(
            "print-day",
            On(Agenda),
            Intent::WriteDay(Sheet::DaySheet),
            &[control(Key::P)],
        ),
        act(
            "export-day",
            On(Agenda),
            Intent::WriteDay(Sheet::Calendar),
            &[],
        ),
        act("read-calendar", On(Agenda), Intent::ReadCalendar, &[]),
        act("send-now", Everywhere, Intent::SendNow, &[control(Key::S)]),
        act(
            "write-bundle",
            On(Sync),
            Intent::WriteBundle,
            &[plain(Key::B)],
        ),
        act(
            "take-bundle",
            On(Sync),
            Intent::TakeBundle,
            &[plain(Key::O)],
        ),
        act("verify", On(Sync), Intent::Verify, &[plain(Key::V)]),
        act(
            "write-diagnosis",
            On(Sync),
            Intent::WriteDiagnosis,
            &[plain(Key::D)],
        ),
        Act {
            demonstration: true,
            ..act("line", Everywhere, Intent::ToggleLine, &[control(Key::L)])
        },
        act("theme", Everywhere, Intent::ToggleTheme, &[control(Key::D)]),
        act(
            "gloves",
            Everywhere,
            Intent::ToggleGloves,
            &[control(Key::G)],
        ),
        act("sign-out", Everywhere, Intent::SignOut, &[]),
    ];
    let checks = [
        ("take-in-hand", plain(Key::C)),
        ("seals", plain(Key::S)),
        ("seals-as-declared", shift(Key::S)),
        ("goods", plain(Key::G)),
        ("goods-as-declared", shift(Key::G)),
        ("checks-conform", shift(Key::K)),
        ("checklist", plain(Key::L)),
    ];
    all.extend(checks.map(|(title, key)| act(title, Where::Checks, Intent::Press(key), &[key])));
    all.extend(QUEUES.map(|(title, queue)| act(title, Everywhere, Intent::ShowQueue(queue), &[])));
    all.push(act(
        "insights",
        Everywhere,
        Intent::Go(Place::Insights),
        &[control(Key::Num7)],
    ));
    let sheets = [
        (
            "print-shift",
            FigureSheet::ShiftReport,
            vec![control(Key::P)],
        ),
        ("export-xlsx", FigureSheet::Xlsx, Vec::new()),
        ("export-csv", FigureSheet::Csv, Vec::new()),
    ];
    all.extend(sheets.map(|(title, sheet, keys)| {
        let wish = Intent::Insights(FigureWish::Write(sheet));
        act(title, On(Place::Insights), wish, &keys)
    }));
    let keys = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5];
    all.extend(Period::ALL.into_iter().zip(keys).map(|(period, key)| {
        act(
            period.act(),
            On(Place::Insights),
            Intent::Insights(FigureWish::Period(period)),
            &[plain(key)],
        )
    }));
    all.extend(imports());
    let joint = [
        ("joint-slot", Key::N),
        ("joint-answer", Key::A),
        ("joint-sample", Key::Y),
        ("joint-reading", Key::R),
        ("joint-treatment", Key::T),
        ("joint-seal", Key::E),
        ("joint-sides", Key::U),
        ("joint-sign", Key::G),
    ];
    all.extend(joint.map(|(title, key)| {
        let key = plain(key);
        act(title, Where::Joint, Intent::Press(key), &[key])
    }));
    all.extend(practice_acts());
    all.extend(Control::ALL.map(|control| {
        let key = plain(control.key());
        // Nothing is suggested to who practises.
        let place = match control {
            Control::Suggest => Where::Scan,
            _ => Where::Radiograph,
        };
        act(control.code(), place, Intent::Press(key), &[key])
    }));
    all
}

/// The way to practice, and what is done there.
fn practice_acts() -> Vec<Act> {
    use practice::Wish as Answer;
    let act = |title, place, intent, key| Act {
        intent,
        keys: vec![key],
        title,
        place,
        demonstration: false,
    };
    // In the order in which they are pressed: on a slow laptop all three come within one frame.
    let wishes = [
        ("practice-low", Answer::Sure(Confidence::Low), Key::Num1),
        (
            "practice-medium",
            Answer::Sure(Confidence::Medium),
            Key::Num2,
        ),
        ("practice-high", Answer::Sure(Confidence::High), Key::Num3),
        ("practice-something", Answer::Something, Key::F),
        ("practice-nothing", Answer::Nothing, Key::S),
        ("practice-next", Answer::Next, Key::Enter),
    ];
    let there = wishes.map(|(title, wish, key)| {
        let place = Where::On(Place::Practice);
        act(title, place, Intent::Practice(wish), plain(key))
    });
    let go = Intent::Go(Place::Practice);
    let way = act("practice", Where::Everywhere, go, control(Key::Num8));
    std::iter::once(way).chain(there).collect()
}

/// What is done with scans and photos from a folder.
fn imports() -> impl Iterator<Item = Act> {
    use import::Wish::{Choose, Step, Take, TakeAll};
    let on = Where::On(Place::Import);
    let own = |wish| Intent::Import(wish);
    [
        (
            "import",
            Where::Everywhere,
            Intent::Go(Place::Import),
            vec![control(Key::I)],
        ),
        ("import-choose", on, own(Choose), vec![plain(Key::O)]),
        ("import-take", on, own(Take), vec![plain(Key::Enter)]),
        (
            "import-take-all",
            on,
            own(TakeAll),
            vec![control(Key::Enter)],
        ),
        (
            "import-next",
            on,
            own(Step(1)),
            vec![plain(Key::J), plain(Key::ArrowDown)],
        ),
        (
            "import-previous",
            on,
            own(Step(-1)),
            vec![plain(Key::K), plain(Key::ArrowUp)],
        ),
        (
            "import-page-down",
            on,
            own(Step(10)),
            vec![plain(Key::PageDown)],
        ),
        (
            "import-page-up",
            on,
            own(Step(-10)),
            vec![plain(Key::PageUp)],
        ),
    ]
    .into_iter()
    .map(|(title, place, intent, keys)| Act {
        intent,
        keys,
        title,
        place,
        demonstration: false,
    })
}

impl Act {
    /// Whether it can be done on this page; `tab` is the inspection's tab that is shown there.
    pub fn is_on(&self, place: Place, tab: Option<Tab>) -> bool {
        match self.place {
            Where::Everywhere => true,
            Where::On(own) => own == place,
            Where::Radiograph => tab == Some(Tab::Radiograph) || place == Place::Practice,
            Where::Scan => tab == Some(Tab::Radiograph),
            Where::Checks => tab == Some(Tab::Checks),
            Where::Joint => tab == Some(Tab::Joint),
        }
    }

    /// Its first key as it is written on a cap.
    pub fn cap(&self) -> Option<String> {
        self.keys.first().map(cap)
    }
}

/// A shortcut as it is written on a cap.
pub fn cap(shortcut: &KeyboardShortcut) -> String {
    let key = match shortcut.logical_key {
        Key::Escape => "Esc",
        Key::PageDown => "PgDn",
        Key::PageUp => "PgUp",
        Key::ArrowDown => "↓",
        Key::ArrowUp => "↑",
        Key::ArrowLeft => "←",
        Key::ArrowRight => "→",
        Key::Slash => "/",
        Key::Questionmark => "?",
        other => other.name(),
    };
    if shortcut.modifiers.command {
        format!("Ctrl+{key}")
    } else if shortcut.modifiers.alt {
        format!("Alt+{key}")
    } else if shortcut.modifiers.shift {
        format!("Shift+{key}")
    } else {
        key.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_key_does_two_things_on_one_page() {
        use Place::{Agenda, Import, Inspection, Practice, Settings, Sync, Worklist};
        for place in [
            Worklist, Agenda, Inspection, Import, Practice, Sync, Settings,
        ] {
            let tabs: &[Option<Tab>] = if place == Inspection {
                &[Some(Tab::Checks), Some(Tab::Radiograph), Some(Tab::Joint)]
            } else {
                &[None]
            };
            for tab in tabs {
                let mut taken = HashSet::new();
                for act in acts().iter().filter(|act| act.is_on(place, *tab)) {
                    for key in &act.keys {
                        assert!(taken.insert(cap(key)), "{} on {place:?}", cap(key));
                    }
                }
            }
        }
    }

    #[test]
    fn every_act_has_its_title() {
        for act in acts() {
            let key = format!("act-{}", act.title);
            assert_ne!(crate::text::tr_code("act", act.title), act.title, "{key}");
        }
    }
}
