//! Taking in changes: page by page, each applied in one transaction with its cursor.

use outpost_protocol::Progress;

use crate::Fault;
use crate::replicator::{News, Worker};

impl Worker {
    /// Pulls until the feed has nothing more.
    pub(crate) async fn pull(&mut self, token: &str) -> Result<(), Fault> {
        let mut done = 0;
        loop {
            self.interrupted()?;
            let cursor = self.store.cursor()?;
            let page = self.client.changes(token, cursor.as_deref()).await?;
            let applied = self.store.apply_changes(cursor.as_deref(), &page)?;
            self.answered(page.server_time);
            if applied.epoch_changed {
                tracing::warn!("the central was restored: everything is offered and pulled again");
                self.tell(News::Outbox);
                if cursor.is_some() {
                    // The page belonged to the old cursor; the outbox is offered again first.
                    self.push(token).await?;
                    continue;
                }
            }
            if applied.unreadable > 0 {
                tracing::warn!(count = applied.unreadable, "changes were kept aside");
            }
            done += page.changes.len() as u64;
            if !applied.changed.is_empty() {
                self.tell(News::Changed(applied.changed));
            }
            if !page.more {
                self.tell(News::Progress(None));
                return Ok(());
            }
            self.tell(News::Progress(Some(Progress {
                what: "inspections".to_owned(),
                done,
                total: done + page.remaining,
            })));
        }
    }
}
