//! The demonstration's scanner: computes the planned radiographs one by one in the background and publishes each as
//! it arrives, as a real scanner's images do.

use std::sync::Arc;
use std::thread;
use std::time::Instant;

use outpost_demo::scan::{ScanMeta, Scene, compute, encode_tiff};
use outpost_demo::{Body, ScanPlan};
use outpost_domain::{
    BlobHash, GoodsItem, Inspection, InspectionId, Reference, ReferenceKind, Scan, UnLocode,
};
use rayon::ThreadPool;

use crate::app::App;
use crate::feed;
use crate::problem::Failure;

/// What the demonstration's scanner shines with.
const ENERGIES: &str = "L 1.5 / H 3 MeV";

/// Starts the scanner. Nothing waits for it at the end: what it has not published is computed again next time.
///
/// # Errors
/// When the system gives no thread.
pub fn start(app: Arc<App>, plans: Vec<ScanPlan>) -> Result<(), Failure> {
    // One thread, however many the machine has: the workstation beside it comes first.
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .thread_name(|_| "scanner".to_owned())
        .start_handler(|_| yield_to_others())
        .build()
        .map_err(|e| Failure::Data(format!("no thread for the scanner: {e}")))?;
    thread::Builder::new()
        .name("scanner".to_owned())
        .spawn(move || work(&app, &pool, &plans))?;
    Ok(())
}

/// What has been scanned and can be compared with.
#[derive(Default)]
struct Library {
    /// Empty units, computed when the first of their kind is wanted.
    empty: Vec<(Body, Scan)>,
    /// Scans in which nothing is concealed, with their inspection, its post and the HS heading of its goods.
    clean: Vec<(InspectionId, UnLocode, String, Scan)>,
}

impl Library {
    /// Takes in what a plan came to, when nothing is concealed in it and its goods are of one heading.
    fn add(&mut self, plan: &ScanPlan, inspection: &Inspection, scan: &Scan) {
        if let (None, Some(heading)) = (plan.concealed, heading(inspection)) {
            let post = inspection.post.clone();
            let of = inspection.id;
            self.clean.push((of, post, heading, scan.clone()));
        }
    }

    /// A scan of the same heading at the same post, whose officers see that inspection too.
    fn same_heading(&self, inspection: &Inspection) -> Option<Reference> {
        let wanted = heading(inspection)?;
        let (_, _, _, scan) = self.clean.iter().find(|(of, post, heading, _)| {
            *of != inspection.id && *post == inspection.post && *heading == wanted
        })?;
        Some(Reference {
            reference: ReferenceKind::SameHeading,
            scan: Scan {
                unit_read: None,
                ..scan.clone()
            },
        })
    }

    /// An empty unit like the one of a plan.
    fn empty(
        &mut self,
        app: &App,
        pool: &ThreadPool,
        plan: &ScanPlan,
    ) -> Result<Reference, Failure> {
        let of = |scan: &Scan| Reference {
            reference: ReferenceKind::Empty,
            scan: scan.clone(),
        };
        if let Some((_, scan)) = self.empty.iter().find(|(body, _)| *body == plan.body) {
            return Ok(of(scan));
        }
        let empty = ScanPlan {
            cargo: Vec::new(),
            concealed: None,
            unit_read: None,
            ..plan.clone()
        };
        let scan = publish(app, pool, &empty)?;
        self.empty.push((plan.body, scan.clone()));
        Ok(of(&scan))
    }
}

/// The HS heading of the goods, when they are all of one.
fn heading(inspection: &Inspection) -> Option<String> {
    let of = |item: &GoodsItem| Some(item.hs.as_ref()?.as_str().get(..4)?.to_owned());
    let mut headings = inspection.consignment.items.iter().map(of);
    let first = headings.next()??;
    let same = headings.all(|heading| heading.as_ref() == Some(&first));
    same.then_some(first)
}

fn work(app: &App, pool: &ThreadPool, plans: &[ScanPlan]) {
    let mut library = Library::default();
    for plan in plans {
        if *app.stopping.borrow() {
            return;
        }
        if let Err(error) = carry_out(app, pool, &mut library, plan) {
            tracing::error!(%error, inspection = %plan.inspection, "a radiograph was not published");
        }
    }
}

/// Computes one radiograph and publishes it, unless that was done in an earlier run.
fn carry_out(
    app: &App,
    pool: &ThreadPool,
    library: &mut Library,
    plan: &ScanPlan,
) -> Result<(), Failure> {
    let inspection = app.store.read(|tx| feed::inspection(tx, plan.inspection))?;
    let Some(inspection) = inspection else {
        return Ok(());
    };
    if let Some(scan) = there(&inspection, plan) {
        library.add(plan, &inspection, scan);
        return Ok(());
    }
    let begin = Instant::now();
    let scan = publish(app, pool, plan)?;
    let bytes = scan.bytes;
    library.add(plan, &inspection, &scan);
    let mut references: Vec<Reference> = library.same_heading(&inspection).into_iter().collect();
    if !plan.cargo.is_empty() {
        references.push(library.empty(app, pool, plan)?);
    }
    app.store
        .write(|tx| match feed::inspection(tx, plan.inspection)? {
            Some(current) => feed::put_inspection(tx, &with(current, scan, references), App::now()),
            None => Ok(()),
        })?;
    app.nudge(&inspection.post);
    tracing::info!(
        inspection = inspection.reference,
        milliseconds = begin.elapsed().as_millis() as u64,
        bytes,
        "a radiograph has arrived"
    );
    Ok(())
}

/// The radiograph of a plan that was published in an earlier run.
fn there<'a>(inspection: &'a Inspection, plan: &ScanPlan) -> Option<&'a Scan> {
    let mut scans = inspection.scans.iter();
    scans.find(|scan| scan.taken_at == plan.taken_at && scan.site == plan.site)
}

/// Computes a radiograph and keeps its file.
fn publish(app: &App, pool: &ThreadPool, plan: &ScanPlan) -> Result<Scan, Failure> {
    let (size, file) = pool.install(|| image(plan))?;
    let blob = app.blobs.keep(&file)?;
    Ok(describe(plan, size, blob, file.len() as u64))
}

/// Width and height in pixels, and the file.
fn image(plan: &ScanPlan) -> Result<((u32, u32), Vec<u8>), Failure> {
    let scan = compute(&Scene::from(plan));
    let (make, model) = plan.scanner.split_once(' ').unwrap_or((&plan.scanner, ""));
    let meta = ScanMeta {
        make: make.to_owned(),
        model: model.to_owned(),
        energies: ENERGIES.to_owned(),
        site: plan.site.clone(),
        taken: plan.taken_at.strftime("%Y:%m:%d %H:%M:%S").to_string(),
        unit: plan.unit_read.as_ref().map(|u| u.as_str().to_owned()),
    };
    let file = encode_tiff(&scan, &meta)
        .map_err(|e| Failure::Data(format!("the radiograph cannot be written: {e}")))?;
    Ok(((scan.width, scan.height), file))
}

fn describe(plan: &ScanPlan, (width, height): (u32, u32), blob: BlobHash, bytes: u64) -> Scan {
    Scan {
        blob,
        bytes,
        media_type: "image/tiff".to_owned(),
        scanner: format!("{} · {ENERGIES}", plan.scanner),
        site: plan.site.clone(),
        taken_at: plan.taken_at,
        pitch_mm: Some(plan.pitch_mm),
        width,
        height,
        unit_read: plan.unit_read.as_ref().map(|u| u.as_str().to_owned()),
        description: None,
    }
}

/// The inspection's next version, with one more radiograph, newest first, and what it can be compared with.
fn with(mut inspection: Inspection, scan: Scan, references: Vec<Reference>) -> Inspection {
    inspection.scans.push(scan);
    for reference in references {
        let same = |known: &Reference| known.reference == reference.reference;
        if !inspection.references.iter().any(same) {
            inspection.references.push(reference);
        }
    }
    inspection
        .scans
        .sort_by_key(|s| std::cmp::Reverse(s.taken_at));
    inspection.version += 1;
    inspection
}

/// Lets everything else on the machine go first.
#[cfg(target_os = "linux")]
fn yield_to_others() {
    // On Linux this sets the calling thread's niceness. Where it is not allowed the scanner is merely less polite.
    let _ = rustix::process::setpriority_process(None, 19);
}

#[cfg(not(target_os = "linux"))]
fn yield_to_others() {}
