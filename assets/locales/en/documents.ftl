# What stands on papers: joint record, notices, day sheet; and in calendars. Codes and months have their words elsewhere.

doc-record-title = Joint inspection record { $reference }
doc-hold-title = Hold notice { $reference }
doc-release-title = Release notice { $reference }
doc-sample-title = Sample form { $reference }
doc-seal-title = Seal report { $reference }
doc-day-title = Day sheet, { $day }
doc-event = Joint inspection { $reference }, { $unit }

doc-draft-open = DRAFT – NOT CONCLUDED
doc-draft-concluded = DRAFT – SIGNATURES MISSING
doc-draft-overtaken = DRAFT – CHANGED AFTER THE CONCLUSION
doc-standing = Goods: { $openness }
doc-mark = QR code: inspection and record hash
doc-printed = Printed by { $who }, { $agency }, { $at }
doc-zone = Times in { $zone }, UTC{ $offset }
doc-hash = Record hash (SHA-256): { $hash }

doc-yes = yes
doc-no = no
doc-none = None.
doc-not-recorded = Not recorded
doc-silent = Nothing was recorded under: { $parts }.
doc-by = { $who }, { $at }
doc-until = until { $date }
doc-review = to be reviewed on { $date }

doc-inspection = Inspection
doc-reference = Reference
doc-mrn = Declaration (MRN)
doc-bills = Bills
doc-units = Units
doc-slot = Presented in the slot
doc-bay = Bay
doc-no-shows = Did not come
doc-convener = Convener
doc-exams = Exams ordered
doc-presented = Goods presented
doc-stage = Record
doc-selection = Selected by
doc-random = drawn at random

doc-seals = Seals
doc-unit = Unit
doc-declared = Declared
doc-found = Found
doc-condition = Condition
doc-recorded = Recorded by
doc-not-declared = not declared
doc-not-compared = not compared
doc-no-seal = no seal
doc-differs = differs from the declaration
doc-new-seal = New seal { $number } on { $unit }: { $party }, { $class }. { $by }
doc-alerts = Reported by seals, sensors and the terminal
doc-alert = Report
doc-when = When
doc-place-and-date = Place, date, signature
doc-party = Declarant, agent or driver

doc-sides = Unit, side by side
doc-side = Side
doc-note = Note

doc-items = Goods against the declaration
doc-item = Item
doc-outcome = Outcome
doc-differences = Differences
doc-no-differences = No differences were recorded.
doc-difference = { $field }: declared { $declared }, found { $found }
doc-items-matching = Items found as declared: { $matching } of { $total }.
doc-field-packages = packages
doc-field-gross = gross mass
doc-field-net = net mass
doc-field-hs = HS code
doc-field-origin = origin
doc-field-description = description
doc-field-marks = marks

doc-control = Control
doc-required = Decision required
doc-state = State
doc-officer = In the hands of
doc-signed = Section signed
doc-checks = Checks
doc-no-checks = No checks were recorded.
doc-checklist = Checklist: { $name } (version { $version }), { $agency }
doc-question = Question
doc-answer = Answer
doc-deviates = deviates from what is wanted
doc-check = Check
doc-result = Result

doc-decisions = Decisions
doc-not-required = { $agency } (not required)
doc-may-go = Goods
doc-undecided = not decided
doc-all-goods = All goods
doc-accepted = Acceptable: { $purpose }
doc-refused = Not acceptable: { $action }
doc-waived = Left to the other agencies

doc-findings = Findings
doc-finding = Finding
doc-text = In words
doc-photos = Photos: { $count }
doc-images = Radiographs
doc-scan = Image (hash)

doc-samples = Samples
doc-sample = Sample
doc-analysis = Analysis
doc-custody = Custody
doc-batch = Batch { $batch }
doc-drawn = Drawn: { $by }
doc-under-seal = seal { $seal }
doc-sample-number = Sample { $number }
doc-test = To be tested for
doc-laboratory = Laboratory
doc-kept = Kept
doc-batch-number = Batch
doc-drawn-step = Drawn
doc-person = By or to whom
doc-seal = Seal
doc-signature = Signature

doc-readings = Instrument readings
doc-quantity = Quantity
doc-value = Value
doc-place = Place
doc-device = Instrument
doc-calibrated = calibrated until { $date }
doc-calibration-out = calibration ran out on { $date }

doc-treatments = Treatments
doc-treatment = Treatment
doc-how = How
doc-provider = Provider
doc-certificate = certificate { $number }

doc-holds = Holds
doc-holds-open = Holds that stand
doc-hold = Hold
doc-agency = Agency
doc-reason = Reason
doc-placed = Placed by
doc-fate = What became of it
doc-hold-open = stands
doc-hold-lifted = lifted by { $who }, { $at }
doc-override = override proposed by { $who }, { $at }: { $reason }
doc-override-confirmed = confirmed by { $who }, { $at }
doc-level-bill = bill { $number }
doc-level-house-bill = house bill { $number }
doc-level-unit = unit { $number }
doc-level-item = goods item { $number }
doc-level-conveyance = the conveyance

doc-conclusion = Conclusion
doc-not-concluded = Not concluded.
doc-overtaken = Something was recorded after this conclusion: it is to be concluded and signed anew.
doc-signatures = Signatures
doc-signature-awaited = signature awaited
doc-signed-by-key = signed electronically, entry { $entry }

doc-why-held = Why the goods are held
doc-what-stays = What is not released, and why
doc-which-items = Which goods are released
doc-withdrawal = The release was taken back
doc-withdrawn = { $agency } took the release back: { $who }, { $at }. { $reason }
doc-block-hold = Hold of { $agency } ({ $type }) on { $level }
doc-block-undecided = { $agency } has not decided
doc-block-refused = { $agency } refuses the goods, or some of them

doc-codes = Codes for other systems
doc-matter = Matter
doc-cbp = CBP
doc-uk = UK
doc-edifact = UN/EDIFACT 7365
doc-matter-hold-placed = Hold placed: { $type }
doc-matter-hold-lifted = Hold lifted: { $type }
doc-matter-not-begun = An agency has not begun
doc-matter-at-work = An agency is at work
doc-matter-released-after-exam = Released after exam

doc-slots = Slots
doc-time = Time
doc-goods = Goods
doc-agencies = Agencies
doc-setup = setting up: { $minutes } min before
doc-too-short = too short for what an agency needs
doc-no-show = did not come
doc-not-asked = not asked
