//! What the runs reached, told at the end: a model that never gets anywhere proves nothing.

use std::collections::BTreeMap;
use std::sync::Mutex;

use outpost_domain::{RecordStage, State};

use crate::central::Answer;

static SEEN: Mutex<BTreeMap<String, u64>> = Mutex::new(BTreeMap::new());

fn add(what: String) {
    *SEEN.lock().unwrap().entry(what).or_default() += 1;
}

pub fn count(kind: &str, answer: Answer, code: &str) {
    match answer {
        Answer::Accepted => add(format!("accepted {kind}")),
        Answer::Duplicate => {}
        Answer::Refused => add(format!("refused {kind}: {code}")),
        Answer::Conflict => add(format!("conflict {kind}: {code}")),
    }
}

pub fn state(state: &State) {
    add(format!("state {}", state.openness));
    if state.record.stage != RecordStage::Open {
        add(format!("record {}", state.record.stage));
    }
}

pub fn seen(what: &str) -> u64 {
    SEEN.lock().unwrap().get(what).copied().unwrap_or(0)
}

pub fn tell() {
    for (what, times) in SEEN.lock().unwrap().iter() {
        println!("{times:>9}  {what}");
    }
}
