# The tray's menu, desktop notifications and the shell's own words.
tray-open = Open Outpost
tray-send = Send now
tray-quit = Quit
tray-line-up = Line up
tray-line-down = Line down
tray-line-pulled = Line pulled
tray-line-unknown = Line not tried yet
tray-locked = Closed: open Outpost and unlock it
tray-waiting-nothing = nothing waits to be sent
tray-waiting = { $count ->
    [one] 1 entry waiting to be sent
   *[other] { $count } entries waiting to be sent
}
tray-stuck = { $count } stuck
tray-kept = { $count ->
    [one] 1 notice kept for after the quiet hours
   *[other] { $count } notices kept for after the quiet hours
}
tell-assignment = New assignment
tell-slot = Slot changed
tell-refused = Entry not taken
tell-review = Hold due for review
tell-after = While it was quiet
tell-after-what = { $count } notices came in during the quiet hours. The worklist shows how everything stands.
window-gone = The Outpost window does not stay open
window-gone-safe = Nothing that was saved is lost. Why it is not open: { $reason }.
window-gone-tray = Sending goes on. Choose Open in the tray to try again.
window-gone-end = Outpost ends now; what waits is sent when it is started again.
paper-menu = Paper
paper-print = Print or save as PDF…
paper-close = Close
