//! The encrypted store of a workstation: journal, projections, search, drafts and blobs.
