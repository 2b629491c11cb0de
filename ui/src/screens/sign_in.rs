//! Signing in: who is at the workstation, and the store's passphrase where there is no keyring.

use egui::accesskit::Role;
use egui::{
    Align, CentralPanel, CornerRadius, Frame, Id, Key, Layout, Margin, Rect, ScrollArea, Sense,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use outpost_domain::{Officer, OfficerId};
use outpost_protocol::{Status, StoreState};

use crate::design::agency::{self, Mark};
use crate::design::card::card;
use crate::design::notice::banner;
use crate::design::words::{hint, label, paint_line, paragraph};
use crate::design::{
    Button, Field, RADIUS, SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS, Tone, Type, blank,
    focus_ring, icons, palette,
};
use crate::intent::Intent;
use crate::model::Model;
use crate::screens::settings::central;
use crate::text::{tr, tr_args, tr_code, tr_problem};

/// Width of the page's column, points.
const MEASURE: f32 = 560.0;
/// The shortest passphrase for a new store, characters.
const SHORTEST_PASSPHRASE: usize = 12;

/// What only this screen knows.
#[derive(Debug, Default)]
pub struct Local {
    picked: Option<OfficerId>,
    pin: String,
    passphrase: String,
    again: String,
    focus: bool,
    complaint: Option<String>,
}

impl Local {
    /// Forgets what was typed; to be called as soon as it is sent.
    pub fn forget_secrets(&mut self) {
        self.pin.clear();
        self.passphrase.clear();
        self.again.clear();
    }

    /// Picks an officer beforehand: who was signed in when the session ended.
    pub const fn pick(&mut self, officer: OfficerId) {
        self.picked = Some(officer);
        self.focus = true;
    }
}

/// Shows the screen; `busy` while the desk checks what was entered.
pub fn show(
    ui: &mut Ui,
    model: &Model,
    local: &mut Local,
    central: &mut central::Local,
    busy: bool,
    again: bool,
) -> Vec<Intent> {
    let mut intents = Vec::new();
    let p = palette(ui);
    CentralPanel::default()
        .frame(
            Frame::new()
                .fill(p.background)
                .inner_margin(Margin::same(SPACE_L as i8)),
        )
        .show(ui, |ui| {
            let Some(status) = &model.status else {
                return;
            };
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                ui.vertical_centered(|ui| {
                    ui.add_space((ui.ctx().content_rect().height() * 0.1).max(SPACE_L));
                    ui.set_max_width(MEASURE);
                    ui.with_layout(Layout::top_down(Align::Min), |ui| {
                        ui.spacing_mut().item_spacing.y = SPACE_M;
                        title(ui, status);
                        if status.store == StoreState::Open && status.officers.is_empty() {
                            no_officers(ui, model, status, central, &mut intents);
                        } else {
                            page(ui, model, status, local, busy, &mut intents);
                        }
                        if again && ui.add(Button::quiet(&tr("sign-in-later"))).clicked() {
                            intents.push(Intent::CancelSignIn);
                        }
                    });
                });
            });
        });
    if again && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape)) {
        intents.push(Intent::CancelSignIn);
    }
    intents
}

fn title(ui: &mut Ui, status: &Status) {
    label(ui, tr("product"), Type::Hero);
    let words = match &status.post {
        Some(post) => tr_args("sign-in-post", &[("post", post.name.clone().into())]),
        None => tr("sign-in-no-post"),
    };
    hint(ui, words);
    ui.add_space(SPACE_S);
}

fn page(
    ui: &mut Ui,
    model: &Model,
    status: &Status,
    local: &mut Local,
    busy: bool,
    intents: &mut Vec<Intent>,
) {
    match &status.store {
        StoreState::Failed { problem } => {
            banner(ui, &tr_problem(problem), Tone::Red);
            // The keyring may still answer; nobody has to be told.
            if problem.code != "keyring-waits" {
                let ink = palette(ui).ink_2;
                paragraph(ui, tr("store-failed-why"), Type::Body, ink);
            }
        }
        StoreState::Locked => passphrase(ui, model, local, busy, false, intents),
        StoreState::NeedsNewPassphrase => passphrase(ui, model, local, busy, true, intents),
        StoreState::Open => officers(ui, model, status, local, busy, intents),
    }
}

/// The store is open and nobody may sign in yet: the officers come with the first exchange.
fn no_officers(
    ui: &mut Ui,
    model: &Model,
    status: &Status,
    central: &mut central::Local,
    intents: &mut Vec<Intent>,
) {
    if status.central.is_empty() {
        let ink = palette(ui).ink;
        paragraph(ui, tr("sign-in-no-central"), Type::Body, ink);
        card(ui, &tr("settings-central"), |ui| {
            central::show(ui, model, central, intents);
        });
        return;
    }
    if let outpost_protocol::Line::Down { problem, .. } = &status.line {
        banner(ui, &tr_problem(problem), Tone::Amber);
    }
    if let Some(problem) = &model.refused_entry {
        banner(ui, &tr_problem(problem), Tone::Red);
    }
    blank::none(ui, &tr("sign-in-nobody"));
    let send = tr("sign-in-try-now");
    if ui
        .add(Button::secondary(&send).icon(icons::ARROWS_CLOCKWISE))
        .clicked()
    {
        intents.push(Intent::SendNow);
    }
    ui.add_space(SPACE_S);
    card(ui, &tr("settings-central"), |ui| {
        central::show(ui, model, central, intents);
    });
}

fn complaint(ui: &mut Ui, model: &Model, local: &Local) {
    if let Some(words) = &local.complaint {
        banner(ui, words, Tone::Red);
    } else if let Some(problem) = &model.refused_entry {
        banner(ui, &tr_problem(problem), Tone::Red);
    }
}

fn passphrase(
    ui: &mut Ui,
    model: &Model,
    local: &mut Local,
    busy: bool,
    new: bool,
    intents: &mut Vec<Intent>,
) {
    let ink = palette(ui).ink;
    let why = if new {
        tr("store-new-why")
    } else {
        tr("store-locked-why")
    };
    paragraph(ui, why, Type::Body, ink);
    let name = tr("store-passphrase");
    let field = Field::new(&name)
        .secret()
        .limit(256)
        .show(ui, &mut local.passphrase);
    let mut entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    if new {
        let name = tr("store-passphrase-again");
        let field = Field::new(&name)
            .secret()
            .limit(256)
            .show(ui, &mut local.again);
        entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    }
    complaint(ui, model, local);
    let act = if new {
        tr("store-create")
    } else {
        tr("store-open")
    };
    let why_not = busy.then(|| tr("sign-in-busy"));
    let button = Button::primary(&act)
        .key("Enter")
        .disabled_because(why_not.as_deref());
    if (ui.add(button).clicked() || entered) && !busy {
        local.complaint = wrong_passphrase(local, new);
        if local.complaint.is_none() {
            intents.push(Intent::Unlock(local.passphrase.clone()));
            local.forget_secrets();
        }
    }
}

fn wrong_passphrase(local: &Local, new: bool) -> Option<String> {
    if local.passphrase.is_empty() {
        return Some(tr("store-passphrase-empty"));
    }
    if !new {
        return None;
    }
    if local.passphrase.chars().count() < SHORTEST_PASSPHRASE {
        return Some(tr_args(
            "store-passphrase-short",
            &[("count", SHORTEST_PASSPHRASE.into())],
        ));
    }
    (local.passphrase != local.again).then(|| tr("store-passphrase-differs"))
}

fn officers(
    ui: &mut Ui,
    model: &Model,
    status: &Status,
    local: &mut Local,
    busy: bool,
    intents: &mut Vec<Intent>,
) {
    label(ui, tr("sign-in-who"), Type::Strong);
    let width = (ui.available_width() - SPACE_S) / 2.0;
    for pair in status.officers.chunks(2) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = SPACE_S;
            for officer in pair {
                if person(ui, officer, local.picked == Some(officer.id), width) {
                    local.pick(officer.id);
                    local.complaint = None;
                }
            }
        });
    }
    let Some(picked) = status
        .officers
        .iter()
        .find(|officer| Some(officer.id) == local.picked)
    else {
        complaint(ui, model, local);
        return;
    };
    ui.add_space(SPACE_S);
    let name = tr_args("sign-in-pin", &[("name", picked.name.clone().into())]);
    let id = Id::unique("sign-in-pin");
    let field = Field::new(&name)
        .secret()
        .limit(32)
        .id(id)
        .show(ui, &mut local.pin);
    if let Some(pin) = &status.demonstration_pin {
        hint(
            ui,
            tr_args("sign-in-demonstration", &[("pin", pin.clone().into())]),
        );
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if std::mem::take(&mut local.focus) {
        field.request_focus();
    }
    complaint(ui, model, local);
    let act = tr("sign-in");
    let why_not = busy.then(|| tr("sign-in-busy"));
    let button = Button::primary(&act)
        .key("Enter")
        .disabled_because(why_not.as_deref());
    if (ui.add(button).clicked() || entered) && !busy {
        if local.pin.is_empty() {
            local.complaint = Some(tr("sign-in-pin-empty"));
            local.focus = true;
        } else {
            local.complaint = None;
            intents.push(Intent::SignIn(picked.id, local.pin.clone()));
            local.forget_secrets();
            local.focus = true;
        }
    }
}

/// An officer's card; says whether it was picked.
fn person(ui: &mut Ui, officer: &Officer, on: bool, width: f32) -> bool {
    let p = palette(ui);
    let (rect, response) =
        ui.allocate_exact_size(vec2(width, SPACE_XL * 2.0 + SPACE_S), Sense::click());
    let what = format!(
        "{} · {}",
        tr_code("agency", officer.agency),
        tr_code("role", officer.role)
    );
    response.widget_info(|| {
        WidgetInfo::selected(
            Role::RadioButton,
            true,
            on,
            format!("{}, {what}", officer.name),
        )
    });
    let fill = match (on, response.hovered()) {
        (true, _) => p.accent_wash,
        (false, true) => p.hover,
        (false, false) => p.panel,
    };
    let stroke = if on {
        egui::Stroke::new(1.5 * p.line_width, p.accent)
    } else {
        p.hairline()
    };
    ui.painter().rect(
        rect,
        CornerRadius::same(RADIUS),
        fill,
        stroke,
        StrokeKind::Inside,
    );
    let edge = agency::edge(ui);
    let square = Rect::from_center_size(
        pos2(rect.left() + SPACE_M + edge / 2.0, rect.center().y),
        vec2(edge, edge),
    );
    agency::paint(ui, square, officer.agency, Mark::Undecided);
    let left = square.right() + SPACE_M;
    let words = |top: f32, bottom: f32| {
        Rect::from_min_max(pos2(left, top), pos2(rect.right() - SPACE_S, bottom))
    };
    let middle = rect.center().y + 1.0;
    paint_line(
        ui,
        words(rect.top() + SPACE_S, middle),
        Align::Min,
        &officer.name,
        Type::Strong,
        p.ink,
    );
    paint_line(
        ui,
        words(middle, rect.bottom() - SPACE_S - SPACE_XS),
        Align::Min,
        &what,
        Type::Small,
        p.ink_2,
    );
    focus_ring(ui, rect, RADIUS, &response);
    response.clicked()
}
