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
settings-workstation = This workstation
settings-central = Central
settings-ca = Certificate authority (PEM file)
settings-ca-system = those that the system trusts
settings-identity = This workstation’s certificate and key (PEM file)
settings-papers = Papers are written to
settings-log = Log
settings-workstation-why = Whoever looks after this laptop sets these when Outpost starts. The log names no officer and no trader.
settings-from-start = Given when Outpost was started; it cannot be changed here.
settings-quiet = Notifications
settings-quiet-on = Quiet hours
settings-quiet-from = From
settings-quiet-to = To
settings-quiet-why = By the clock of the post. Meanwhile only what is grave is shown, without a sound; the rest is counted in the tray and told afterwards.
settings-start = Start
settings-at-login = Start Outpost when I log in to this computer
settings-at-login-why = It starts in the tray and sends what waits, without opening a window. Where the desktop has no tray, the window opens.
settings-address = Address
settings-identity-none = none
settings-ca-choose = Choose the file of the certificate authority
settings-identity-choose = Choose the file with certificate and key
settings-central-keep = Ask there and keep
settings-central-asking = The central is being asked …
settings-central-untouched = Nothing was changed yet.
settings-undo = Undo
settings-central-kept = Kept. The central is reached this way from now on.
settings-central-unchanged = Nothing was changed.
settings-central-first = Whoever looks after this post knows the address. What is recorded here will belong to the first central that answers.
settings-central-why = Another address is taken only when the central for which this laptop works answers there. Files are read once and kept encrypted.
settings-central-waiting = { $count ->
    [one] One entry waits
   *[other] { $count } entries wait
} to be sent. Another address is taken only when the central for which they wait answers there; nothing is offered to a stranger.
