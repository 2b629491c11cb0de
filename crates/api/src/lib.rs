//! The messages between the desk and the central API, shared by client and server.
