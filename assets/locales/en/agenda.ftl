# The agenda.
agenda-today = Today
agenda-clashes = { $count ->
    [one] 1 clash
   *[other] { $count } clashes
}
agenda-clash = clash: { $agency } also in { $bay } · { $span }
agenda-empty = No joint inspections on this day
agenda-empty-why = When customs proposes a slot, it appears here with the answers of the agencies.
agenda-failed = The agenda could not be read
agenda-loading = Reading the agenda
agenda-loading-why = It comes from this laptop and needs no line.
