# The field's own words, by code: one family for each enumeration of the domain.

lane-red = Red lane
lane-yellow = Yellow lane
lane-blue = Blue lane
lane-green = Green lane

lane-short-red = Red
lane-short-yellow = Yellow
lane-short-blue = Blue
lane-short-green = Green

priority-urgent = Urgent
priority-high = High
priority-normal = Normal

agency-customs = Customs
agency-veterinary = Veterinary
agency-plant-health = Plant health
agency-port-health = Port health
agency-safety = Safety
agency-standards = Standards
agency-police = Police
agency-immigration = Immigration
agency-maritime = Maritime

role-inspector = Inspector
role-supervisor = Supervisor
role-analyst = Image analyst

exam-documentary = Documents
exam-seal-check = Seal check
exam-nii = X-ray
exam-tailgate = Tailgate
exam-partial-devan = Partial devan
exam-full-devan = Full devan
exam-sampling = Sampling
exam-canine = Canine
exam-radiation = Radiation
exam-vapour = Vapour
exam-boarding = Boarding

check-kind-documentary = Documentary check
check-kind-identity = Identity check
check-kind-physical = Physical check
check-kind-seven-point = Seven-point unit check
check-kind-image = Radiograph

check-result-satisfactory = Satisfactory
check-result-after-intervention = Satisfactory following intervention
check-result-not-satisfactory = Not satisfactory
check-result-not-done = Not done
check-result-derogation = Derogation

answer-pending = has not answered
answer-accepted = will be there
answer-waived = does not need to be there
answer-other-time = wants another time

section-waiting = not begun
section-in-progress = in progress
section-held = holds
section-accepted = accepted
section-refused = refused
section-waived = waived

openness-held = Held
openness-waiting = Waiting
openness-refused = Refused
openness-released = Released

purpose-internal-market = Internal market
purpose-transit = Transit
purpose-transhipment = Transhipment
purpose-temporary-import = Temporary import
purpose-warehouse = Specific warehouse
purpose-channelled = Channelled
purpose-re-entry = Re-entry

refusal-re-export = Re-export
refusal-destruction = Destruction
refusal-transformation = Transformation
refusal-treatment = Treatment
refusal-quarantine = Quarantine
refusal-other-purpose = Use for other purposes
refusal-entry-refusal = Entry refusal
refusal-seizure = Seizure

unit-kind-container = Container
unit-kind-trailer = Trailer
unit-kind-vehicle = Vehicle
unit-kind-wagon = Wagon
unit-kind-swap-body = Swap body
unit-kind-vessel = Vessel
unit-kind-loose = Loose cargo

seal-class-I = Indicative
seal-class-S = Security
seal-class-H = High security

seal-party-CA = Carrier
seal-party-SH = Shipper
seal-party-CU = Customs
seal-party-AC = Quarantine agency
seal-party-TO = Terminal
seal-party-AA = Consolidator

seal-condition-intact = intact
seal-condition-damaged = damaged
seal-condition-tampered = tampered
seal-condition-missing = missing

alert-door-opened = Door opened
alert-seal-removed = Seal removed
alert-weight = Weight differs
alert-damage = Unit damaged
alert-radiation = Radiation alarm
alert-abandoned = Unit abandoned

finding-seal = Seal
finding-quantity = Quantity
finding-description = Description
finding-undeclared = Undeclared goods
finding-origin = Origin
finding-documents = Documents
finding-temperature = Temperature
finding-health = Health
finding-safety = Safety
finding-unit = Unit
finding-other = Other

severity-note = Note
severity-minor = Minor
severity-major = Major
severity-critical = Critical

outcome-match = Conform
outcome-excess = Excess
outcome-shortage = Shortage
outcome-substitution = Substitution
outcome-misdescription = Misdescription
outcome-undeclared = Undeclared

region-weapon = Weapon
region-narcotic = Narcotics
region-tobacco = Tobacco
region-cash = Cash
region-person = Person
region-radioactive = Radioactive source
region-undeclared = Undeclared goods
region-false-wall = False wall
region-seal = Seal
region-other = Other
confidence-low = Low
confidence-medium = Medium
confidence-high = High
sure-low = not sure
sure-medium = rather sure
sure-high = sure
verdict-hit = Hit
verdict-false-alarm = False alarm
mark-box = Box
mark-ellipse = Ellipse
mark-polygon = Outline
mark-arrow = Arrow
mark-ruler = Ruler
mark-text = Text

image-no-anomaly = No anomaly
image-anomaly = Anomaly
image-inconclusive = Inconclusive
image-rescan = Rescan

hold-type-manifest = Manifest
hold-type-commercial-enforcement = Commercial enforcement
hold-type-anti-terror = Anti-terror
hold-type-statistical = Statistical
hold-type-document = Document
hold-type-nii = X-ray
hold-type-veterinary = Veterinary
hold-type-plant = Plant health
hold-type-food = Food
hold-type-safety = Safety
hold-type-terminal = Terminal

hold-reason-seal = Seal differs
hold-reason-quantity = Quantity differs
hold-reason-misdescription = Goods are not as described
hold-reason-undeclared = Undeclared goods
hold-reason-image-anomaly = Anomaly in the radiograph
hold-reason-lab-pending = Laboratory result pending
hold-reason-document-missing = Document missing
hold-reason-temperature = Temperature out of range
hold-reason-pest-or-disease = Pest or disease
hold-reason-hazard = Hazard
hold-reason-damage = Damage
hold-reason-other = Other

bill-level-master = Master bill
bill-level-house = House bill

party-consignor = Consignor
party-consignee = Consignee
party-declarant = Declarant
party-carrier = Carrier

section-partial = accepted in part

openness-partial = Released in part
openness-withdrawn = Release taken back

condition-treatment = Treatment first
condition-named-place = To a named place
condition-quarantine = Quarantine until freed
condition-relabel = To be labelled
condition-sort = To be sorted
condition-temperature = Kept at temperature
condition-document = Document to follow
condition-escort = Under seal or escort
condition-other = Other condition

refusal-family-documents = Documents
refusal-family-origin = Origin
refusal-family-physical = The goods
refusal-family-other = Other

signatory-declarant = Declarant
signatory-agent = Agent
signatory-driver = Driver
signatory-master = Master
signatory-witness = Witness

unsigned-refused = would not sign
unsigned-absent = was not there

custody-sealed = Sealed
custody-handed = Handed over
custody-received = Received by the laboratory
custody-returned = Returned
custody-destroyed = Destroyed

lab-satisfactory = Satisfactory
lab-not-satisfactory = Not satisfactory
lab-not-interpretable = Not interpretable
lab-pending = Result awaited

reading-radiation = Radiation
reading-vapour = Vapour or gas
reading-oxygen = Oxygen
reading-temperature = Temperature
reading-weight = Weight

treatment-fumigation = Fumigation
treatment-heat = Heat
treatment-cold = Cold
treatment-disinfection = Disinfection
treatment-ventilation = Airing
treatment-irradiation = Irradiation
treatment-other = Other treatment

record-stage-open = Being written
record-stage-concluded = Concluded, signatures missing
record-stage-final = Concluded and signed
record-stage-overtaken = Changed after the conclusion
sample-reason-random = Random
sample-reason-suspicion = Suspicion
sample-reason-re-enforced = Re-enforced control
sample-reason-required = Required
analysis-initial = First analysis
analysis-counter = Counter analysis
analysis-second-expert = Second expert
conservation-ambient = Ambient
conservation-chilled = Chilled
conservation-frozen = Frozen
side-front = Front wall
side-left = Left side
side-right = Right side
side-floor = Floor
side-roof = Roof
side-doors = Doors
side-undercarriage = Undercarriage
side-condition-sound = sound
side-condition-damaged = damaged
side-condition-altered = rebuilt
side-condition-not-seen = not seen
node-gate-in = Gate in
node-quay = Quay
node-yard = Yard
node-weighbridge = Weighbridge
node-scanner = Scanner
node-bay = Bay
node-gate-out = Gate out
read-by-ocr = camera
read-by-rfid = radio tag
read-by-bar-code = bar code
read-by-person = person
