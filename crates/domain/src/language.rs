//! The languages in which papers are written.

coded_enum! {
    /// The language of a paper, by its ISO 639-1 code.
    PaperLanguage {
        /// English.
        English = "en",
        /// French.
        French = "fr",
    }
}
