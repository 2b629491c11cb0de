//! Papers as a reader finds them: whatever names stand on them, in both languages, for every agency.
#![allow(clippy::unwrap_used)]

#[path = "../../../domain/tests/world/mod.rs"]
mod world;

mod busy;
mod calendar;
mod figures;
mod readers;

use jiff::Timestamp;
use outpost_documents::{
    DaySlot, DocumentError, Paper, Verdict, VerifyError, codes_as_json, day_sheet, hold_notice,
    joint_record, named, release_notice, sample_form, seal_report, verify_document,
};
use outpost_domain::*;
use proptest::prelude::*;
use roxmltree::{Document, Node, ParsingOptions};

use busy::HOSTILE;
use world::at;

/// For customs, printed in the evening of 23 November.
fn paper<'a>(language: PaperLanguage, post: &'a Post, by: &'a str) -> Paper<'a> {
    Paper {
        language,
        post,
        printed_for: Agency::Customs,
        printed_by: by,
        printed_at: at(12 * 3600),
    }
}

/// Every paper with `text` on it wherever text may stand: name and HTML.
pub fn papers(text: &str, language: PaperLanguage) -> Vec<(&'static str, String)> {
    let post = busy::post(text);
    let paper = paper(language, &post, text);
    let (inspection, concluded) = busy::concluded(text);
    let (other, withdrawn) = busy::withdrawn(text);
    let (third, released) = busy::released(text);
    let slot = busy::slot(text);
    let slots = [DaySlot {
        reference: text,
        unit: text,
        goods: text,
        concerned: &[Agency::Customs, Agency::Veterinary, Agency::Police],
        state: &slot,
    }];
    let day = "2026-11-23".parse().unwrap();
    vec![
        (
            "joint-record",
            joint_record(&inspection, &concluded, &busy::lists(text), &paper).unwrap(),
        ),
        (
            "joint-record-draft",
            joint_record(&other, &withdrawn, &[], &paper).unwrap(),
        ),
        (
            "hold-notice",
            hold_notice(&inspection, &concluded, &paper).unwrap(),
        ),
        (
            "release-notice",
            release_notice(&third, &released, &paper).unwrap(),
        ),
        (
            "release-notice-withdrawn",
            release_notice(&other, &withdrawn, &paper).unwrap(),
        ),
        (
            "sample-form",
            sample_form(&inspection, &concluded, &paper).unwrap(),
        ),
        (
            "seal-report",
            seal_report(&inspection, &concluded, &paper).unwrap(),
        ),
        ("shift-report", figures::shift(text, &paper)),
        ("day-sheet", day_sheet(day, &slots, &paper).unwrap()),
    ]
}

fn parsed(html: &str) -> Document<'_> {
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(html, options).unwrap()
}

/// The text within an element, without what isolates it from its neighbours.
fn text_of(node: Node<'_, '_>) -> String {
    node.descendants()
        .filter_map(|n| n.text().filter(|_| n.is_text()))
        .collect::<String>()
        .chars()
        .filter(|c| !matches!(c, '\u{2066}'..='\u{2069}'))
        .collect()
}

fn words_of(html: &str) -> String {
    let document = parsed(html);
    let body = document
        .descendants()
        .find(|n| n.has_tag_name("body"))
        .unwrap();
    text_of(body)
}

#[test]
fn hostile_names_stay_text_in_every_paper() {
    let elements = |html: &str| -> Vec<String> {
        parsed(html)
            .descendants()
            .filter(Node::is_element)
            .map(|n| n.tag_name().name().to_owned())
            .collect()
    };
    for language in PaperLanguage::ALL {
        let plain = papers("Plain Name", *language);
        for name in HOSTILE {
            for ((kind, html), (_, plain)) in papers(name, *language).iter().zip(&plain) {
                assert_eq!(elements(html), elements(plain), "{kind} with {name:?}");
                let document = parsed(html);
                let handler = document
                    .descendants()
                    .flat_map(|n| n.attributes())
                    .find(|a| a.name().starts_with("on") || a.name() == "src");
                assert!(handler.is_none(), "{kind}: {handler:?}");
                assert!(!html.contains('\u{202E}'), "{kind} turns text around");
            }
        }
    }
}

#[test]
fn a_name_in_another_script_is_on_the_paper_as_it_was_written() {
    for (kind, html) in papers("شركة النور · 上海远洋", PaperLanguage::French) {
        assert!(words_of(&html).contains("شركة النور · 上海远洋"), "{kind}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn whatever_a_name_is_every_paper_is_well_formed(name in "\\PC{0,20}|[\\x00-\\u{2FFF}]{0,20}") {
        for (_, html) in papers(&name, PaperLanguage::English) {
            parsed(&html);
        }
    }
}

#[test]
fn no_paper_shows_a_key_instead_of_words_and_none_needs_anything_from_elsewhere() {
    for language in PaperLanguage::ALL {
        for (kind, html) in papers("Plain Name", *language) {
            let words = words_of(&html);
            assert!(!words.contains("doc-"), "{kind}: a key instead of words");
            assert!(
                !html.contains("http:") && !html.contains("https:"),
                "{kind}"
            );
            assert!(html.contains("default-src 'none'"), "{kind}");
            let document = parsed(&html);
            let root = document.root_element();
            assert_eq!(root.attribute("lang"), Some(language.code()), "{kind}");
            let scripts = ["script", "link", "img", "iframe", "object"];
            let foreign = document
                .descendants()
                .find(|n| scripts.contains(&n.tag_name().name()));
            assert!(foreign.is_none(), "{kind}: {foreign:?}");
        }
    }
}

#[test]
fn only_customs_papers_tell_why_the_unit_was_selected() {
    let post = busy::post("Kasumulu");
    let (inspection, concluded) = busy::concluded("Plain");
    let (other, released) = busy::released("Plain");
    for agency in Agency::ALL {
        let paper = Paper {
            printed_for: *agency,
            ..paper(PaperLanguage::English, &post, "A. Mwale")
        };
        let record = joint_record(&inspection, &concluded, &busy::lists("Plain"), &paper).unwrap();
        assert_eq!(
            record.contains("CRITERION-OF-RISK"),
            *agency == Agency::Customs,
            "{agency}"
        );
        assert_eq!(
            record.contains("drawn at random"),
            *agency == Agency::Customs,
            "{agency}"
        );
        for html in [
            hold_notice(&inspection, &concluded, &paper).unwrap(),
            release_notice(&other, &released, &paper).unwrap(),
        ] {
            assert!(!html.contains("CRITERION-OF-RISK"), "{agency}");
        }
    }
    let codes = codes_as_json(&inspection, &concluded).to_string();
    assert!(!codes.contains("CRITERION-OF-RISK"));
}

#[test]
fn the_record_tells_what_was_recorded_and_who_did_not_sign() {
    let post = busy::post("Kasumulu");
    let (inspection, state) = busy::concluded("Plain");
    let html = joint_record(
        &inspection,
        &state,
        &busy::lists("Plain"),
        &paper(PaperLanguage::English, &post, "A. Mwale"),
    )
    .unwrap();
    let words = words_of(&html);
    for told in [
        "Seal",
        "differs from the declaration",
        "Excess",
        "packages: declared Plain, found Plain",
        "Not satisfactory",
        "−18.25 °C",
        "calibration ran out on 31 Jan 2026",
        "Fumigation",
        "90 min",
        "21.5 °C",
        "Doors",
        "3 × Plain",
        "seal Plain",
        "Result awaited",
        "Not acceptable: Re-export",
        "would not sign",
        "signed electronically, entry",
        "Plain, 23 Nov 2026 09:23",
        "New seal Plain on MSKU 601167 2: Customs, High security.",
        "Items found as declared: 1 of 2.",
        "drawn at random",
        "Checklist: Plain (version 4), Veterinary",
        "deviates from what is wanted",
        "−12.5 °C",
    ] {
        assert!(words.contains(told), "{told:?} is not on the record");
    }
    assert!(words.contains(&state.record.hash.to_string()));
}

#[test]
fn a_record_is_a_draft_until_everyone_signed_it() {
    let post = busy::post("Kasumulu");
    let by = paper(PaperLanguage::French, &post, "A. Mwale");
    let (inspection, open) = busy::released("Plain");
    let draft = joint_record(&inspection, &open, &busy::lists("Plain"), &by).unwrap();
    assert!(words_of(&draft).contains("PROJET – NON CONCLU"));
    let (inspection, concluded) = busy::concluded("Plain");
    assert_eq!(concluded.record.stage, RecordStage::Final);
    let signed = joint_record(&inspection, &concluded, &busy::lists("Plain"), &by).unwrap();
    assert!(!words_of(&signed).contains("PROJET"));
}

#[test]
fn notices_are_not_written_of_what_is_not_so() {
    let post = busy::post("Kasumulu");
    let by = paper(PaperLanguage::English, &post, "A. Mwale");
    let (inspection, held) = busy::concluded("Plain");
    assert!(matches!(
        release_notice(&inspection, &held, &by),
        Err(DocumentError::NotReleased)
    ));
    let (inspection, released) = busy::released("Plain");
    assert!(matches!(
        hold_notice(&inspection, &released, &by),
        Err(DocumentError::NothingHeld)
    ));
}

#[test]
fn the_sample_form_tells_the_custody_and_leaves_room_for_pens() {
    let post = busy::post("Kasumulu");
    let by = paper(PaperLanguage::English, &post, "A. Mwale");
    let (inspection, state) = busy::concluded("Plain");
    let html = sample_form(&inspection, &state, &by).unwrap();
    let words = words_of(&html);
    for told in [
        "Sample Plain",
        "3 × Plain",
        "Frozen",
        "Drawn",
        "Sealed",
        "Result awaited",
    ] {
        assert!(words.contains(told), "{told:?} is not on the form");
    }
    let document = parsed(&html);
    let empty = document
        .descendants()
        .filter(|n| n.has_tag_name("tr") && n.descendants().any(|d| d.has_tag_name("td")))
        .filter(|n| text_of(*n).trim_matches(['\u{a0}', '\n']).is_empty());
    assert_eq!(empty.count(), 3);
    let (inspection, state) = busy::released("Plain");
    assert!(matches!(
        sample_form(&inspection, &state, &by),
        Err(DocumentError::NoSample)
    ));
}

#[test]
fn the_seal_report_tells_every_agencys_comparison_and_the_new_seal() {
    let post = busy::post("Kasumulu");
    let by = paper(PaperLanguage::English, &post, "A. Mwale");
    let (mut inspection, state) = busy::concluded("Plain");
    let words = words_of(&seal_report(&inspection, &state, &by).unwrap());
    for told in [
        "tampered",
        "Veterinary",
        "no seal",
        "New seal Plain",
        "Place, date, signature",
    ] {
        assert!(words.contains(told), "{told:?} is not on the report");
    }
    let other = busy::released("Plain").1;
    inspection.units[0].seals.clear();
    assert!(matches!(
        seal_report(&inspection, &other, &by),
        Err(DocumentError::NoSeal)
    ));
}

#[test]
fn a_notice_of_holds_names_each_of_them_with_its_reason() {
    let post = busy::post("Kasumulu");
    let (inspection, state) = busy::concluded("Plain");
    let by = paper(PaperLanguage::English, &post, "A. Mwale");
    let words = words_of(&hold_notice(&inspection, &state, &by).unwrap());
    for told in [
        "Goods: Held",
        "Hold of Veterinary (Veterinary) on unit MSKU 601167 2, Laboratory result pending",
        "to be reviewed on 24 Nov 2026",
        "Hold of Customs (Anti-terror) on the conveyance",
        "Veterinary refuses the goods, or some of them",
    ] {
        assert!(words.contains(told), "{told:?} is not on the notice");
    }
}

#[test]
fn a_paper_says_of_which_record_it_is_and_a_later_entry_overtakes_it() {
    let post = busy::post("Kasumulu");
    let (inspection, state) = busy::concluded(HOSTILE[4]);
    let html = joint_record(
        &inspection,
        &state,
        &busy::lists(HOSTILE[4]),
        &paper(PaperLanguage::English, &post, HOSTILE[4]),
    )
    .unwrap();
    assert_eq!(named(&html), Ok((inspection.id, state.record.hash)));
    assert_eq!(
        verify_document(&html, inspection.id, &state),
        Ok(Verdict::Stands)
    );
    let (_, later) = busy::released("Plain");
    assert_eq!(
        verify_document(&html, inspection.id, &later),
        Ok(Verdict::Overtaken {
            paper: state.record.hash,
            now: later.record.hash
        })
    );
    let other = InspectionId(world::id(99));
    assert_eq!(
        verify_document(&html, other, &state),
        Ok(Verdict::Another {
            inspection: inspection.id
        })
    );
}

#[test]
fn a_changed_paper_is_not_taken_for_ours() {
    let (_, html) = papers("Plain", PaperLanguage::English).remove(0);
    let hash = named(&html).unwrap().1.to_string();
    let name = "outpost-record";
    let without = html.replace(&format!("<meta name=\"{name}\""), "<meta name=\"x\"");
    assert_eq!(named(&without), Err(VerifyError::Nameless(name)));
    let twice = html.replace(
        "<title>",
        &format!("<meta name=\"{name}\" content=\"\"/><title>"),
    );
    assert_eq!(named(&twice), Err(VerifyError::Nameless(name)));
    let short = html.replace(&hash, "abc");
    assert!(matches!(
        named(&short),
        Err(VerifyError::Unreadable { text, .. }) if text == "abc"
    ));
    assert!(named("").is_err());
}

#[test]
fn the_code_on_the_paper_reads_back_as_the_inspection_and_its_record() {
    let (inspection, state) = busy::concluded("Plain");
    let (_, html) = papers("Plain", PaperLanguage::English).remove(0);
    let document = parsed(&html);
    let mark = document
        .descendants()
        .find(|n| n.attribute("class") == Some("mark"))
        .unwrap();
    let size: usize = mark
        .attribute("viewBox")
        .unwrap()
        .rsplit(' ')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let path = mark.first_element_child().unwrap().attribute("d").unwrap();
    let dark: Vec<(usize, usize)> = path
        .split('M')
        .skip(1)
        .map(|m| {
            let (x, y) = m.split_once('h').unwrap().0.split_once(',').unwrap();
            (x.parse().unwrap(), y.parse().unwrap())
        })
        .collect();
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(size * 4, size * 4, |x, y| {
        if dark.contains(&(x / 4, y / 4)) {
            0
        } else {
            255
        }
    });
    let grids = picture.detect_grids();
    let text = grids.first().unwrap().decode().unwrap().1;
    assert_eq!(
        text,
        format!(
            "outpost://inspection/{}?record={}",
            inspection.id, state.record.hash
        )
    );
}

#[test]
fn times_are_the_posts_own_and_utc_when_its_zone_is_not_known() {
    let (inspection, state) = busy::released("Plain");
    let mut post = busy::post("Kasumulu");
    let printed = |post: &Post| {
        let by = paper(PaperLanguage::English, post, "A. Mwale");
        words_of(&joint_record(&inspection, &state, &busy::lists("Plain"), &by).unwrap())
    };
    assert_eq!(at(0), "2026-11-23T06:00:00Z".parse::<Timestamp>().unwrap());
    assert!(printed(&post).contains("Printed by A. Mwale, Customs, 23 Nov 2026 21:00"));
    post.zone = "Atlantis/Capital".to_owned();
    assert!(printed(&post).contains("Printed by A. Mwale, Customs, 23 Nov 2026 18:00"));
    assert!(printed(&post).contains("UTC+00:00"));
}

#[test]
fn the_day_sheet_tells_bay_by_bay_who_comes() {
    let (_, html) = papers("Plain", PaperLanguage::English).pop().unwrap();
    let words = words_of(&html);
    for told in [
        "Day sheet, Monday 23 November 2026",
        "09:00 – 10:00",
        "setting up: 10 min before",
        "too short for what an agency needs",
        "Customs: did not come",
        "Veterinary: wants another time",
        "Police: not asked",
        "Bay 2",
    ] {
        assert!(words.contains(told), "{told:?} is not on the day sheet");
    }
}

#[test]
fn codes_go_out_with_whose_they_are() {
    let (inspection, state) = busy::concluded("Plain");
    let codes = codes_as_json(&inspection, &state);
    let rows = codes["codes"].as_array().unwrap();
    let of = |matter: &str| rows.iter().find(|r| r["matter"] == matter).unwrap();
    assert_eq!(of("goods:held")["unedifact7365"], "7");
    assert_eq!(of("hold-placed:veterinary")["cbp"], "2H");
    assert_eq!(of("hold-placed:veterinary")["uk"], "H01");
    assert_eq!(of("hold-placed:anti-terror")["uk"], serde_json::Value::Null);
    assert_eq!(of("refused:re-export")["uk"], "N04");
    assert_eq!(of("refused:re-export")["agency"], "veterinary");
    assert_eq!(of("overage")["cbp"], "1N");
}
