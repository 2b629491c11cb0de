//! Search: every part of what people read off a door or a paper, and nothing that breaks it.

use outpost_domain::*;
use proptest::prelude::*;

use crate::world::*;

fn found(world: &World, text: &str) -> Vec<InspectionId> {
    let found = world.store.search(text, 100).unwrap();
    assert_eq!(found.total, found.inspections.len() as u64);
    found.inspections
}

#[test]
fn an_inspection_is_found_by_everything_people_read_aloud() {
    let world = World::with_two_inspections();
    for text in [
        "MSKU6011672",
        "MSKU 601167 2",
        "msku 601167-2",
        "601167",
        "KAS-2026-000001",
        "kas2026000001",
        "26TZ00000000000001",
        "MAEU-0000001/1",
        "MAEU00000011",
        "tilapia",
        "TILAPIA frozen",
        "fillets msku",
    ] {
        assert_eq!(found(&world, text), [id(1)], "{text}");
    }
    for text in [
        "pecheries",
        "Pêcheries",
        "0304.89",
        "030489",
        "lac ltd",
        "  du   LAC ",
    ] {
        assert_eq!(found(&world, text), [id(1), id(2)], "{text}");
    }
    assert_eq!(found(&world, "maize tilapia"), []);
}

#[test]
fn one_or_two_characters_find_too() {
    let world = World::with_two_inspections();
    assert_eq!(found(&world, "cs"), [id(2)]);
    assert_eq!(found(&world, "z"), [id(1), id(2)]);
    assert_eq!(found(&world, ""), []);
    assert_eq!(found(&world, "   "), []);
}

#[test]
fn a_whole_unit_number_comes_first_then_whole_numbers_then_beginnings() {
    let world = World::empty();
    world.pull(&[
        snapshot(inspection(1, "TEXU3070079", "Parts for CSQU3054383")),
        snapshot(inspection(2, "CSQU3054383", "Other goods")),
        snapshot(inspection(3, "CSQU3054384", "Other goods")),
    ]);
    assert_eq!(found(&world, "CSQU 305438 3"), [id(2), id(1), id(3)]);
    assert_eq!(found(&world, "csqu3054383"), [id(2), id(1)]);
    assert_eq!(found(&world, "CSQU30"), [id(2), id(3), id(1)]);
}

#[test]
fn the_search_follows_what_changes() {
    let world = World::with_two_inspections();
    assert_eq!(found(&world, "tilapia"), [id(1)]);
    let newer = Inspection {
        version: 2,
        ..inspection(1, "MSKU6011672", "Cotton fabric")
    };
    world.pull(&[snapshot(newer)]);
    assert_eq!(found(&world, "tilapia"), []);
    assert_eq!(found(&world, "cotton"), [id(1)]);
    world.pull(&[outpost_api::Change::Removed { inspection: id(1) }]);
    assert_eq!(found(&world, "cotton"), []);
    for n in 0..50 {
        world.pull(&[snapshot(Inspection {
            version: 3 + n,
            ..inspection(1, "MSKU6011672", &format!("Goods lot-{n}-x"))
        })]);
    }
    assert_eq!(found(&world, "goods lot-49-x"), [id(1)]);
    assert_eq!(found(&world, "goods lot-48-x"), []);
    assert_eq!(found(&world, "maize"), [id(2)]);
    let world = world.reopened();
    assert_eq!(found(&world, "goods lot-49-x"), [id(1)]);
}

#[test]
fn the_best_are_kept_when_there_are_more_than_wanted() {
    let world = World::empty();
    let many: Vec<_> = (1..=30)
        .map(|n| snapshot(inspection(n, "MSKU6011672", "Fish")))
        .collect();
    world.pull(&many);
    let found = world.store.search("fish", 5).unwrap();
    assert_eq!(found.total, 30);
    assert_eq!(
        found.inspections,
        [1, 2, 3, 4, 5].map(id),
        "the longest waiting"
    );
}

#[test]
fn other_scripts_are_found() {
    let world = World::empty();
    world.pull(&[
        snapshot(inspection(1, "MSKU6011672", "冷凍魚片")),
        snapshot(inspection(2, "CSQU3054383", "سمك مجمد")),
        snapshot(inspection(3, "TEXU3070079", "Мороженая РЫБА")),
    ]);
    assert_eq!(found(&world, "凍魚"), [id(1)]);
    assert_eq!(found(&world, "سمك"), [id(2)]);
    assert_eq!(found(&world, "рыба"), [id(3)]);
}

#[test]
fn what_would_be_syntax_elsewhere_is_only_text() {
    let world = World::with_two_inspections();
    for text in [
        "\"",
        "'",
        "*",
        "a AND b",
        "NEAR(",
        "unit:",
        "^",
        "-",
        "--",
        "(",
        ")",
        "tilapia*",
        "%",
        "_",
        "\\",
        "\0",
        "\u{1}",
        "\u{4}",
        "{",
        "'; DROP TABLE journal; --",
        "🐟",
        "\u{301}",
        "\u{202e}abc",
    ] {
        let found = world.store.search(text, 10).unwrap();
        assert!(found.total <= 2, "{text:?}");
    }
    assert_eq!(
        found(&world, "\u{1}"),
        [],
        "the finder's own marks cannot be typed"
    );
    assert_eq!(found(&world, &"tilapia ".repeat(10_000)), [id(1)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any part of any word of an inspection finds it; no text whatever breaks the search.
    #[test]
    fn every_part_of_a_word_finds_its_inspection(
        goods in "[a-zA-Z0-9À-ÿ]{1,12}( [a-zA-Z0-9]{1,8}){0,3}",
        from in 0usize..12,
        length in 1usize..8,
        any in "\\PC{0,60}",
    ) {
        let world = World::empty();
        world.pull(&[snapshot(inspection(1, "MSKU6011672", &goods))]);
        let part: String = goods.chars().skip(from).take(length).collect();
        if !part.trim().is_empty() {
            prop_assert_eq!(world.store.search(&part, 1).unwrap().total, 1, "{:?}", part);
        }
        world.store.search(&any, 10).unwrap();
    }
}
