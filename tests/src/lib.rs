//! End-to-end tests over the real binaries live in `tests/tests/`.
