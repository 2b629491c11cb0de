//! The window of the desk: views over one model, nothing else.
