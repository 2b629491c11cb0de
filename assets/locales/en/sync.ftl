# Sync and device.
sync-line = Line
sync-line-down-why = Work goes on. What you record is saved on this laptop and sent by itself when the line is back.
sync-waiting = Waiting
sync-central = Central
sync-clock = Clock difference
sync-clock-seconds = { $seconds } s
sync-session-expired = The session at the central has ended. Local work goes on; sign in again so that entries are sent.
sync-bundle = Without a line
sync-bundle-why = What waits goes as one sealed file on a memory stick to the central, and its answer comes back the same way. Sending twice, or by line as well, does no harm.
sync-bundle-path = or its path, then Enter
sync-bundle-running = Working on it …
sync-bundle-written = { $entries ->
    [one] One entry
   *[other] { $entries } entries
} and { $files ->
    [one] one file
   *[other] { $files } files
} are in { $path }. Carry it to the central; they go on waiting here until its answer is back.
sync-bundle-taken = The central has { $accepted ->
    [one] one entry
   *[other] { $accepted } entries
} of the bundle, and { $files ->
    [one] one file
   *[other] { $files } files
} came with the answer.
sync-bundle-stuck = { $stuck ->
    [one] One entry was not taken: it stands below with the reason.
   *[other] { $stuck } entries were not taken: they stand below with the reason.
}
sync-bundle-no-changes = What is new at the central did not come with it, because the line or another answer was quicker, or the central was restored from a backup. Write another bundle to ask for it.
sync-bundle-again = This answer was taken in before, or a later one was. { $files ->
    [0] Nothing has changed.
    [one] One file that was missing came.
   *[other] { $files } files that were missing came.
}
sync-device = This workstation
sync-device-id = Device
sync-no-device = not enrolled yet
sync-post = Post
sync-zone = Time zone
sync-desk-version = Desk
sync-window-version = Window
sync-protocol = Protocol
sync-store = Store
sync-store-open = open, encrypted
sync-rows = Inspections here
sync-verify-why = Reads every entry and file and checks chain, signatures and hashes.
sync-verifying = Verifying …
sync-verified = Verified: { $entries } entries of this device, { $foreign } of others, { $blobs } files. Chain, signatures and hashes stand.
sync-faults = Something does not stand:
sync-outbox = Waiting to be sent
sync-outbox-open = Choose a row to open it; what is stuck opens at its history.
sync-outbox-empty = Nothing waits. Everything recorded on this laptop is at the central.
sync-outbox-loading = Reading what waits …
sync-outbox-more = and { $count } more inspections
outbox-unit = Unit
outbox-entries = Entries
outbox-files = Files
outbox-oldest = Oldest
outbox-why = Why
outbox-waits = waits for the line
sync-storage = Room on this laptop
sync-storage-loading = Looking at what takes the room …
sync-diagnosis-why = For who looks after this laptop: versions, line, counts, room and the log. Nothing about people or inspections.
storage-database = Journal, inspections and lists
storage-unsent = { $files ->
    [one] One file not sent yet
   *[other] { $count } files not sent yet
}
storage-radiographs = { $files ->
    [one] One radiograph of the worklist
   *[other] { $count } radiographs of the worklist
}
storage-attachments = { $files ->
    [one] One photo or paper of the worklist
   *[other] { $count } photos and papers of the worklist
}
storage-past = { $files ->
    [one] One file of past inspections, also at the central
   *[other] { $count } files of past inspections, also at the central
}
storage-partial = { $files ->
    [one] One file on its way
   *[other] { $count } files on their way
}
storage-damaged = { $files ->
    [one] One file of a damaged store, set aside
   *[other] { $count } files of damaged stores, set aside
}
storage-free = Free on the disk
storage-kept-free = { $size } of it are kept for what officers record. Below that, files of past inspections go first, and nothing more is fetched.
size-gigabytes = { $size } GB
size-megabytes = { $size } MB
size-kilobytes = { $size } kB
