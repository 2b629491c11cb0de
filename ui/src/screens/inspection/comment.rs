//! Comments: a word of a supervisor or a colleague, the first thing on the inspection until it was read, and the form
//! that writes one. The worklist writes with the same form.

use egui::{Align, Frame, Layout, Margin, ScrollArea, Ui};
use outpost_domain::{Audience, CommentRecord, EntryBody, OfficerId};
use serde::{Deserialize, Serialize};

use super::shell::{self, Done, Shell};
use super::{Form, Open, Purpose, Screen, View};
use crate::design::card::tinted;
use crate::design::field::select;
use crate::design::words::{label_2, paragraph, words};
use crate::design::{
    Button, Chip, Field, SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Tone, Type, icons, palette,
};
use crate::moment::time_or_date;
use crate::text::{tr, tr_args, tr_code};

/// Under which name what is typed is kept.
pub const KEY: &str = "comment";

/// The most room that comments take from the page, points.
const MOST: f32 = 220.0;

/// What is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentFields {
    /// The word.
    pub text: String,
    /// Who may read it.
    pub audience: Audience,
    /// To whom.
    pub to: Option<OfficerId>,
}

impl CommentFields {
    /// An empty word for the own agency, to the one colleague who has the inspection in hand.
    pub fn new(view: &View<'_>) -> Self {
        let assigned = &view.state().assigned_to;
        let own = officers(view, Audience::OwnAgency);
        let mut colleagues = own.iter().filter(|(id, _)| assigned.contains(id));
        let to = match (colleagues.next(), colleagues.next()) {
            (Some((only, _)), None) => Some(*only),
            _ => None,
        };
        Self {
            text: String::new(),
            audience: Audience::OwnAgency,
            to,
        }
    }

    /// The entry.
    pub fn body(&self) -> EntryBody {
        EntryBody::CommentWritten {
            text: self.text.trim().to_owned(),
            audience: self.audience,
            to: self.to,
        }
    }
}

/// Colleagues to whom a comment can be written, by name.
fn officers(view: &View<'_>, audience: Audience) -> Vec<(OfficerId, String)> {
    let Some(me) = view.officer() else {
        return Vec::new();
    };
    let concerned = |agency| match audience {
        Audience::OwnAgency => agency == me.agency,
        Audience::Concerned => view.state().section(agency).is_some(),
    };
    let others = view.status.officers.iter();
    others
        .filter(|o| o.id != me.id && concerned(o.agency))
        .map(|o| {
            let words = format!("{} · {}", o.name, tr_code("agency", o.agency));
            (o.id, words)
        })
        .collect()
}

/// Opens the form.
pub fn open(screen: &mut Screen, view: &View<'_>) {
    let form = Form::open(KEY, CommentFields::new(view), &screen.drafts);
    screen.open = Open::Comment(form);
}

/// Shows the form; says what the officer did with it.
pub fn show(ui: &mut Ui, view: &View<'_>, form: &mut Form<CommentFields>) -> Done {
    let (title, act) = (tr("comment-title"), tr("comment-act"));
    shell::show(
        ui,
        form,
        Shell::new(&title, &act),
        |ui, form| fields(ui, view, form),
        |form| view.refusal(&form.value.body()),
    )
}

fn fields(ui: &mut Ui, view: &View<'_>, form: &mut Form<CommentFields>) {
    let response = Field::area(&tr("comment-text"), 4).show(ui, &mut form.value.text);
    form.focus_first(&response);
    label_2(ui, tr("comment-audience"), Type::SmallMedium);
    ui.horizontal_wrapped(|ui| {
        for audience in Audience::ALL {
            let on = form.value.audience == *audience;
            if ui
                .add(Chip::new(&audience_words(view, *audience), on))
                .clicked()
            {
                form.value.audience = *audience;
            }
        }
    });
    let known = officers(view, form.value.audience);
    if !known.iter().any(|(id, _)| Some(*id) == form.value.to) {
        form.value.to = None;
    }
    let mut options = vec![(None, tr("comment-to-anybody"))];
    options.extend(known.into_iter().map(|(id, name)| (Some(id), name)));
    select(
        ui,
        "comment-to",
        &tr("comment-to"),
        &mut form.value.to,
        &options,
    );
}

/// Who may read a comment, in words.
fn audience_words(view: &View<'_>, audience: Audience) -> String {
    let agency = view.agency().map(|a| tr_code("agency", a));
    match audience {
        Audience::OwnAgency => {
            let agency = agency.unwrap_or_default();
            tr_args("comment-own", &[("agency", agency.into())])
        }
        Audience::Concerned => tr("comment-all"),
    }
}

/// Shows the form that is open.
pub fn dialog(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let Open::Comment(form) = &mut screen.open else {
        return;
    };
    let done = show(ui, view, form);
    form.keep(ui, &mut screen.drafts);
    if done == Done::Send && form.sending.is_none() {
        let body = form.value.body();
        form.send(view, &mut screen.acts, body);
        return;
    }
    screen.finish(done);
}

/// The comments that nobody acknowledged, oldest first.
pub fn unread<'a>(view: &View<'a>) -> Vec<&'a CommentRecord> {
    let comments = view.state().comments.iter();
    comments.filter(|c| c.read.is_none()).collect()
}

/// Shows what was not read, above everything else of the inspection.
pub fn bands(screen: &mut Screen, ui: &mut Ui, view: &View<'_>) {
    let comments = unread(view);
    if comments.is_empty() {
        return;
    }
    let busy = screen.acts.recording();
    let mut read = None;
    egui::Panel::top("comments")
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().inner_margin(Margin::symmetric(SPACE_L as i8, SPACE_S as i8)))
        .show(ui, |ui| {
            ScrollArea::vertical()
                .id_salt("comments")
                .max_height(MOST)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = SPACE_S;
                    for (index, comment) in comments.iter().enumerate() {
                        if band(ui, view, comment, index == 0 && !busy) {
                            read = Some(comment.entry);
                        }
                    }
                });
        });
    if let Some(comment) = read.filter(|_| !busy) {
        acknowledge(screen, view, comment);
    }
}

/// Acknowledges the first comment that is for the signed-in officer.
pub fn acknowledge_first(screen: &mut Screen, view: &View<'_>) {
    let first = unread(view).into_iter().find(|c| is_mine(view, c));
    match first {
        Some(comment) if !screen.acts.recording() => acknowledge(screen, view, comment.entry),
        Some(_) => {}
        None => screen.problem = Some(tr("comment-none")),
    }
}

fn acknowledge(screen: &mut Screen, view: &View<'_>, comment: outpost_domain::EntryId) {
    let body = EntryBody::CommentAcknowledged { comment };
    screen.acts.record(view, Purpose::OneClick, body);
}

fn is_mine(view: &View<'_>, comment: &CommentRecord) -> bool {
    view.officer().is_some_and(|me| comment.is_for(me))
}

/// One comment; says whether it was acknowledged. `keyed` shows the key.
fn band(ui: &mut Ui, view: &View<'_>, comment: &CommentRecord, keyed: bool) -> bool {
    let mine = is_mine(view, comment);
    let tone = if mine { Tone::Accent } else { Tone::Neutral };
    let mut read = false;
    tinted(ui, tone, |ui| {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = SPACE_M;
            let p = palette(ui);
            words(ui, icons::CHAT_TEXT, Type::Icon, p.tone(tone));
            let act = tr("comment-read");
            let button = Button::primary(&act);
            let button = if keyed { button.key("Ctrl+R") } else { button };
            let room = if mine {
                button.width(ui) + SPACE_M
            } else {
                0.0
            };
            let width = (ui.available_width() - room).max(0.0);
            ui.allocate_ui(egui::vec2(width, 0.0), |ui| {
                ui.vertical(|ui| {
                    ui.set_width(width);
                    ui.spacing_mut().item_spacing.y = SPACE_XS;
                    said(ui, view, comment);
                });
            });
            if mine {
                ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                    read = ui.add(button).clicked();
                });
            }
        });
    });
    read
}

/// A comment's words, who wrote them, to whom, and who may read them.
pub fn said(ui: &mut Ui, view: &View<'_>, comment: &CommentRecord) {
    let p = palette(ui);
    paragraph(ui, &comment.text, Type::Medium, p.ink);
    let agency = tr_code("agency", comment.agency);
    let to = to_words(view, comment.to);
    let may = match comment.audience {
        Audience::OwnAgency => tr_args("comment-own", &[("agency", agency.clone().into())]),
        Audience::Concerned => tr("comment-all"),
    };
    let args = [
        ("by", comment.by.clone().into()),
        ("agency", agency.into()),
        ("time", time_or_date(comment.at, view.now, view.zone).into()),
        ("to", to.into()),
        ("audience", may.into()),
    ];
    paragraph(ui, tr_args("comment-by", &args), Type::Small, p.ink_2);
}

/// To whom a comment is, in words.
pub fn to_words(view: &View<'_>, to: Option<OfficerId>) -> String {
    match to {
        Some(id) => view.officer_name(id),
        None => tr("comment-to-anybody"),
    }
}
