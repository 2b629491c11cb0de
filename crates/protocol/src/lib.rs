//! The messages between the window and the desk, and how they are framed on a pipe.
