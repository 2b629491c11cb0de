# The inspection screen: head, manifest, radiograph, checks, holds, history, and its forms.
insp-back = Back to the worklist
insp-tab-manifest = Manifest
insp-tab-radiograph = Radiograph
insp-tab-checks = Checks & findings
insp-tab-holds = Holds & decision
insp-tab-history = History
insp-joint = Joint { $time }, { $bay }
insp-held-by = Held · { $agency }
insp-trusted = Trusted trader
insp-trusted-why = The operator is authorised (AEO): earlier than the queue.
insp-sync-failed = Failed
insp-sync-sent = Sent
insp-sync-sent-why = The central has it.
insp-sent-waiting = Not sent
insp-sent-waiting-why = Saved on this laptop; it is sent when the line is up.
insp-sent-aside = Set aside
insp-sent-aside-why = Taken back or corrected before the central took it; it stays here and is not sent. { $why }
insp-sent-behind = Waits
insp-sent-behind-why = It waits behind an entry of this inspection that the central has not taken.
insp-none = none
insp-no-hs = no HS code
insp-kg = { $mass } kg
insp-celsius = { $degrees } °C
insp-photos = { $n ->
    [one] 1 photo
   *[other] { $n } photos
}
insp-item = Item { $number } · { $name }
insp-does-not-add-up = Does not add up
insp-goods = { $n ->
    [one] Goods · 1 item
   *[other] Goods · { $n } items
}
insp-as-declared = as declared
insp-declared-total = Declared in all
insp-packages = { $n } packages
insp-col-number = #
insp-col-goods = Goods
insp-col-hs = HS
insp-col-origin = Origin
insp-col-packages = Packages
insp-col-gross = Gross
insp-col-net = Net
insp-col-un = Danger
insp-col-mark = Mark
insp-unit-number = Number
insp-size-type = Size and type
insp-check-digit = Check digit
insp-check-digit-valid = fits
insp-check-digit-wrong = does not fit, { $expected } expected
insp-weighed = Weighed
insp-reefer = On arrival
insp-reefer-set = set { $set }
insp-seals = { $n ->
    [0] No seals declared
    [one] 1 seal declared
   *[other] { $n } seals declared
}
insp-consignment = Consignment
insp-reference = Inspection
insp-mrn = MRN
insp-route = Route
insp-ordered = Exam ordered
insp-ordered-at = ordered { $time }, { $age } ago
insp-presented-at = presented { $time }
insp-due-at = wanted by { $time }
insp-parties = Parties
insp-selected = Why it was selected
insp-selected-random = Drawn at random
insp-selected-secret = For customs only.

mismatch-lead-seal-differs = Seal { $found } found
mismatch-rest-seal-differs = { $declared } declared
mismatch-mark-seal-differs = Seal differs
mismatch-lead-seal-condition = Seal { $seal } { $condition }
mismatch-lead-weighed = Weighed { $weighed }
mismatch-rest-weighed = declared { $declared } ({ $percent } %), { $scale } { $time }
mismatch-mark-weighed = Weight { $percent } %
mismatch-lead-temperature = { $actual } on arrival
mismatch-rest-temperature = set to { $set }
mismatch-mark-temperature = Temperature
mismatch-lead-unit-check-digit = The check digit of { $unit } does not fit
mismatch-rest-unit-check-digit = { $expected } is expected
mismatch-mark-unit-check-digit = Check digit
mismatch-lead-mrn-check = The MRN’s check character does not fit
mismatch-rest-mrn-check = { $expected } is expected
mismatch-mark-mrn-check = Check character
mismatch-lead-scan-of-other-unit = The scanner read { $read }
mismatch-rest-scan-of-other-unit = which is not a unit of this consignment
mismatch-mark-scan-of-other-unit = Other unit
mismatch-lead-mass-sum = The items weigh { $items } together
mismatch-rest-mass-sum = { $declared } declared in all
mismatch-mark-mass-sum = Mass sum
mismatch-lead-package-sum = The items have { $items } packages together
mismatch-rest-package-sum = { $declared } declared in all
mismatch-mark-package-sum = Package sum
mismatch-lead-seal-count = { $counted ->
    [one] The carrier counts one seal
   *[other] The carrier counts { $counted } seals
}
mismatch-rest-seal-count = { $listed } listed
mismatch-mark-seal-count = Seal count
mismatch-lead-chapter = Item { $item } is declared in chapter { $declared }
mismatch-rest-chapter = its words suggest { $suggested }
mismatch-mark-chapter = Other chapter
mismatch-lead-no-hs-code = Item { $item } has no HS code
mismatch-rest-no-hs-code = what was declared is none
mismatch-mark-no-hs-code = No HS code
mismatch-lead-net-above-gross = Item { $item } weighs more net than gross
mismatch-rest-net-above-gross = one of the two is wrong
mismatch-mark-net-above-gross = Net above gross
mismatch-lead-item-differs = Item { $item } was found otherwise
mismatch-rest-item-differs = { $outcome }
mismatch-mark-item-differs = { $outcome }
mismatch-lead-alerted = { $alert }
mismatch-rest-alerted = { $time }: { $text }
mismatch-mark-alerted = { $alert }

why-not-not-concerned = { $agency } has no part in this inspection.
why-not-role-may-not = As { $role } you may look at this, not record it.
why-not-missing = Still missing: { $field }.
why-not-too-long = { $field } has { $characters } characters; { $limit } are the limit.
why-not-unknown-item = The declaration has no item { $number }.
why-not-unknown-level = { $name } is not part of this consignment.
why-not-unknown-scan = This radiograph does not belong to the inspection.
why-not-region-outside = The region lies outside the radiograph.
why-not-unknown-region = This region does not stand on a radiograph of this inspection.
why-not-unknown-hold = There is no such hold.
why-not-hold-known = A hold of this name was placed before.
why-not-hold-already-lifted = The hold was lifted before, by { $by }.
why-not-hold-of-another = { $agency } placed this hold; only { $agency } lifts it.
why-not-own-hold-stands = { $count ->
    [one] A hold of { $agency } stands; lift it first.
   *[other] { $count } holds of { $agency } stand; lift them first.
}
why-not-not-decided = Decide first: a section is signed after its decision.
why-not-already-signed = The section was signed by { $by }; correct an entry in the history instead.
why-not-supersedes-unknown = Only entries of { $agency } can be corrected by { $agency }.
why-not-already-corrected = { $by } corrected or took back this entry before; correct that entry instead.
why-not-unknown-kind = This kind of entry is not known here.

field-reason = reason
field-note = note
field-text = text
field-seal = seal number
field-comment = comment
field-conditions = conditions
field-legal-reference = rule
field-packages = packages
field-gross = gross mass
field-net = net mass
field-hs = HS code
field-origin = origin
field-description = description
field-marks = marks
field-found-packages = Packages found
field-found-gross = Gross found, kg
field-found-hs = HS code that fits
field-found-origin = Origin found
field-found-description = What the goods are
field-day-wrong = The day is not written as 2026-11-30.

entry-section-claimed = Took the section in hand
entry-check-concluded = Check
entry-seal-compared = Seal
entry-item-compared = Goods item
entry-finding-recorded = Finding
entry-region-drawn = Region
entry-region-judged = Region judged
entry-image-concluded = Radiograph read
entry-image-brought = Image brought
shot-image-brought = Photo
shot-seal-compared = Seal
shot-seal-affixed = New seal
shot-finding-recorded = Finding
shot-unit-examined = Unit
shot-sample-taken = Sample
entry-hold-placed = Hold placed
entry-hold-lifted = Hold lifted
entry-decided = Decision
entry-section-signed = Section signed
entry-slot-answered = Answer to the slot
entry-withdrawn = Taken back
entry-unknown = Entry of a newer version
entry-read-for = looked at for { $seconds } s
entry-seal-undeclared = { $seal }, not declared, { $condition }

hold-level-bill = bill { $name }
hold-level-house-bill = house bill { $name }
hold-level-unit = unit { $name }
hold-level-item = item { $name }
hold-level-conveyance = the conveyance
hold-sentence = { $agency } hold, { $reason }
hold-review = review { $day }
hold-no-review = no review day
hold-title = Place a hold
hold-place = Place hold
hold-type = Kind of hold
hold-reason = Reason
hold-level = What it blocks
hold-note = Why, in your words
hold-review-day = Look at it again on

decision-acceptable = Acceptable, { $purpose }
decision-not-acceptable = Not acceptable, { $action }
decision-waived = Left to the others
decision-until = until { $day }
decide-title = Decide
decide-change = Change the decision
decide-draft = A decision is being written.
decide-record = Record decision
decide-question = As far as your agency is concerned, the goods are
decide-acceptable = Acceptable
decide-not-acceptable = Not acceptable
decide-waive = Left to the others
decide-choose = Choose first what you decide.
decide-purpose = For
decide-conditions = Conditions, when there are any
decide-action = What is to happen to them
decide-reason = Why
decide-deadline = Until when

form-saving = Saving …
form-record = Record
form-close = Close
form-cancel = Cancel
form-discard = Throw away
form-kept = What you type is kept on this laptop as you go.
form-ready = Recorded once, signed with your name.

saved-nothing = Nothing is recorded here yet.
saved-sent = { $count ->
    [one] Saved { $time } · 1 entry · sent
   *[other] Saved { $time } · { $count } entries · sent
}
saved-waiting = Saved { $time } · { $waiting } of { $count } on this laptop, will be sent

sections-title = Sections
sections-progress = { $done } of { $of }
sections-hold = Hold
sections-signed = { $name } · signed { $time }
sections-in-hand = { $name } · has it in hand
sections-in-hand-here = { $name } · you
sections-claim = Take in hand
sections-nobody = nobody has it in hand
sections-may-attend = may attend; the goods do not wait

seals-title = Seals
seals-none = No seals are declared. S records one that was found.
seals-all-conform = All as declared
seals-not-declared = not declared
seals-party-unknown = unknown
seals-to-compare = To compare
seals-col-party = Party
seals-col-declared = Declared
seals-col-found = Found
seals-col-condition = Condition
seals-col-result = Result
seal-result-missing = Missing
seal-result-undeclared = Not declared
seal-result-wrong-number = Wrong number
seal-result-damaged = Damaged
seal-result-tampered = Tampered
seal-result-conform = Conform
seal-title = Compare seal
seal-declared = Declared
seal-nobody-declared = A seal that nobody declared
seal-found = Number found
seal-unit = Unit
seal-as-declared = As declared
seal-left = { $n ->
    [one] one more after this
   *[other] { $n } more after this
}

goods-title = Goods, by difference
goods-untouched = untouched means conform
goods-col-number = #
goods-col-declared-as = Declared as
goods-col-declared = Declared
goods-col-found = Found
goods-col-result = Result
item-note = Note
item-declared = declared { $value }
item-say-what = Say what differs, in a field or in the note.
item-differs-yet-conform = Something differs from the declaration; choose how, or it is recorded as conform.

checklist-title = Checks · { $agency }
checklist-all-conform = Mark all conform
checklist-change = Change { $check }
checklist-other = Other result, { $check }
checklist-other-short = Other result
checklist-conform = Conform, { $check }
checklist-conform-short = Conform
checklist-required = Required
checklist-result = Result
checklist-reason = Why
checklist-remark = Remark, when there is one

findings-title = Findings { $n }
findings-add = Add a finding
findings-draft = Go on with the draft
findings-none = Nothing found so far.
findings-item = item { $number }
findings-region = radiograph region { $number }
finding-title = Finding
finding-record = Record finding
finding-severity = Severity
finding-category = What it is about
finding-text = What was found
finding-text-hint = 70 cartons more than declared, behind the third row
finding-rule = Rule it breaks
finding-item = Goods item
finding-no-item = no item
finding-region = Region on the radiograph
finding-no-region = no region
finding-photos = { $n ->
    [0] Photos and files
    [one] Photos and files · 1
   *[other] Photos and files · { $n }
}
photos-choose = Choose files
photos-path = or the path of a file, then Enter
photos-kept = on this laptop
photos-remove = Leave out { $name }
photos-reading = A file is being read.
photos-strange = The desk gave an answer that does not fit the question.
photos-no-file = { $name } is not a file.
photos-unreadable = { $name } cannot be read: { $detail }
photos-too-large = { $name } has { $detail } MB; { $limit } MB are the limit. Take the photo in a lower resolution.
photos-no-image = { $name } is neither a photo (JPEG, PNG, TIFF) nor a PDF.

release-not = Why it is not released
release-free = Released
release-free-why = Every required agency has decided and no hold stands.
release-undecided = { $agency } has not decided
release-refused = { $agency } refused the goods
release-accepted = { $agency } accepted
release-waived = { $agency } waived
release-state-held = Held
release-state-waiting = Not released yet
release-state-refused = Refused
release-state-released = Released

conclude-act = Conclude section and sign
conclude-title = Conclude · { $agency }
conclude-sign = Sign
conclude-decide-and-sign = Decide and sign
conclude-signed = Signed by { $by }. What stands is corrected in the history.
conclude-says = With your signature, { $officer }, the section is closed: what follows corrects, it does not add.
conclude-open-checks = Not concluded: { $checks }.
conclude-findings = { $n ->
    [0] No findings
    [one] 1 finding
   *[other] { $n } findings
}

holds-open = { $n ->
    [0] Holds
    [one] 1 hold stands
   *[other] { $n } holds stand
}
holds-none = No hold stands.
holds-placed = placed by { $by }, { $time }
holds-lift = Lift
holds-lift-title = Lift the hold
holds-lift-reason = Why it may go
holds-lifted = Lifted · { $n }
holds-lifted-by = Lifted by { $by }, { $time }: { $reason }
holds-undecided = Has not decided; the goods wait for it.
holds-undecided-free = Has not decided; the goods do not wait for it.

history-empty = Nothing has happened here yet
history-empty-why = Every check, finding, hold and decision will stand here with who, when and its hash.
history-col-time = Time
history-col-author = Author
history-col-kind = Act
history-col-said = Content
history-col-number = No.
history-col-hash = Hash
history-col-sent = Sent
history-superseded = superseded: it counts no more
history-not-own = Only the agency that wrote an entry corrects it or takes it back.
history-by = No. { $number } of device { $device } · { $name } · { $time }
history-copy-hash = Copy the hash
history-send-again = Send again
history-not-taken = The central did not take it: { $why }
history-stands = Stands instead: { $name }, { $agency }, { $time }
history-show-it = Show that entry
history-correct = Correct
withdraw-title = Take an entry back
withdraw-act = Take back
withdraw-reason = Why it is taken back

radiograph-high = High energy
radiograph-low = Low energy
radiograph-read-high = high
radiograph-read-low = low
radiograph-window = Window
radiograph-window-name = Histogram, level { $level }, width { $width }
radiograph-level = Level { $level }
radiograph-width = Width { $width }
radiograph-preset-auto = Auto
radiograph-preset-whole = Whole
radiograph-preset-light = Light
radiograph-preset-dense = Dense
radiograph-preset-steel = Steel
radiograph-name = Radiograph of { $unit }
radiograph-map = Map of the radiograph
radiograph-scans = Scans
radiograph-import = Import from a folder
radiograph-brought = Brought here
radiograph-photos = Photos
radiograph-photos-more = { $n } more
radiograph-none = No radiograph
radiograph-none-why = This unit was not scanned, or the scan has not been sent to the post.
radiograph-decoding = Opening the radiograph
radiograph-decoding-why = It is being decoded; the rest of the window goes on.
radiograph-fetching = Reading the radiograph
radiograph-fetching-why = { $here } of { $total } MB from the encrypted cache
radiograph-unfetched = The radiograph could not be read
radiograph-again = Try again
radiograph-broken = The desk sent byte { $came } where byte { $expected } was expected.
radiograph-coming = The radiograph is on its way
radiograph-coming-why = { $size } MB are being fetched from the central; it opens by itself.
radiograph-absent = The radiograph is not on this laptop yet
radiograph-absent-why = It will be fetched when the line is up and opens by itself then.
radiograph-failed = This file cannot be shown
radiograph-failed-why = It stays as it came; ask the scanner’s site for the image again. To tell them: { $error }.
radiograph-photo = This is a photograph, not a radiograph: its shades say nothing about what X-rays passed through.
photo-name = Photo of { $unit }
photos-title = Photos { $n }
photos-absent = This photo is not on the laptop yet.
photos-absent-why = It is fetched when the line is up, and opens by itself then.
photo-camera = The camera says
photo-camera-nothing = The camera wrote nothing about this photo.
photo-taken = Taken
photo-device = Camera
photo-place = Place
photo-turned = Orientation
photo-turned-value = Put upright as the camera noted (EXIF { $orientation }).
radiograph-see-first = A conclusion needs the image in sight.

region-title = What is it?
region-category = Category
region-confidence = How sure
verdict-why = What the exam made of region { $number }
mark-how-polygon = Click corner by corner; Enter closes, Backspace takes one back.
mark-how-text = Click where the words belong.
mark-how-drag = Drag on the image; R goes to the next kind.
region-comment = Comment
region-record = Record region
region-list = Regions { $n }
region-none = None drawn. R, then drag on the image.
region-show = Show region { $number }
region-to-finding = Make a finding of region { $number }
region-manifest = Manifest says
region-more-items = { $n ->
    [one] and one more item
   *[other] and { $n } more items
}

read-window = Window
read-move = Move
read-region = Region
read-measure = Measure
read-preset = Preset
read-invert = Invert
read-log = Log
read-gamma = Gamma
read-energy = Energy
read-noise = Less noise
read-dense = Dense part
read-contrast = Local contrast
read-edges = Edges
read-organic = Organic only
read-metal = Metal only
read-material = Material
read-map = Colour map
read-loupe = Loupe
read-split = Split
read-arrange = Arrangement
read-turn = Turn
read-mirror = Mirror
read-suggest = Stands out
suggest-title = Suggestions { $n }
suggest-none = Nothing stands out.
suggest-help = Found by numbers, not by an officer. Nothing is recorded unless you mark it.
suggest-mark = Mark
suggest-away = Put away
suggest-label = Suggestion · { $what }
suggest-denser = Denser than its row
suggest-lighter = Lighter than its row
suggest-material = Material not declared
suggest-not-empty = Not empty
suggest-empty = Looks empty
suggest-packages = More packages than declared
suggest-why-denser = Attenuation { $seen } where its neighbours have { $usual }.
suggest-why-lighter = Attenuation { $seen } where its neighbours have { $usual }.
suggest-why-material = { $material } on { $share } % of the hold; no declared goods are of it.
suggest-why-not-empty = Nothing is declared; { $share } % of the hold holds something.
suggest-why-empty = { $kg } kg are declared; only { $share } % of the hold holds anything.
suggest-why-packages = { $counted } counted side by side; { $declared } declared.
read-fit = Fit
read-one = 1:1
read-reset = Reset
read-even = Even
read-look = Look, in this order
read-why-energy = Materials are told by two energies; this scan has one.
read-why-photo = This is a photograph: it has no X-ray shades to work on.
read-why-beside = Nothing is compared: lay the original or another scan beside it first.
beside-title = Compare
beside-original = Original
beside-now = Now
beside-reference-same-heading = Same goods, another unit
beside-reference-empty = Such a unit, empty
beside-scan = with { $scan }
beside-absent = This scan is not on the laptop yet.
beside-wipe = Line
beside-stages = Side by side
beside-blink = In turns
beside-laid-asked = Being laid on each other…
beside-laid-content = Laid on each other by what both show.
beside-laid-size = They do not show the same: laid by size.
unseen-empty = The file is empty.
unseen-not-an-image = This is not an image.
unseen-unsupported-format = Images of this format cannot be shown.
unseen-file-too-large = The file is too large.
unseen-too-large = The image claims more pixels than can be shown.
unseen-no-pixels = The image has no pixels.
unseen-cut-off = The file was cut off on its way.
unseen-damaged = The image is damaged.
unseen-unsupported-compression = The image is compressed in a way that cannot be read.
unseen-unsupported-samples = The image has a kind of pixels that cannot be shown.
unseen-planes-differ = The two energies differ in size.
unseen-too-many-planes = The image has more than two energies.
unseen-no-image = The file holds no image.
unseen-sidecar = The description beside the image cannot be used.
unseen-sidecar-disagrees = The description beside the image is of another file.
unseen-bad-pitch = The size of a pixel cannot be true.
map-inferno = Inferno
map-viridis = Viridis
map-turbo = Rainbow
map-dark = black
map-bright = white
material-organic = organic
material-mixed = mixed, light metal
material-metal = metal
material-blocked = not penetrated
radiograph-window-low = Black end of the window
radiograph-window-high = White end of the window
measure-title = Line, { $length }
measure-pixels = { $n } px
measure-name = Attenuation along the line of { $length }, at most { $largest }
measure-along = Attenuation along the line; a click takes it away.
measure-no-pitch = The size of a pixel is not known for this scan: lengths are in pixels.
measure-attenuation = attenuation
measure-count = { $n } objects along it, { $apart } apart.
measure-uneven = No even row of objects along it.
inside-title = Inside region { $number }
inside-drawn = Inside what is drawn
inside-histogram = How often each shade occurs in it
inside-shade = shade
inside-filled = { $share } % filled
chart-save = SVG
chart-save-why = Save this chart as an SVG file
chart-saved = Saved: { $path }
chart-not-saved = Not saved: { $error }
chart-no-folder = this user has no folder

why-not-not-convener = Only { $agency } may do this: it convenes the inspection.
why-not-unsound-span = The slot has to end after it begins, within a day.
why-not-slot-moved = The slot was moved in the meantime.
why-not-no-such-slot = The slot you answer does not stand any more; look at it again.
why-not-unknown-sample = There is no such sample in this inspection.
why-not-sample-gone = Sample { $number } was returned or destroyed.
why-not-physical-check-first = Record the physical check first: samples are drawn after it.
why-not-result-awaited = The result of sample { $number } is awaited; only random samples do not wait.
why-not-out-of-range = { $value } cannot be read by an instrument.
why-not-unknown-override = This override does not stand, or the hold was lifted.
why-not-same-officer = { $by } proposed this: a second officer has to confirm it.
why-not-own-hold = This hold is of your own agency: lift it.
why-not-undecided = { $agency } has not decided yet.
why-not-not-concluded = The convener has not concluded the record yet.
why-not-record-changed = Something was recorded in the meantime: look at the record as it stands.
why-not-already-concluded = { $by } concluded this record.
why-not-record-signed = { $agency } signed the joint record; correct an entry in the history instead.
why-not-split-off = Goods item { $number } was refused in the joint record and split off.
why-not-not-released = The goods are not released.
why-not-left = The goods left at { $at }.
why-not-unreadable-signature = The signature cannot be read: sign within the field.
entry-slot-proposed = Slot proposed
entry-no-show = Did not come
entry-seal-affixed = New seal
entry-unit-examined = Unit looked at
entry-reading-taken = Reading
entry-treatment-recorded = Treatment
entry-sample-taken = Sample drawn
entry-sample-moved = Sample’s way
entry-sample-reported = Laboratory result
entry-override-proposed = Override proposed
entry-override-confirmed = Override confirmed
entry-release-withdrawn = Release taken back
entry-joint-concluded = Joint record concluded
entry-record-signed = Joint record signed
entry-signature-missing = Signature missing
entry-party-signed = Signature of a party
field-bay = bay
field-number = sample number
field-test = what it is tested for
field-laboratory = laboratory
field-person = name
field-report = report
field-device = instrument
field-provider = who did it
field-name = name
field-place = place
field-matter = matter
field-batch = batch
field-files = files
field-media-type = kind of file
field-scanner = scanner or camera
field-site = site
field-unit = unit number
field-treatment = treatment
field-refusal = reason
release-state-partial = Released in part
release-state-withdrawn = Release taken back
release-partial = { $agency } accepted in part
release-withdrawn = { $by } ({ $agency }) took the release back: { $reason }
entry-slot-in = { $bay }, { $day } { $from }–{ $to }
entry-answer-minutes = needs { $minutes } min
entry-sides = { $n } of 7 sides
entry-items = items { $items }
condition-until = until { $day }
entry-checklist-answered = Checklist
why-not-answer-misfit = An answer does not fit its question ({ $question }).
why-not-unknown-list = The checklist { $name }, version { $version }, has not come from the central yet.
why-not-list-of-another = This is a checklist of { $agency }.
why-not-list-pinned = The checklist { $name } was begun in version { $version }: go on with that one.
why-not-answers-missing = { $count ->
    [one] One wanted answer is missing in the checklist { $name }.
   *[other] { $count } wanted answers are missing in the checklist { $name }.
  }
list-title = Checklists
list-begin = Begin
list-go-on = Go on
list-look = Look
list-questions = { $n ->
    [one] 1 question
   *[other] { $n } questions
  }
list-complete = Complete
list-progress = { $done } of { $of }
list-deviations = { $n ->
    [one] 1 deviation
   *[other] { $n } deviations
  }
list-so-far = { $missing ->
    [0] { $done } of { $of } answered · nothing wanted is missing
    [one] { $done } of { $of } answered · 1 wanted answer (*) missing
   *[other] { $done } of { $of } answered · { $missing } wanted answers (*) missing
  }
list-all-in-order = The rest is in order
list-yes = Yes
list-no = No
list-deviates = Deviation
list-to-finding = Record as a finding…
list-taken-back = taken back
list-in-words = In your words
list-version = version { $n }
list-nothing-new = Nothing new is answered yet.
list-misfit = This does not answer the question.
list-between = A number from { $least } to { $most } { $unit } is wanted.
list-at-least = A number of { $least } { $unit } or more is wanted.
list-at-most = A number of { $most } { $unit } or less is wanted.
goods-all-as-declared = Rest as declared
seal-no-class = Not marked
item-no-number = { $field }: write a number, or a calculation such as 31 × 40 + 7.
goods-sum-packages = In all, packages { $sum }
goods-sum-gross = gross mass { $sum } kg
why-not-not-on-behalf = You may act for another officer of your own agency only.
decide-on-behalf = Signed for
decide-for-oneself = Myself
history-on-behalf = { $agency } · for { $name }
conclude-open-lists = Checklists not complete: { $lists }.

scan-file = The file says
scan-file-doubts = The file does not go with its record
scan-file-unit = The scanner read { $unit }, which is not a unit of this inspection.
scan-file-size = The file has { $file } pixels, its record says { $record }.
scan-file-pitch = A pixel is { $file } mm in the file and { $record } mm in its record. Lengths are measured with the record's.
scan-file-frames = { $shown } of { $total } frames are shown.
scan-file-scanner = Scanner
scan-file-site = Site
scan-file-taken = Taken
scan-file-read = Unit read
scan-file-energies = Energies
scan-file-software = Written by
scan-file-packing = Packing
scan-file-bits = Depth
scan-file-bits-value = { $bits } bits
