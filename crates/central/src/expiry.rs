//! Unfinished uploads end (tus 1.0, expiration): a laptop that never comes back must not fill the disk for ever.
//!
//! The time runs from the last byte that arrived, so that a slow line is never too slow. What has ended is answered
//! with 410, and the laptop begins anew.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::app::{App, blocking};
use crate::notices;
use crate::problem::Failure;
use crate::store::values;

/// How often unfinished uploads are looked through.
const SWEEP_EVERY: Duration = Duration::from_hours(1);

/// Looks through the unfinished uploads every hour until the server stops.
pub async fn keep_sweeping(app: Arc<App>) {
    let mut stopping = app.stopping.clone();
    loop {
        let stopped = tokio::time::timeout(SWEEP_EVERY, stopping.wait_for(|stop| *stop));
        if stopped.await.is_ok() {
            return;
        }
        let swept = blocking(&app, |app| {
            sweep_now(app);
            Ok(())
        });
        if let Err(error) = swept.await {
            tracing::warn!(%error, "unfinished uploads were not looked through");
        }
    }
}

/// Looks through the unfinished uploads and notes what was found; a failure is no reason to stop serving.
pub fn sweep_now(app: &App) {
    match sweep(app, App::now()) {
        Ok(0) => {}
        Ok(dropped) => tracing::info!(dropped, "unfinished uploads have ended"),
        Err(error) => tracing::warn!(%error, "unfinished uploads were not looked through"),
    }
    match notices::forget(&app.store, App::now()) {
        Ok(0) => {}
        Ok(dropped) => tracing::info!(dropped, "delivered notices are not kept any longer"),
        Err(error) => tracing::warn!(%error, "delivered notices were not looked through"),
    }
}

/// When an unfinished upload ends, as things stand; `None` when nothing of it is here.
pub fn ends(app: &App, upload: &str) -> Result<Option<Timestamp>, Failure> {
    let touched = app.blobs.touched(upload)?;
    Ok(touched.and_then(|at| at.checked_add(kept(app)).ok()))
}

fn kept(app: &App) -> SignedDuration {
    SignedDuration::from_hours(i64::from(app.upload_days) * 24)
}

/// Drops every unfinished upload that has ended and returns how many they were. One that a request is writing to
/// has not.
fn sweep(app: &App, now: Timestamp) -> Result<usize, Failure> {
    let unfinished: Vec<String> = app.store.read(|tx| {
        tx.query("SELECT id FROM uploads WHERE finished = 0", values![])?
            .iter()
            .map(|row| row.get(0))
            .collect()
    })?;
    let mut dropped = 0;
    for id in unfinished {
        if !app.is_busy(&id) && ends(app, &id)?.is_none_or(|end| end <= now) {
            end(app, &id)?;
            dropped += 1;
        }
    }
    Ok(dropped)
}

/// Ends an upload. The note comes first: a crash leaves a file that nobody continues, never an offset without bytes.
fn end(app: &App, upload: &str) -> Result<(), Failure> {
    app.store.write(|tx| {
        tx.execute(
            "UPDATE uploads SET finished = -1 WHERE id = ?1 AND finished = 0",
            values![upload],
        )?;
        Ok(())
    })?;
    app.blobs.discard(upload)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs::File;
    use std::time::SystemTime;

    use tokio::sync::watch;

    use super::*;
    use crate::Config;

    /// A server without a network, and the switch that stops it.
    fn app(data: &std::path::Path) -> (Arc<App>, watch::Sender<bool>) {
        let (stop, stopping) = watch::channel(false);
        let config = Config::demonstration(data, 1, 1);
        (crate::prepare(&config, stopping).unwrap(), stop)
    }

    /// An unfinished upload whose last byte arrived so many hours ago.
    fn begin(app: &App, id: &str, hours: u64) {
        let insert =
            "INSERT INTO uploads (id, device, blob, length, created_at) VALUES (?1, ?2, ?3, 9, '')";
        app.store
            .write(|tx| tx.execute(insert, values![id, [0; 16], [0; 32]]))
            .unwrap();
        let file = File::create(app.blobs.part(id)).unwrap();
        let past = SystemTime::now() - Duration::from_hours(hours);
        file.set_modified(past).unwrap();
    }

    fn there(app: &App, id: &str) -> bool {
        app.blobs.part(id).exists()
    }

    #[test]
    fn an_upload_ends_seven_days_after_its_last_byte_by_the_servers_clock() {
        let data = tempfile::tempdir().unwrap();
        let (app, _stop) = app(data.path());
        begin(&app, "still", 0);
        begin(&app, "written-to", 0);
        app.busy.lock().unwrap().insert("written-to".to_owned());
        let now = Timestamp::now();
        let day = SignedDuration::from_hours(24);
        assert_eq!(sweep(&app, now + day * 6).unwrap(), 0);
        assert!(there(&app, "still"));
        assert_eq!(sweep(&app, now + day * 8).unwrap(), 1);
        assert!(!there(&app, "still") && there(&app, "written-to"));
        assert_eq!(sweep(&app, now + day * 8).unwrap(), 0, "once");
    }

    /// The clock of the runtime is stopped and goes on by itself to whatever is waited for.
    #[tokio::test(start_paused = true)]
    async fn uploads_are_looked_through_every_hour_until_the_server_stops() {
        let data = tempfile::tempdir().unwrap();
        let (app, stop) = app(data.path());
        begin(&app, "old", 8 * 24);
        let sweeping = tokio::spawn(keep_sweeping(Arc::clone(&app)));
        let half = Duration::from_mins(31);
        tokio::time::sleep(half).await;
        assert!(there(&app, "old"));
        tokio::time::sleep(half).await;
        assert!(!there(&app, "old"));
        begin(&app, "later", 8 * 24);
        tokio::time::sleep(half * 2).await;
        assert!(!there(&app, "later"));
        stop.send(true).unwrap();
        sweeping.await.unwrap();
    }
}
