//! Files that the window found in a folder: which inspections they may be of. Nothing of them is kept here.

use jiff::Timestamp;
use outpost_domain::{BlobHash, ImageFacts, Inspection, State, fits, scans};
use outpost_protocol::{FileMatch, FileOffer, FoundFile, MOST_FILES, Reply};

use crate::desk::{Desk, Opened};
use crate::requests::{Answered, store_problem};
use crate::words::problem;

/// The most inspections that are looked at for one unit number: a unit comes again, but not so often.
const MOST_OF_A_UNIT: usize = 12;

impl Desk {
    /// Tells for each file which inspections are of a unit that it names.
    pub(crate) fn match_files(&self, files: &[FoundFile]) -> Answered {
        self.officer()?;
        if files.len() > MOST_FILES {
            let words = format!("{} files; {MOST_FILES} are looked up at once", files.len());
            return Err(problem("message-unreadable", [], words));
        }
        let open = self.opened()?;
        let now = Timestamp::now();
        let matched = |file: &FoundFile| match_file(&open, file, now);
        let files = files.iter().map(matched).collect::<Result<_, _>>()?;
        Ok((Reply::Matched { files }, Vec::new()))
    }
}

fn match_file(
    open: &Opened,
    file: &FoundFile,
    now: Timestamp,
) -> Result<FileMatch, outpost_protocol::Problem> {
    let mut known: Vec<(Inspection, State)> = Vec::new();
    for unit in &file.units {
        let found = open.store.search(unit.as_str(), MOST_OF_A_UNIT);
        for id in found.map_err(store_problem)?.inspections {
            if known.iter().any(|(inspection, _)| inspection.id == id) {
                continue;
            }
            let opened = open
                .store
                .open_inspection(None, id)
                .map_err(store_problem)?;
            known.push((opened.inspection, opened.state));
        }
    }
    let facts = ImageFacts {
        units: file.units.clone(),
        taken_at: file.taken_at,
    };
    let inspections: Vec<Inspection> = known.iter().map(|(i, _)| i.clone()).collect();
    let offers = fits(&facts, &inspections, now)
        .into_iter()
        .filter_map(|(id, fit)| {
            let (inspection, state) = known.iter().find(|(i, _)| i.id == id)?;
            let units = &inspection.units;
            let unit = units.iter().find(|u| file.units.contains(&u.number))?;
            let items = &inspection.consignment.items;
            Some(FileOffer {
                inspection: id,
                version: inspection.version,
                reference: inspection.reference.clone(),
                unit: unit.number.spaced(),
                goods: items
                    .first()
                    .map(|i| i.description.clone())
                    .unwrap_or_default(),
                fit,
                already: has(inspection, state, file.blob),
            })
        })
        .collect();
    Ok(FileMatch {
        key: file.key,
        offers,
    })
}

/// Whether an inspection has this very image: as a scan, brought before, or as a photo of something recorded.
fn has(inspection: &Inspection, state: &State, blob: BlobHash) -> bool {
    scans(inspection, state).iter().any(|s| s.blob == blob)
        || state.photos.iter().any(|p| p.blob == blob)
}
