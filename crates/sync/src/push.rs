//! Sending entries: batches in the device's order, one outcome per entry.

use outpost_api::PushResponse;
use outpost_domain::EntryId;

use crate::Fault;
use crate::replicator::{News, Worker};

/// Entries in one push: small enough that a slow line finishes one.
const BATCH: usize = 100;

impl Worker {
    /// Sends until nothing sendable waits. Any session of this device carries the entries: each is signed by its
    /// own author, and the device's order is the order of its chain.
    pub(crate) async fn push(&self, token: &str) -> Result<(), Fault> {
        let mut size = BATCH;
        loop {
            self.interrupted()?;
            let batch = self.store.outbox_batch(size, None)?;
            let Some(first) = batch.first().map(|e| e.id) else {
                return Ok(());
            };
            let ids: Vec<EntryId> = batch.iter().map(|e| e.id).collect();
            let signed = batch.into_iter().map(|e| e.signed).collect();
            let answer = match self.client.push(token, signed).await {
                // Too large a batch is halved; a single entry that is too large is refused by name.
                Err(Fault::TooLarge(_)) if size > 1 => {
                    size /= 2;
                    continue;
                }
                Err(fault @ Fault::TooLarge(_)) => {
                    let (code, words) = (fault.code(), fault.to_string());
                    let pushed = self.store.record_refusal(first, code, &words)?;
                    self.tell(News::Changed(pushed.touched));
                    self.tell(News::Outbox);
                    size = BATCH;
                    continue;
                }
                other => other?,
            };
            self.record(&ids, &answer)?;
        }
    }

    /// Asks for a receipt with an empty push when entries came back that none covers: the answer that had it was lost.
    pub(crate) async fn fetch_receipt(&self, token: &str) -> Result<(), Fault> {
        if !self.store.wants_receipt()? {
            return Ok(());
        }
        let answer = self.client.push(token, Vec::new()).await?;
        self.record(&[], &answer)
    }

    fn record(&self, ids: &[EntryId], answer: &PushResponse) -> Result<(), Fault> {
        let pushed = self.store.record_push(ids, answer)?;
        if let Some(unfit) = pushed.unfit_receipt {
            tracing::error!(%unfit, "a receipt does not fit");
        }
        self.tell(News::Changed(pushed.touched));
        self.tell(News::Outbox);
        Ok(())
    }
}
