//! Replication between the store and the central API: pull, push, blobs, back-off.
