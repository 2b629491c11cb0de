//! What is known of the selected file, and where it may go.

use egui::{Frame, Image, Margin, Panel, ScrollArea, Ui, vec2};
use outpost_domain::Fit;
use outpost_protocol::{FileOffer, Opened};

use crate::design::card::{card, hairline};
use crate::design::field::fact;
use crate::design::words::{hint, label, label_2, paragraph};
use crate::design::{Button, SPACE_L, SPACE_M, SPACE_S, SPACE_XS, Tone, Type, icons, palette};
use crate::intake::{Found, Group, Seen, Taking, shown_path, to, written};
use crate::intent::Intent;
use crate::model::Model;
use crate::moment::{decimal, short_date, time};
use crate::text::{tr, tr_args, tr_code};

use super::words;
use super::{Local, Small, Wish, obvious};

/// Room for the names of facts, points.
const NAMES: f32 = 110.0;
/// Wider than this, picture and facts stand beside where it goes, points.
const TWO_COLUMNS: f32 = 500.0;
/// The highest that the picture gets, points.
const PICTURE: f32 = 190.0;

/// Shows it in this panel.
pub fn show(
    ui: &mut Ui,
    panel: Panel,
    local: &Local,
    model: &Model,
    open: Option<&Opened>,
    intents: &mut Vec<Intent>,
) {
    let Some(found) = local.basket.chosen() else {
        return;
    };
    let p = palette(ui);
    let shown = panel
        .resizable(false)
        .show_separator_line(false)
        .frame(
            Frame::new()
                .fill(p.background)
                .inner_margin(Margin::same(SPACE_L as i8)),
        )
        .show(ui, |ui| {
            ScrollArea::vertical()
                .id_salt("import-detail")
                .auto_shrink(false)
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = SPACE_M;
                    if ui.available_width() < TWO_COLUMNS {
                        picture(ui, local, found);
                        where_to(ui, found, open, intents);
                        facts(ui, local, found, model);
                        return;
                    }
                    // Under the list: the act stays in sight, the picture beside it.
                    ui.columns(2, |halves| {
                        where_to(&mut halves[0], found, open, intents);
                        halves[1].vertical(|ui| {
                            ui.spacing_mut().item_spacing.y = SPACE_M;
                            picture(ui, local, found);
                            facts(ui, local, found, model);
                        });
                    });
                });
        });
    let rect = shown.response.rect;
    ui.painter()
        .vline(rect.left(), rect.y_range(), p.hairline());
    ui.painter().hline(rect.x_range(), rect.top(), p.hairline());
}

fn picture(ui: &mut Ui, local: &Local, found: &Found) {
    let Some((_, small)) = local.small.as_ref().filter(|(key, _)| *key == found.key) else {
        return;
    };
    match small {
        Small::Asked => drop(hint(ui, tr("import-picture-coming"))),
        Small::None(why) => {
            let red = palette(ui).red;
            paragraph(ui, words::refused(why), Type::Small, red);
        }
        Small::Here(texture) => {
            let room = vec2(ui.available_width(), PICTURE);
            let words = tr_args("import-picture", &[("name", found.name.clone().into())]);
            ui.add(Image::new(texture).max_size(room).alt_text(words));
        }
    }
}

/// The inspections that it may be of, each with the reason and a button.
fn where_to(ui: &mut Ui, found: &Found, open: Option<&Opened>, intents: &mut Vec<Intent>) {
    let (state, tone, why) = words::state(found);
    card(ui, &tr("import-where"), |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_S;
        let p = palette(ui);
        if found.offers().is_empty() || found.group() == Group::Done {
            let ink = if tone == Tone::Neutral {
                p.ink
            } else {
                p.tone(tone)
            };
            let words = if why.is_empty() { &state } else { &why };
            paragraph(ui, words, Type::Body, ink);
        } else if matches!(found.taking, Taking::Failed(_)) {
            paragraph(ui, &why, Type::Body, p.red);
        }
        if found.group() == Group::Done || found.taking == Taking::OnItsWay {
            return;
        }
        let enter = obvious(found).map(|wanted| wanted.inspection);
        for (index, offer) in found.offers().iter().enumerate() {
            if index > 0 {
                hairline(ui);
            }
            let first = enter == Some(offer.inspection);
            offered(ui, found, offer, first, intents);
        }
        let shown = |id| found.offers().iter().any(|offer| offer.inspection == id);
        if let Some(open) = open.filter(|o| found.seen().is_some() && !shown(o.inspection.id)) {
            hairline(ui);
            opened(ui, found, open, intents);
        }
    });
}

fn offered(ui: &mut Ui, found: &Found, offer: &FileOffer, first: bool, intents: &mut Vec<Intent>) {
    let p = palette(ui);
    label(ui, &offer.unit, Type::MonoStrong);
    let about = format!("{} · {}", offer.reference, offer.goods);
    paragraph(ui, about, Type::Small, p.ink_2);
    let ink = if offer.fit == Fit::Certain {
        p.green
    } else {
        p.amber
    };
    paragraph(ui, words::fits(offer.fit), Type::Small, ink);
    let take = tr("import-take");
    let button = if first {
        Button::primary(&take).icon(icons::CHECK).key("Enter")
    } else {
        Button::secondary(&take).icon(icons::CHECK)
    };
    if ui.add(button).clicked() {
        intents.push(Intent::Import(Wish::TakeTo(to(found.key, offer))));
    }
}

/// The inspection that was looked at last takes a file that names no unit, at the officer's word.
fn opened(ui: &mut Ui, found: &Found, open: &Opened, intents: &mut Vec<Intent>) {
    let inspection = &open.inspection;
    let first = inspection.units.first();
    let unit = first.map(|u| u.number.spaced()).unwrap_or_default();
    let p = palette(ui);
    label_2(ui, tr("import-open-inspection"), Type::SmallMedium);
    label(ui, &unit, Type::MonoStrong);
    paragraph(ui, tr("import-open-why"), Type::Small, p.ink_2);
    let take = tr("import-take-open");
    if ui.add(Button::secondary(&take).icon(icons::LINK)).clicked() {
        intents.push(Intent::Import(Wish::TakeTo(crate::intake::Wanted {
            key: found.key,
            inspection: inspection.id,
            version: inspection.version,
            unit,
        })));
    }
}

fn facts(ui: &mut Ui, local: &Local, found: &Found, model: &Model) {
    card(ui, &tr("import-file"), |ui| {
        ui.spacing_mut().item_spacing.y = SPACE_XS;
        let p = palette(ui);
        let root = local.watch.as_ref().map(|watch| watch.root.as_path());
        let path = found.file.path.as_path();
        let below = root.and_then(|root| path.strip_prefix(root).ok());
        let shown = shown_path(below.unwrap_or(path));
        paragraph(ui, shown, Type::Mono, p.ink);
        ui.add_space(SPACE_XS);
        let mut told = found.seen().map(|s| of_image(s, model)).unwrap_or_default();
        let (what, pixels) = words::what(found);
        told.insert(0, ("what", format!("{what} {pixels}")));
        told.push(("size", words::size(found)));
        if let Some(at) = written(&found.file) {
            told.push(("written", moment(at, model)));
        }
        for (name, value) in told {
            if !value.trim().is_empty() {
                fact(ui, &tr_code("import-fact", name), &value, Type::Body, NAMES);
            }
        }
    });
}

fn moment(at: jiff::Timestamp, model: &Model) -> String {
    let day = short_date(at.to_zoned(model.zone.clone()).date());
    format!("{day} {}", time(at, &model.zone))
}

/// What the image says of itself, each with its name.
fn of_image(seen: &Seen, model: &Model) -> Vec<(&'static str, String)> {
    let units: Vec<String> = seen
        .units
        .iter()
        .map(|(unit, from)| {
            let from = tr_code("import-from", from.code());
            format!("{} ({from})", unit.spaced())
        })
        .collect();
    let place = seen.place.map(|place| {
        let degrees = |value: f64| decimal(value, 5);
        format!("{}, {}", degrees(place.latitude), degrees(place.longitude))
    });
    let pitch = seen.pitch_mm.map(|mm| {
        let mm = decimal(f64::from(mm), 2);
        tr_args("import-pitch", &[("mm", mm.into())])
    });
    let taken = seen.taken_at.map(|at| moment(at, model));
    vec![
        ("unit", units.join(", ")),
        ("taken", taken.unwrap_or_default()),
        ("source", seen.source.clone()),
        ("site", seen.site.clone()),
        ("place", place.unwrap_or_default()),
        ("pitch", pitch.unwrap_or_default()),
    ]
}
