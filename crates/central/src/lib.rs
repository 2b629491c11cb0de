//! The reference central API.
