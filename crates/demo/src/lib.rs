//! The demonstration world: deterministic by seed, nothing in it is real.
