# What supervisors and colleagues do beside the inspection: approve, comment, assign.
act-approve = Approve the override
act-decline = Decline the override
act-comment = Write a comment
act-comment-write = Write a comment
act-comment-read = Acknowledge the first comment
approval-title = For approval
approval-first = First decision
approval-proposed = Proposed: lift this hold
approval-by = by { $by }, { $time }
approval-instead = What would be instead
approval-lifted = The hold is lifted; the goods are then:
approval-approve = Approve
approval-decline = Decline
approval-approve-title = Approve the override
approval-decline-title = Decline the override
approval-signs = Your signature is the second one: the hold is lifted. Both names and the reason stay on record.
approval-why-not = Why the hold is to stand
approval-none = No override waits for approval here.
holds-declined = { $by } declined the override, { $time }: { $reason }
comment-title = Comment
comment-act = Write a comment
comment-text = Comment
comment-audience = Who may read it
comment-own = Only { $agency }
comment-all = All agencies concerned
comment-to = To
comment-to-anybody = Whoever has it in hand
comment-by = { $by } ({ $agency }), { $time } · to: { $to } · { $audience }
comment-read = Read
comment-unread = Comments not read
comment-none = There is no comment for you to acknowledge.
audience-own-agency = own agency only
audience-concerned = all agencies concerned
row-comments = { $count ->
    [one] 1 comment for you
   *[other] { $count } comments for you
  }
entry-override-declined = Override declined
entry-comment-written = Comment
entry-comment-acknowledged = Comment read
entry-officer-assigned = Assigned
entry-instead-of = instead of { $names }
why-not-not-named = This officer cannot be named here: not of this post, or not one for whom this is.
why-not-not-addressed = This comment was written to somebody else.
why-not-already-assigned = It is assigned to { $to } already.
problem-not-named = This officer cannot be named here: not of this post, or not one for whom this is.
problem-not-addressed = This comment was written to somebody else.
problem-already-assigned = It is assigned to { $to } already.
act-mark = Mark the row, or take its mark away
act-mark-next = Mark down
act-mark-previous = Mark up
act-assign = Assign to an officer
marks-count = { $n ->
    [one] 1 marked
   *[other] { $n } marked
  }
marks-assign = Assign…
marks-clear = Clear
row-marked = Marked, { $row }
assign-title = { $n ->
    [one] Assign 1 inspection
   *[other] Assign { $n } inspections
  }
assign-officers = Officers and what they have in hand
assign-col-officer = Officer
assign-col-open = Open
assign-col-today = Slots today
assign-load = { $name }, { $open } open, { $today } slots today
assign-entry-each = Each inspection gets an entry of its own. Whoever had it before from your agency no longer has it.
assign-act = Assign to { $name }
assign-done = { $n ->
    [0] Nothing was assigned.
    [one] 1 inspection was assigned.
   *[other] { $n } inspections were assigned.
  }
assign-not = { $n ->
    [one] 1 could not be assigned:
   *[other] { $n } could not be assigned:
  }
problem-all-assigned = Assigned to { $name }: { $count }
assign-only-supervisors = Only supervisors assign inspections.
act-opinion = Ask for a second opinion
queue-opinion = Second opinion asked
queue-is-opinion = Another reader was asked what a radiograph shows. Who is asked, who asked and supervisors see it here.
opinion-title = Second opinion
opinion-ask = Ask for a second opinion
opinion-of = Of whom
opinion-any = Any image analyst of the post
opinion-note = What is to be looked at
opinion-no-scan = There is no radiograph to ask about.
opinion-asked = Second opinion asked of { $of }, by { $by }, { $time }
entry-opinion-asked = Second opinion asked
entry-second-opinion = second opinion
why-not-not-asked = This second opinion was asked of somebody else.
problem-not-asked = This second opinion was asked of somebody else.
mismatch-lead-readers-differ = { $first } reads { $first_says }, { $second } reads { $second_says }
mismatch-rest-readers-differ = on the same radiograph
mismatch-mark-readers-differ = readers differ
act-views = Keep this view, or choose one
act-queue-unassigned = Queue: unassigned
act-queue-goods = Queue: waiting for goods
act-queue-agency = Queue: waiting for an agency
act-queue-lab = Queue: waiting for the lab
act-queue-approval = Queue: for approval
act-queue-review = Queue: hold review overdue
act-queue-abandoned = Queue: abandoned units
act-queue-parked = Queue: entries parked
act-queue-opinion = Queue: second opinion asked
views-title = Views of the worklist
views-now = Shown now: { $view }
views-name = Keep it as
views-keep = Keep
views-show = Show
views-drop = Forget the view { $name }
views-none = No view is kept yet. A view is a name for what you search, filter and order by; it stays yours on this laptop.
views-nameless = Give the view a name.
views-full = No more views can be kept; forget one first.
views-act = View: { $name }
problem-not-yours = These views are another officer’s.
