//! The demonstration's scanner: computes the planned radiographs one by one in the background and publishes each as
//! it arrives, as a real scanner's images do.

use std::sync::Arc;
use std::thread;
use std::time::Instant;

use outpost_demo::ScanPlan;
use outpost_demo::scan::{ScanMeta, Scene, compute, encode_tiff};
use outpost_domain::{BlobHash, Inspection, Scan};
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

fn work(app: &App, pool: &ThreadPool, plans: &[ScanPlan]) {
    for plan in plans {
        if *app.stopping.borrow() {
            return;
        }
        if let Err(error) = carry_out(app, pool, plan) {
            tracing::error!(%error, inspection = %plan.inspection, "a radiograph was not published");
        }
    }
}

/// Computes one radiograph and publishes it, unless that was done in an earlier run.
fn carry_out(app: &App, pool: &ThreadPool, plan: &ScanPlan) -> Result<(), Failure> {
    let inspection = app.store.read(|tx| feed::inspection(tx, plan.inspection))?;
    let Some(inspection) = inspection.filter(|i| !is_there(i, plan)) else {
        return Ok(());
    };
    let begin = Instant::now();
    let (scan, file) = pool.install(|| image(plan))?;
    let blob = app.blobs.keep(&file)?;
    let scan = describe(plan, scan, blob, file.len() as u64);
    app.store
        .write(|tx| match feed::inspection(tx, plan.inspection)? {
            Some(current) => feed::put_inspection(tx, &with(current, scan), App::now()),
            None => Ok(()),
        })?;
    app.nudge(&inspection.post);
    tracing::info!(
        inspection = inspection.reference,
        milliseconds = begin.elapsed().as_millis() as u64,
        bytes = file.len(),
        "a radiograph has arrived"
    );
    Ok(())
}

fn is_there(inspection: &Inspection, plan: &ScanPlan) -> bool {
    inspection
        .scans
        .iter()
        .any(|scan| scan.taken_at == plan.taken_at && scan.site == plan.site)
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
    }
}

/// The inspection's next version, with one more radiograph, newest first.
fn with(mut inspection: Inspection, scan: Scan) -> Inspection {
    inspection.scans.push(scan);
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
