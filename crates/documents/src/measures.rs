//! Samples with their custody, readings of instruments, treatments.

use outpost_domain::{Inspection, SampleRecord, State};

use crate::paper::{Lines, Part, line, push};
use crate::sections;
use crate::words::Words;

/// Samples, each with its way and its result in a row.
pub(crate) fn samples(inspection: &Inspection, state: &State, w: &Words) -> Part {
    let head = [
        "doc-sample",
        "doc-item",
        "doc-analysis",
        "doc-custody",
        "doc-result",
    ];
    let rows = state
        .samples
        .iter()
        .map(|s| sample(inspection, s, w))
        .collect();
    Part::table(w, "doc-samples", &head, rows)
}

fn sample(inspection: &Inspection, record: &SampleRecord, w: &Words) -> Vec<Lines> {
    let sample = &record.sample;
    let mut goods = sections::item(inspection, sample.item);
    if !sample.batch.is_empty() {
        goods.push(w.say_with("doc-batch", &[("batch", sample.batch.clone())]));
    }
    let mut custody = line(w.say_with("doc-drawn", &[("by", w.by(&record.by, record.at))]));
    for step in &record.custody {
        let mut told = vec![w.code("custody", step.step)];
        push(&mut told, &step.person);
        if !step.seal.is_empty() {
            told.push(w.say_with("doc-under-seal", &[("seal", step.seal.clone())]));
        }
        told.push(w.by(&step.by, step.at));
        custody.push(told.join(" · "));
    }
    vec![
        vec![
            sample.number.clone(),
            format!("{} × {}", sample.count, sample.matter),
            w.code("conservation", sample.conservation),
        ],
        goods,
        vec![
            sample.test.clone(),
            sample.laboratory.clone(),
            w.code("analysis", sample.analysis),
            w.code("sample-reason", sample.reason),
        ],
        custody,
        result(record, w),
    ]
}

/// What the laboratory found.
pub(crate) fn result(record: &SampleRecord, w: &Words) -> Lines {
    match &record.result {
        Some(result) => {
            let mut lines = line(w.code("lab", result.conclusion));
            push(&mut lines, &result.report);
            lines.push(w.by(&result.by, result.at));
            lines
        }
        None => line(w.say("lab-pending")),
    }
}

/// Readings of instruments.
pub(crate) fn readings(state: &State, w: &Words) -> Part {
    let rows = state
        .readings
        .iter()
        .map(|r| {
            let reading = &r.reading;
            let day = r.at.to_zoned(w.zone().clone()).date();
            let mut device = line(&reading.device);
            if let Some(until) = reading.calibrated_until {
                let key = if reading.is_uncalibrated(day) {
                    "doc-calibration-out"
                } else {
                    "doc-calibrated"
                };
                device.push(w.say_with(key, &[("date", w.date(until))]));
            }
            let value = sections::thousandths(reading.thousandths, w);
            vec![
                line(w.code("reading", reading.quantity)),
                line(format!("{value} {}", reading.quantity.unit())),
                line(&reading.place),
                device,
                line(w.by(&r.by, r.at)),
            ]
        })
        .collect();
    let head = [
        "doc-quantity",
        "doc-value",
        "doc-place",
        "doc-device",
        "doc-recorded",
    ];
    Part::table(w, "doc-readings", &head, rows)
}

/// Treatments.
pub(crate) fn treatments(state: &State, w: &Words) -> Part {
    let rows = state
        .treatments
        .iter()
        .map(|record| {
            let t = &record.treatment;
            let mut how = Vec::new();
            push(&mut how, &t.agent);
            push(&mut how, &t.dose);
            how.extend(t.minutes.map(|m| format!("{m} min")));
            how.extend(
                t.decicelsius
                    .map(|d| format!("{} °C", sections::thousandths(i64::from(d) * 100, w))),
            );
            let mut provider = line(&t.provider);
            if !t.certificate.is_empty() {
                provider.push(w.say_with("doc-certificate", &[("number", t.certificate.clone())]));
            }
            vec![
                line(w.code("treatment", t.treatment)),
                how,
                provider,
                line(w.by(&record.by, record.at)),
            ]
        })
        .collect();
    let head = ["doc-treatment", "doc-how", "doc-provider", "doc-recorded"];
    Part::table(w, "doc-treatments", &head, rows)
}
