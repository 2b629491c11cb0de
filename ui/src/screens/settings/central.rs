//! Which central this laptop works for, and the certificates with which it is reached. Shown on the settings page, and at
//! the first start in the place of the officers, who come from the central.

use egui::{Align, Key, Layout, Ui};
use outpost_protocol::{CentralFrom, Certificate, Problem, Status};

use crate::design::field::fact;
use crate::design::notice::banner;
use crate::design::theme::metrics;
use crate::design::words::{hint, paragraph};
use crate::design::{Button, Field, SPACE_S, Tone, Type, icons, palette};
use crate::intent::Intent;
use crate::model::{Model, Remote};
use crate::text::{tr, tr_args, tr_problem};

use super::NAMES;

/// The longest address or path that is taken, characters.
const LONGEST: usize = 1_000;

/// A certificate of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The central's authority.
    Ca,
    /// This workstation's own.
    Identity,
}

impl Which {
    const fn name(self) -> &'static str {
        match self {
            Self::Ca => "settings-ca",
            Self::Identity => "settings-identity",
        }
    }

    const fn without(self) -> &'static str {
        match self {
            Self::Ca => "settings-ca-system",
            Self::Identity => "settings-identity-none",
        }
    }

    /// The code with which the desk refuses its file.
    const fn refusal(self) -> &'static str {
        match self {
            Self::Ca => "ca-unreadable",
            Self::Identity => "identity-unreadable",
        }
    }
}

/// What is typed over what is kept; `None` while nothing is.
#[derive(Debug, Default)]
pub struct Local {
    url: Option<String>,
    ca: Option<String>,
    identity: Option<String>,
}

impl Local {
    /// Takes the file that was chosen for a certificate.
    pub fn choose(&mut self, which: Which, path: String) {
        *self.of(which) = Some(path);
    }

    /// Forgets what was typed.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    const fn of(&mut self, which: Which) -> &mut Option<String> {
        match which {
            Which::Ca => &mut self.ca,
            Which::Identity => &mut self.identity,
        }
    }

    const fn is_touched(&self) -> bool {
        self.url.is_some() || self.ca.is_some() || self.identity.is_some()
    }
}

/// Shows what is kept, and the form where it may be changed in the window.
pub fn show(ui: &mut Ui, model: &Model, local: &mut Local, intents: &mut Vec<Intent>) {
    let Some(status) = &model.status else {
        return;
    };
    match status.workstation.central_from {
        CentralFrom::Window => form(ui, model, status, local, intents),
        CentralFrom::Start => fixed(ui, status, "settings-from-start"),
        CentralFrom::Managed => fixed(ui, status, "settings-managed"),
    }
}

/// What somebody else has fixed, and who.
fn fixed(ui: &mut Ui, status: &Status, by: &str) {
    let told = &status.workstation;
    let system = tr("settings-ca-system");
    let lines = [
        ("settings-address", Some(&status.central)),
        ("settings-ca", Some(told.ca.as_ref().unwrap_or(&system))),
        ("settings-identity", told.identity.as_ref()),
    ];
    for (name, value) in lines {
        if let Some(value) = value {
            fact(ui, &tr(name), value, Type::Body, NAMES);
        }
    }
    hint(ui, tr(by));
}

fn form(ui: &mut Ui, model: &Model, status: &Status, local: &mut Local, intents: &mut Vec<Intent>) {
    let refused = match &model.central {
        Remote::Failed(problem) => Some(problem),
        _ => None,
    };
    let asking = matches!(model.central, Remote::Asked);
    let mut entered = address(ui, status, local, refused);
    for which in [Which::Ca, Which::Identity] {
        entered |= certificate(ui, status, local, which, refused, intents);
    }
    if let Some(problem) = refused.filter(|problem| !is_beside_a_field(problem)) {
        let words = format!(
            "{} {}",
            tr_problem(problem),
            tr("settings-central-unchanged")
        );
        banner(ui, &words, Tone::Red);
    }
    let busy = asking.then(|| tr("settings-central-asking"));
    let untouched = (!local.is_touched()).then(|| tr("settings-central-untouched"));
    ui.horizontal(|ui| {
        let keep = tr("settings-central-keep");
        let why_not = busy.or(untouched);
        let button = Button::primary(&keep).disabled_because(why_not.as_deref());
        let pressed = ui.add(button).clicked() || (entered && why_not.is_none());
        if pressed {
            intents.push(Intent::SetCentral(Box::new(wish(status, local))));
        }
        if local.is_touched() && !asking && ui.add(Button::quiet(&tr("settings-undo"))).clicked() {
            intents.push(Intent::LeaveCentral);
        }
    });
    explain(ui, model, status);
}

/// What a change means for what is here.
fn explain(ui: &mut Ui, model: &Model, status: &Status) {
    if matches!(model.central, Remote::Here(())) {
        banner(ui, &tr("settings-central-kept"), Tone::Green);
    }
    let ink = palette(ui).ink_2;
    let words = match (&status.post, status.entries_waiting) {
        (None, _) => tr("settings-central-first"),
        (Some(_), 0) => tr("settings-central-why"),
        (Some(_), waiting) => tr_args("settings-central-waiting", &[("count", waiting.into())]),
    };
    paragraph(ui, words, Type::Small, ink);
}

fn address(ui: &mut Ui, status: &Status, local: &mut Local, refused: Option<&Problem>) -> bool {
    let kept = &status.central;
    let mut text = local.url.clone().unwrap_or_else(|| kept.clone());
    let codes = ["central-no-address", "central-not-secure"];
    let error = refused
        .filter(|problem| codes.contains(&problem.code.as_str()))
        .map(tr_problem);
    let name = tr("settings-address");
    let field = Field::new(&name)
        .hint("https://central.example")
        .limit(LONGEST)
        .error(error.as_deref())
        .show(ui, &mut text);
    local.url = (text != *kept).then_some(text);
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    // At the first start it is the one thing to be written.
    if kept.is_empty() && !entered && ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    entered
}

/// A certificate by the path of its file; the button beside it opens the system's dialog.
fn certificate(
    ui: &mut Ui,
    status: &Status,
    local: &mut Local,
    which: Which,
    refused: Option<&Problem>,
    intents: &mut Vec<Intent>,
) -> bool {
    let told = kept(status, which);
    let typed = local.of(which);
    let mut text = typed.clone().unwrap_or_else(|| told.to_owned());
    let error = refused
        .filter(|problem| problem.code == which.refusal())
        .map(tr_problem);
    let (name, without) = (tr(which.name()), tr(which.without()));
    let field = ui
        .horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = SPACE_S;
            let width = ui.available_width() - metrics(ui).control - SPACE_S;
            let field = ui
                .scope(|ui| {
                    ui.set_max_width(width);
                    Field::new(&name)
                        .hint(&without)
                        .limit(LONGEST)
                        .error(error.as_deref())
                        .show(ui, &mut text)
                })
                .inner;
            ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
                let choose = tr(match which {
                    Which::Ca => "settings-ca-choose",
                    Which::Identity => "settings-identity-choose",
                });
                let button = Button::icon_only(icons::FILE, &choose);
                if ui.add(button).clicked() {
                    intents.push(Intent::ChooseCertificate(which));
                }
            });
            field
        })
        .inner;
    *typed = (text != told).then_some(text);
    field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

fn kept(status: &Status, which: Which) -> &str {
    let told = match which {
        Which::Ca => &status.workstation.ca,
        Which::Identity => &status.workstation.identity,
    };
    told.as_deref().unwrap_or_default()
}

fn is_beside_a_field(problem: &Problem) -> bool {
    matches!(
        problem.code.as_str(),
        "central-no-address" | "central-not-secure" | "ca-unreadable" | "identity-unreadable"
    )
}

/// What the officer wants of the central.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Its address.
    pub url: String,
    /// Its authority.
    pub ca: Certificate,
    /// The workstation's own certificate.
    pub identity: Certificate,
}

fn wish(status: &Status, local: &Local) -> Wish {
    let certificate = |typed: &Option<String>| match typed.as_deref().map(str::trim) {
        None => Certificate::Keep,
        Some("") => Certificate::Leave,
        Some(path) => Certificate::File {
            path: path.to_owned(),
        },
    };
    Wish {
        url: local.url.clone().unwrap_or_else(|| status.central.clone()),
        ca: certificate(&local.ca),
        identity: certificate(&local.identity),
    }
}
