# The agenda.
agenda-today = Today
agenda-clashes = { $count ->
    [one] 1 clash
   *[other] { $count } clashes
}
agenda-empty = No joint inspections on this day
agenda-empty-why = When customs proposes a slot, it appears here with the answers of the agencies.
agenda-failed = The agenda could not be read
agenda-loading = Reading the agenda
agenda-loading-why = It comes from this laptop and needs no line.
agenda-day = Day
agenda-week = Week
agenda-also = clash: { $who } also in { $bay }
agenda-bay-taken = clash: the bay is taken by { $unit }
agenda-short = too short: { $minutes } min are needed
agenda-closed = outside the opening hours
agenda-move-title = Move { $unit }
agenda-move-says = { $from } → { $to }
agenda-move-why = Every agency is asked anew.
agenda-move-act = Move
agenda-move-not = Leave it
agenda-and-more = { $first } · and { $more } more
agenda-asked = { $agency } would rather { $time }
agenda-key-time = 15 min
agenda-key-bay = bay
agenda-key-day = day
agenda-key-next = next slot
agenda-key-down = put down
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
