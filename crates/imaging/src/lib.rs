//! Radiographs and photographs: decode, window and level, pyramid. No UI, no file access, no global state.
