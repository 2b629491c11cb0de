# The frame: pages, line, badges, rows.
product = Outpost
worklist = Worklist
agenda = Agenda
inspect = Inspect
sync = Sync
settings = Settings
start-waiting = Opening the desk
start-waiting-why = Your work is being opened on this laptop.
start-refused = This window and its desk do not fit together
desk-gone = The desk has stopped
desk-gone-why = What was saved is safe. What you see stays on the screen, but nothing more can be recorded until Outpost is started again.
desk-gone-because = What was saved is safe. Start Outpost again. The connection ended because: { $reason }
inspect-none = No inspection is open
inspect-none-why = Choose one in the worklist and press Enter.
inspect-to-worklist = To the worklist
line-up = Line up since { $time }
line-down = Line down since { $time }
line-pulled = Line pulled at { $time }
line-unknown = Line not tried yet
line-exchange = last exchange { $time }
line-no-exchange = nothing exchanged yet
line-pull = Pull the line
line-plug = Plug the line in
line-switch = Line pulled
line-switch-why = Only in this demonstration: the line goes down as if its cable were pulled.
waiting-nothing = Nothing waits to be sent
waiting-entries = { $count ->
    [one] 1 entry waiting
   *[other] { $count } entries waiting
}
waiting-files = { $count ->
    [one] 1 file waiting
   *[other] { $count } files waiting
}
waiting-files-too = { $count ->
    [one] 1 file
   *[other] { $count } files
}
stuck-nothing = Nothing is stuck
stuck-count = { $count } stuck
badge-untouched = Not begun
badge-untouched-why = Nothing was recorded on this laptop.
badge-received = Received
badge-received-why = Others have recorded on it; nothing was recorded on this laptop.
badge-draft = Draft
badge-draft-why = Something is being written and is not recorded yet.
badge-not-sent = Not sent { $count }
badge-not-sent-why = { $count ->
    [one] One entry is saved on this laptop and waits for the line.
   *[other] { $count } entries are saved on this laptop and wait for the line.
}
badge-files = Files { $count }
badge-files-why = The entries are sent; { $count ->
    [one] one file still waits
   *[other] { $count } files still wait
} for the line.
badge-failed = Failed
badge-sent = Sent
badge-sent-why = Everything recorded here is at the central.
row-more-units = { $count ->
    [one] +1 unit
   *[other] +{ $count } units
}
row-reefer = reefer { $degrees } °C
row-un = UN { $number }
row-trusted = AEO
row-doubts = { $count ->
    [one] 1 doubt
   *[other] { $count } doubts
}
row-hs = HS { $code }
row-no-hs = no HS code
row-more-items = { $count ->
    [one] +1 item
   *[other] +{ $count } items
}
row-no-exam = None
row-late = Was due at { $time }
waiting-held = holds, { $reasons }
waiting-review = { $reason }, review { $day }
waiting-in-progress = in progress, { $officer }
waiting-required = not begun, { $control }
waiting-may-attend = may attend, has not begun
palette-hint = What do you want to do?
palette-nothing = Nothing on this page has these words.
keys-title = Keys
keys-here = On this page
keys-radiograph = On the radiograph
keys-everywhere = Everywhere
inspect-failed = The inspection could not be opened
inspect-opening = Opening the inspection
