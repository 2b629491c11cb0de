//! The desk service: joins store, sync, keyring and session, and serves the window.
