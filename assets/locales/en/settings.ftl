# Settings.
settings-language = Language
settings-look = Look
settings-theme = Theme
settings-text-size = Text size
settings-per-cent = { $size } %
settings-gloves = Glove mode
settings-gloves-why = Larger rows, buttons and text, for cold hands and touch screens.
settings-officer = Officer
settings-sign-out-why = Entries that wait stay yours and are sent under your name.
theme-light = Light
theme-dark = Dark
theme-contrast-light = High contrast, light
theme-contrast-dark = High contrast, dark
settings-managed = Set for this workstation by its administrator.
