//! What a process learns of the others that serve from the same database: that a post's feed went on, that a new epoch
//! has begun. An embedded database has no others.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use outpost_domain::UnLocode;

use crate::app::{App, blocking};
use crate::epoch::Life;
use crate::feed;

/// How often it looks: a workstation of another process's post learns of news that much later, at most.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Looks until the server stops.
pub async fn keep_watching(app: Arc<App>) {
    if !app.store.is_shared() {
        return;
    }
    let mut stopping = app.stopping.clone();
    let mut seen = HashMap::new();
    loop {
        let stopped = tokio::time::timeout(LOOK_EVERY, stopping.wait_for(|stop| *stop));
        if stopped.await.is_ok() {
            return;
        }
        let looked = blocking(&app, |app| {
            app.store
                .read(|tx| Ok((feed::heads(tx)?, Life::current(tx)?)))
        });
        match looked.await {
            Ok((heads, life)) => {
                let before = app.life();
                if let Some(life) = life.filter(|life| *life != before) {
                    app.take_over(life);
                }
                nudge(&app, &mut seen, heads);
            }
            Err(error) => tracing::warn!(%error, "the other processes' work was not looked at"),
        }
    }
}

/// Tells the posts whose feeds went on, by whichever process.
fn nudge(app: &App, seen: &mut HashMap<UnLocode, u64>, heads: Vec<(UnLocode, u64)>) {
    for (post, head) in heads {
        if seen
            .insert(post.clone(), head)
            .is_some_and(|before| before != head)
        {
            app.nudge(&post);
        }
    }
}
