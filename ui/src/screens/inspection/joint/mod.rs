//! The joint inspection: what each agency decided on each goods item, the slot, samples and readings, the unit's path,
//! and the common record with its signatures.

mod fields;
mod forms;
mod matrix;
mod measures;
mod pad;
mod path;
mod record;
mod sides;
mod slot;
mod typed;

pub use typed::scaled;

use egui::{Frame, Key, Margin, Modifiers, Panel, ScrollArea, Ui};
use outpost_domain::{EntryId, HoldId};
use outpost_protocol::Signer;

use crate::design::tokens::SIDE_PANEL;
use crate::design::{SPACE_L, palette};
use crate::intent::SlotWish;
use crate::text::tr;

use super::act::Signing;
use super::shell::{self, Done, Shell};
use super::{Form, Open, Purpose, Screen, View};

pub use fields::Fields;

/// A form of the joint inspection.
#[derive(Debug)]
pub struct Joint {
    /// The form.
    pub form: Form<Fields>,
}

/// Shows the tab.
pub fn show(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let p = palette(ui);
    let side = Panel::right("joint-side")
        .exact_size(SIDE_PANEL + SPACE_L)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(p.background))
        .show(ui, |ui| {
            scroll(ui, "joint-side", |ui| {
                slot::show(screen, ui, view);
                record::show(screen, ui, view);
            });
        });
    ui.painter().vline(
        side.response.rect.left(),
        side.response.rect.y_range(),
        p.hairline(),
    );
    scroll(ui, "joint", |ui| {
        matrix::show(screen, ui, view);
        measures::show(screen, ui, view);
        path::show(ui, view);
    });
}

fn scroll(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical()
        .id_salt(name)
        .auto_shrink(false)
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(Margin::same(SPACE_L as i8))
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = SPACE_L;
                    add(ui);
                });
        });
}

/// The tab's keys and what they open.
const KEYS: [(Key, Wanted); 8] = [
    (Key::N, Wanted::Slot),
    (Key::A, Wanted::Answer),
    (Key::Y, Wanted::Sample),
    (Key::R, Wanted::Reading),
    (Key::T, Wanted::Treatment),
    (Key::E, Wanted::Seal),
    (Key::U, Wanted::Sides),
    (Key::G, Wanted::Sign),
];

/// What the tab can open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A slot, or another one.
    Slot,
    /// The slot at the time that another agency would rather have.
    Wish,
    /// An answer to the slot.
    Answer,
    /// An agency did not come.
    NoShow,
    /// A sample.
    Sample,
    /// A step of a sample.
    Moved(EntryId),
    /// A laboratory result.
    Reported(EntryId),
    /// A reading.
    Reading,
    /// A treatment.
    Treatment,
    /// A new seal.
    Seal,
    /// The unit's sides.
    Sides,
    /// The conclusion of the record.
    Conclude,
    /// A signature under it.
    Sign,
    /// A missing signature.
    Missing,
    /// The signature of one who is no officer.
    Party,
    /// A hold of another agency is to go.
    Override(HoldId),
    /// The second signature under an override.
    Confirm(EntryId),
    /// A release is taken back.
    TakeBack,
}

/// Carries out the tab's keys; says whether one was pressed.
pub fn keys(screen: &mut Screen, ui: &Ui, view: &View<'_>) -> bool {
    for (key, wanted) in KEYS {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            open(screen, view, turned(view, wanted));
            return true;
        }
    }
    false
}

/// The convener has nothing to answer: the answer's key takes the time that another agency would rather have.
fn turned(view: &View<'_>, wanted: Wanted) -> Wanted {
    let convener = view.agency().is_some() && view.agency() == view.inspection().convener();
    if wanted == Wanted::Answer && convener && fields::wish(view).is_some() {
        Wanted::Wish
    } else {
        wanted
    }
}

/// Opens a form, or says why there is none to open.
pub fn open(screen: &mut Screen, view: &View<'_>, wanted: Wanted) {
    match Fields::new(view, wanted) {
        Ok(fields) => {
            let form = Form::open(fields.key(), fields, &screen.drafts);
            screen.open = Open::Joint(Joint { form });
        }
        Err(reason) => screen.problem = Some(reason),
    }
}

/// Opens the form for a slot with a place and time that somebody else's calendar told. What was typed there before
/// gives way to it; the officer sees it before it is recorded.
pub fn open_slot(screen: &mut Screen, view: &View<'_>, wish: &SlotWish) {
    open(screen, view, Wanted::Slot);
    if let Open::Joint(joint) = &mut screen.open {
        joint.form.value.wish(view, wish);
    }
}

/// Shows the form that is open.
pub fn dialog(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let Open::Joint(joint) = &mut screen.open else {
        return;
    };
    let form = &mut joint.form;
    let photos = &mut screen.photos;
    if let Some(kept) = form.value.photos_mut() {
        photos.hand_over(kept);
    }
    let reading = photos.busy();
    let (title, act) = form.value.words();
    let shell = Shell {
        grave: form.value.is_grave(),
        ..Shell::new(&title, &act)
    };
    let done = shell::show(
        ui,
        form,
        shell,
        |ui, form| forms::show(ui, view, form, photos),
        |form| {
            if reading {
                return Some(tr("photos-reading"));
            }
            form.value.against(view)
        },
    );
    form.keep(ui, &mut screen.drafts);
    if done == Done::Send
        && form.sending.is_none()
        && let Ok(body) = form.value.body(view)
    {
        let purpose = Purpose::Form(form.key.clone());
        let by: Option<Signer> = form.value.signer();
        let signing = Signing {
            by,
            ..Signing::default()
        };
        form.sending = Some(screen.acts.sign(view, purpose, body, signing));
        return;
    }
    screen.finish(done);
}
