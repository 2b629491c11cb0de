//! Notices to terminals and operators: that goods are held and why, that they are released and which of them.

use outpost_domain::{Inspection, Openness, ReleaseBlock, State, release_blocks};

use crate::paper::{Block, DocumentError, Lines, Page, Paper, Part, line};
use crate::sections::{self, HOLD_HEAD};
use crate::words::Words;

/// The notice that goods may not go, with every reason in words.
///
/// # Errors
/// [`DocumentError::NothingHeld`] when the goods are released.
pub fn hold_notice(
    inspection: &Inspection,
    state: &State,
    paper: &Paper<'_>,
) -> Result<String, DocumentError> {
    if state.openness == Openness::Released {
        return Err(DocumentError::NothingHeld);
    }
    let words = paper.words();
    let mut page = notice(
        "hold-notice",
        "doc-hold-title",
        inspection,
        state,
        paper,
        &words,
    );
    let reasons = reasons(state, &words);
    let open = state.open_holds().map(|h| sections::hold(h, &words));
    page.parts.push(Part::new(
        &words,
        "doc-why-held",
        vec![Block::List(reasons)],
    ));
    let holds = Part::table(&words, "doc-holds-open", HOLD_HEAD, open.collect());
    if !holds.blocks.is_empty() {
        page.parts.push(holds);
    }
    page.parts.push(sections::matrix(inspection, state, &words));
    page.parts.push(sections::codes(inspection, state, &words));
    page.write()
}

/// The notice that goods, or some items of them, may go; or that a release was taken back.
///
/// # Errors
/// [`DocumentError::NotReleased`] when nothing was released.
pub fn release_notice(
    inspection: &Inspection,
    state: &State,
    paper: &Paper<'_>,
) -> Result<String, DocumentError> {
    let may_go = |o: Openness| o == Openness::Released;
    let any = may_go(state.openness) || state.release.iter().any(|r| may_go(r.openness));
    if !any && state.withdrawal.is_none() {
        return Err(DocumentError::NotReleased);
    }
    let words = paper.words();
    let w = &words;
    let mut page = notice(
        "release-notice",
        "doc-release-title",
        inspection,
        state,
        paper,
        w,
    );
    if let Some(withdrawal) = &state.withdrawal {
        let said = w.say_with(
            "doc-withdrawn",
            &[
                ("agency", w.agency(withdrawal.agency)),
                ("who", withdrawal.by.clone()),
                ("at", w.moment(withdrawal.at)),
                ("reason", withdrawal.reason.clone()),
            ],
        );
        let part = Part::new(w, "doc-withdrawal", vec![Block::Words(said)]);
        page.parts.push(part);
    }
    if !state.release.is_empty() {
        let rows = state
            .release
            .iter()
            .map(|r| {
                vec![
                    sections::item(inspection, r.item),
                    line(w.code("openness", r.openness)),
                ]
            })
            .collect();
        let part = Part::table(w, "doc-which-items", &["doc-item", "doc-may-go"], rows);
        page.parts.push(part);
    }
    let reasons = reasons(state, w);
    if !reasons.is_empty() {
        let part = Part::new(w, "doc-what-stays", vec![Block::List(reasons)]);
        page.parts.push(part);
    }
    page.parts.push(sections::matrix(inspection, state, w));
    page.parts.push(sections::codes(inspection, state, w));
    page.write()
}

fn notice(
    kind: &'static str,
    title: &str,
    inspection: &Inspection,
    state: &State,
    paper: &Paper<'_>,
    w: &Words,
) -> Page {
    let title = w.say_with(title, &[("reference", inspection.reference.clone())]);
    let mut page = Page::new(kind, title, paper, w);
    page.of_record(inspection.id, state.record.hash, w);
    page.standing = Some(sections::standing(state.openness, w));
    let facts = sections::goods_facts(inspection, w);
    page.parts
        .push(Part::new(w, "doc-inspection", vec![Block::Facts(facts)]));
    page
}

/// Everything that keeps the goods, or some of them, from going.
fn reasons(state: &State, w: &Words) -> Lines {
    release_blocks(state)
        .into_iter()
        .map(|block| match block {
            ReleaseBlock::Hold(record) => {
                let hold = &record.hold;
                let mut told = vec![
                    w.say_with(
                        "doc-block-hold",
                        &[
                            ("agency", w.agency(hold.agency)),
                            ("type", w.code("hold-type", hold.hold_type)),
                            ("level", sections::level(&hold.level, w)),
                        ],
                    ),
                    w.code("hold-reason", hold.reason),
                ];
                crate::paper::push(&mut told, &hold.note);
                if let Some(review) = hold.review {
                    told.push(w.say_with("doc-review", &[("date", w.date(review))]));
                }
                told.join(", ")
            }
            ReleaseBlock::Undecided(agency) => {
                w.say_with("doc-block-undecided", &[("agency", w.agency(agency))])
            }
            ReleaseBlock::Refused(agency) => {
                w.say_with("doc-block-refused", &[("agency", w.agency(agency))])
            }
            ReleaseBlock::Withdrawn(withdrawal) => w.say_with(
                "doc-withdrawn",
                &[
                    ("agency", w.agency(withdrawal.agency)),
                    ("who", withdrawal.by.clone()),
                    ("at", w.moment(withdrawal.at)),
                    ("reason", withdrawal.reason.clone()),
                ],
            ),
        })
        .collect()
}
