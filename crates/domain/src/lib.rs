//! What an inspection is: types, identifiers and rules of the field. No I/O, no clock, no randomness of its own.
