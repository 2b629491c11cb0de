//! `docs/protocol.md`: every message has an example, and every example is a message.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use outpost_protocol::{Asked, Event, Reply, Request, Said};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const DOCUMENT: &str = include_str!("../../../docs/protocol.md");

fn examples() -> Vec<Value> {
    let blocks = DOCUMENT.split("```json\n").skip(1);
    blocks
        .map(|block| serde_json::from_str(block.split("```").next().unwrap()).unwrap())
        .collect()
}

/// The names of an enum's variants, as serde tells them of one that it does not know.
fn variants<T: DeserializeOwned>(tag: &str) -> BTreeSet<String> {
    let unknown = serde_json::from_value::<T>(json!({ tag: "?" }));
    let words = unknown.err().unwrap().to_string();
    let names = words.split('`').skip(3).step_by(2);
    names.map(str::to_owned).collect()
}

#[test]
fn every_message_has_an_example() {
    let mut shown: [BTreeSet<String>; 4] = Default::default();
    for example in examples() {
        let places = ["/request/ask", "/says", "/reply/reply", "/event/event"];
        for (names, place) in shown.iter_mut().zip(places) {
            names.extend(
                example
                    .pointer(place)
                    .map(|n| n.as_str().unwrap().to_owned()),
            );
        }
    }
    let [requests, said, replies, events] = shown;
    assert_eq!(requests, variants::<Request>("ask"));
    assert_eq!(said, variants::<Said>("says"));
    assert_eq!(replies, variants::<Reply>("reply"));
    assert_eq!(events, variants::<Event>("event"));
}

#[test]
fn every_example_is_a_message() {
    for mut example in examples() {
        example.as_object_mut().unwrap().remove("bytes");
        let again = if example.get("says").is_some() {
            serde_json::to_value(serde_json::from_value::<Said>(example.clone()).unwrap())
        } else {
            serde_json::to_value(serde_json::from_value::<Asked>(example.clone()).unwrap())
        };
        assert_eq!(again.unwrap(), example);
    }
}
