//! The frame of every form: a dialog with its fields, what stands against sending it, and the same three buttons.

use egui::{Key, Modifiers, ScrollArea, Ui};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::design::dialog::{buttons, dialog};
use crate::design::words::{hint, paragraph};
use crate::design::{Button, SPACE_M, SPACE_S, Tone, Type, notice, palette};
use crate::text::tr;

use super::Form;

/// What the officer did with a form in this frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Nothing yet.
    Open,
    /// Wants it recorded.
    Send,
    /// Wants it closed; what was typed stays as a draft.
    Close,
    /// Wants it closed and what was typed thrown away.
    Discard,
}

/// What a form's frame says.
#[derive(Debug, Clone, Copy)]
pub struct Shell<'a> {
    /// Title of the dialog.
    pub title: &'a str,
    /// Words on the button that records.
    pub act: &'a str,
    /// Width, points.
    pub width: f32,
    /// Whether the act goes against the goods.
    pub grave: bool,
}

impl<'a> Shell<'a> {
    /// A form of the usual width.
    pub const fn new(title: &'a str, act: &'a str) -> Self {
        Self {
            title,
            act,
            width: WIDTH,
            grave: false,
        }
    }
}

/// Usual width of a form.
const WIDTH: f32 = 560.0;

/// The highest that a form's fields get before they scroll, as a share of the window.
const SHARE: f32 = 0.68;

/// Shows a form. `fields` draws it; `against` says why it cannot be recorded as it stands.
pub fn show<T: Clone + PartialEq + Serialize + DeserializeOwned>(
    ui: &mut Ui,
    form: &mut Form<T>,
    shell: Shell<'_>,
    fields: impl FnOnce(&mut Ui, &mut Form<T>),
    against: impl FnOnce(&Form<T>) -> Option<String>,
) -> Done {
    let key = form.key.clone();
    let output = dialog(ui, ("form", key), shell.title, shell.width, |ui| {
        let height = ui.ctx().content_rect().height() * SHARE;
        ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = SPACE_M;
                ui.add_enabled_ui(form.sending.is_none(), |ui| fields(ui, form));
            });
        let against = against(form);
        foot(ui, form, shell, against)
    });
    if output.close && output.inner == Done::Open {
        Done::Close
    } else {
        output.inner
    }
}

fn foot<T: Clone + PartialEq + Serialize + DeserializeOwned>(
    ui: &mut Ui,
    form: &Form<T>,
    shell: Shell<'_>,
    against: Option<String>,
) -> Done {
    let p = palette(ui);
    if let Some(problem) = &form.problem {
        ui.add_space(SPACE_S);
        notice::banner(ui, problem, Tone::Red);
    }
    ui.add_space(SPACE_S);
    match (&against, form.sending) {
        (_, Some(_)) => {
            hint(ui, tr("form-saving"));
        }
        (Some(reason), None) => {
            paragraph(ui, reason, Type::Small, p.ink_2);
        }
        (None, None) => {
            hint(
                ui,
                tr(if form.touched() {
                    "form-kept"
                } else {
                    "form-ready"
                }),
            );
        }
    }
    let blocked = against.or_else(|| form.sending.map(|_| tr("form-saving")));
    let wanted = blocked.is_none()
        && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    let mut done = if wanted { Done::Send } else { Done::Open };
    buttons(ui, |ui| {
        let act = if shell.grave {
            Button::danger(shell.act)
        } else {
            Button::primary(shell.act)
        };
        if ui
            .add(act.key("Ctrl+Enter").disabled_because(blocked.as_deref()))
            .clicked()
        {
            done = Done::Send;
        }
        if ui.add(Button::secondary(&tr("form-close"))).clicked() {
            done = Done::Close;
        }
        if form.touched() && ui.add(Button::quiet(&tr("form-discard"))).clicked() {
            done = Done::Discard;
        }
    });
    done
}
