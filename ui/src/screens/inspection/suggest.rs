//! What stands out on the radiograph, offered with its reason in words. Nothing of it is recorded without the officer:
//! one becomes a region only through the form that every region goes through.

use egui::{Key, Modifiers, Rect, Sense, Ui, pos2, vec2};
use outpost_domain::{Inspection, Scan};
use outpost_imaging::Material;
use outpost_imaging::suggest::{Declared, DeclaredItem, Reason, Suggestion};

use crate::design::card::card_with;
use crate::design::key::key_cap;
use crate::design::words::{paragraph, sentence};
use crate::design::{Button, SPACE_S, Tone, Type, blank, palette};
use crate::moment::decimal;
use crate::radiograph::{Control, Outline, Region};
use crate::text::{tr, tr_args, tr_code};

use super::reading::Reading;
use super::region::RegionForm;
use super::{Screen, View};

/// What the officer has seen of the suggestions for a scan.
#[derive(Debug, Default)]
pub struct Offered {
    /// Those that were put away, as places in the list.
    away: Vec<usize>,
    /// The one that is looked at.
    selected: Option<usize>,
}

/// What was declared of the goods in the unit that was scanned.
pub fn declared(inspection: &Inspection) -> Declared {
    let goods = &inspection.consignment.items;
    // With several units nobody says which packages are in which.
    let one = inspection.units.len() == 1;
    let items = goods.iter().map(|item| DeclaredItem {
        mass_kg: item.gross.0,
        packages: (one && item.packages > 0).then_some(item.packages),
        material: item.hs.as_ref().and_then(|hs| material(hs.chapter())),
    });
    Declared {
        empty: goods.is_empty(),
        items: items.collect(),
    }
}

/// What the goods of an HS chapter are made of for the most part, as two energies see it; `None` where a chapter has
/// of everything.
const fn material(chapter: u8) -> Option<Material> {
    match chapter {
        1..=24 | 39..=67 => Some(Material::Organic),
        25 | 26 | 68..=70 => Some(Material::Mixed),
        72..=83 => Some(Material::Metal),
        _ => None,
    }
}

impl Offered {
    /// Suggestions that are not put away, with their places.
    fn standing<'a>(
        &'a self,
        all: &'a [Suggestion],
    ) -> impl Iterator<Item = (usize, &'a Suggestion)> {
        let kept = |at: &usize| !self.away.contains(at);
        all.iter().enumerate().filter(move |(at, _)| kept(at))
    }

    /// As they are drawn over the image.
    pub fn regions(&self, all: &[Suggestion]) -> Vec<Region> {
        self.standing(all)
            .map(|(at, suggestion)| Region {
                outline: outline(suggestion),
                label: if self.selected == Some(at) {
                    tr_args("suggest-label", &[("what", short(suggestion).into())])
                } else {
                    String::new()
                },
                tone: Tone::Amber,
                selected: self.selected == Some(at),
                offered: true,
            })
            .collect()
    }

    /// The next one; after the last none.
    fn step(&mut self, all: &[Suggestion]) {
        let after = self.selected.map_or(0, |at| at + 1);
        let next = self.standing(all).map(|(at, _)| at).find(|at| *at >= after);
        self.selected = next;
    }
}

fn outline(suggestion: &Suggestion) -> Outline {
    let region = suggestion.region;
    Outline::Box(Rect::from_min_size(
        pos2(region.x as f32, region.y as f32),
        vec2(region.width as f32, region.height as f32),
    ))
}

/// What stands out, in few words.
fn short(suggestion: &Suggestion) -> String {
    tr_code("suggest", code(&suggestion.reason))
}

const fn code(reason: &Reason) -> &'static str {
    match reason {
        Reason::Denser { .. } => "denser",
        Reason::Lighter { .. } => "lighter",
        Reason::Material { .. } => "material",
        Reason::NotEmpty { .. } => "not-empty",
        Reason::Empty { .. } => "empty",
        Reason::MorePackages { .. } => "packages",
    }
}

/// Why, with the numbers that say so.
fn why(reason: &Reason) -> String {
    let two = |value: f32| decimal(f64::from(value), 2);
    let percent = |share: f32| decimal(f64::from(share) * 100.0, 0);
    let key = format!("suggest-why-{}", code(reason));
    let args = match reason {
        Reason::Denser {
            attenuation, usual, ..
        }
        | Reason::Lighter {
            attenuation, usual, ..
        } => vec![
            ("seen", two(*attenuation).into()),
            ("usual", two(*usual).into()),
        ],
        Reason::Material { seen, share } => vec![
            ("material", tr_code("material", kind(*seen)).into()),
            ("share", percent(*share).into()),
        ],
        Reason::NotEmpty { filled } => vec![("share", percent(*filled).into())],
        Reason::Empty {
            filled,
            declared_kg,
        } => vec![
            ("share", percent(*filled).into()),
            ("kg", decimal(*declared_kg, 0).into()),
        ],
        Reason::MorePackages { declared, counted } => vec![
            ("declared", (*declared).into()),
            ("counted", (*counted).into()),
        ],
    };
    tr_args(&key, &args)
}

const fn kind(material: Material) -> &'static str {
    match material {
        Material::Organic => "organic",
        Material::Mixed => "mixed",
        Material::Metal => "metal",
    }
}

/// The keys of the one that is looked at; says whether one was heard.
pub fn keys(reading: &mut Reading, ui: &Ui) -> bool {
    if reading.offered.selected.is_none() {
        return false;
    }
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::Enter) {
        reading.mark_suggestion = true;
    } else if pressed(Key::Backspace) {
        put_away(reading);
    } else {
        return false;
    }
    true
}

fn put_away(reading: &mut Reading) {
    let offered = &mut reading.offered;
    offered.away.extend(offered.selected);
    next(reading);
}

/// Goes to the next suggestion and shows it.
pub fn next(reading: &mut Reading) {
    let all = reading.bench.suggestions().to_vec();
    reading.offered.step(&all);
    if let Some(one) = reading.offered.selected.and_then(|at| all.get(at)) {
        reading.look_at_part(outline(one).bounds());
    }
}

/// Makes a region of the suggestion that is looked at: its form opens with the place and the reason filled in.
pub fn mark(screen: &mut Screen, scan: &Scan) {
    let reading = &mut screen.reading;
    if !std::mem::take(&mut reading.mark_suggestion) {
        return;
    }
    let all = reading.bench.suggestions().to_vec();
    let Some((at, one)) = reading
        .offered
        .selected
        .and_then(|at| Some((at, all.get(at)?)))
    else {
        return;
    };
    let mut form = RegionForm::new(scan.blob, &outline(one), &screen.drafts);
    form.say(&why(&one.reason));
    reading.form = Some(form);
    reading.offered.away.push(at);
    reading.offered.selected = None;
}

/// The card of suggestions.
pub fn card(reading: &mut Reading, ui: &mut Ui, view: &View<'_>) {
    if view.suggestions_off() {
        return;
    }
    let all = reading.bench.suggestions().to_vec();
    let standing: Vec<_> = reading.offered.standing(&all).collect();
    if !reading.bench.has_suggested() {
        return;
    }
    let title = tr_args("suggest-title", &[("n", standing.len().into())]);
    let selected = reading.offered.selected;
    let (mut chosen, mut marked, mut away) = (None, false, false);
    card_with(
        ui,
        &title,
        |ui| {
            let key = Control::Suggest.key().symbol_or_name();
            key_cap(ui, key).on_hover_text(tr("act-read-suggest"));
        },
        |ui| {
            if standing.is_empty() {
                blank::none(ui, &tr("suggest-none"));
            }
            for (at, suggestion) in &standing {
                let p = palette(ui);
                let on = selected == Some(*at);
                let row = ui.vertical(|ui| {
                    let words = short(suggestion);
                    sentence(ui, &[(&words, Type::Strong, p.amber)]);
                    paragraph(ui, why(&suggestion.reason), Type::Small, p.ink_2);
                });
                if row.response.interact(Sense::click()).clicked() && !on {
                    chosen = Some(*at);
                }
                if on {
                    ui.horizontal_wrapped(|ui| {
                        ui.spacing_mut().item_spacing = vec2(SPACE_S, SPACE_S);
                        let words = tr("suggest-mark");
                        marked |= ui.add(Button::secondary(&words).key("Enter")).clicked();
                        let words = tr("suggest-away");
                        away |= ui.add(Button::secondary(&words)).clicked();
                    });
                }
            }
            let p = palette(ui);
            paragraph(ui, tr("suggest-help"), Type::Small, p.ink_2);
        },
    );
    if let Some(at) = chosen {
        reading.offered.selected = Some(at);
        if let Some(one) = all.get(at) {
            reading.look_at_part(outline(one).bounds());
        }
    }
    if marked {
        reading.mark_suggestion = true;
    }
    if away {
        put_away(reading);
    }
}
