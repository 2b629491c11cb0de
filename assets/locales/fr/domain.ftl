# Les mots du métier, par code : une famille pour chaque énumération du domaine.

lane-red = Couloir rouge
lane-yellow = Couloir jaune
lane-blue = Couloir bleu
lane-green = Couloir vert

lane-short-red = Rouge
lane-short-yellow = Jaune
lane-short-blue = Bleu
lane-short-green = Vert

priority-urgent = Urgent
priority-high = Élevée
priority-normal = Normale

agency-customs = Douane
agency-veterinary = Vétérinaire
agency-plant-health = Santé des végétaux
agency-port-health = Santé portuaire
agency-safety = Sécurité
agency-standards = Normes
agency-police = Police
agency-immigration = Immigration
agency-maritime = Affaires maritimes

role-inspector = Inspecteur
role-supervisor = Superviseur
role-analyst = Analyste d’images

exam-documentary = Documents
exam-seal-check = Contrôle des scellés
exam-nii = Radiographie
exam-tailgate = Ouverture des portes
exam-partial-devan = Dépotage partiel
exam-full-devan = Dépotage complet
exam-sampling = Prélèvement
exam-canine = Chien détecteur
exam-radiation = Radioactivité
exam-vapour = Vapeurs
exam-boarding = Visite à bord

check-kind-documentary = Contrôle documentaire
check-kind-identity = Contrôle d’identité
check-kind-physical = Contrôle physique
check-kind-seven-point = Contrôle de l’unité en sept points
check-kind-image = Radiographie

check-result-satisfactory = Satisfaisant
check-result-after-intervention = Satisfaisant après intervention
check-result-not-satisfactory = Non satisfaisant
check-result-not-done = Non effectué
check-result-derogation = Dérogation

answer-pending = n’a pas répondu
answer-accepted = sera présent
answer-waived = n’a pas besoin d’être présent
answer-other-time = demande un autre horaire

section-waiting = pas commencé
section-in-progress = en cours
section-held = retient
section-accepted = accepté
section-refused = refusé
section-waived = renoncé

openness-held = Retenu
openness-waiting = En attente
openness-refused = Refusé
openness-released = Libéré

purpose-internal-market = Marché intérieur
purpose-transit = Transit
purpose-transhipment = Transbordement
purpose-temporary-import = Importation temporaire
purpose-warehouse = Entrepôt spécifique
purpose-channelled = Acheminement contrôlé
purpose-re-entry = Réentrée

refusal-re-export = Réexportation
refusal-destruction = Destruction
refusal-transformation = Transformation
refusal-treatment = Traitement
refusal-quarantine = Quarantaine
refusal-other-purpose = Autre utilisation
refusal-entry-refusal = Refus d’entrée
refusal-seizure = Saisie

unit-kind-container = Conteneur
unit-kind-trailer = Remorque
unit-kind-vehicle = Véhicule
unit-kind-wagon = Wagon
unit-kind-swap-body = Caisse mobile
unit-kind-vessel = Navire
unit-kind-loose = Vrac

seal-class-I = Indicatif
seal-class-S = Sécurité
seal-class-H = Haute sécurité

seal-party-CA = Transporteur
seal-party-SH = Chargeur
seal-party-CU = Douane
seal-party-AC = Service de quarantaine
seal-party-TO = Terminal
seal-party-AA = Groupeur

seal-condition-intact = intact
seal-condition-damaged = endommagé
seal-condition-tampered = altéré
seal-condition-missing = manquant

alert-door-opened = Porte ouverte
alert-seal-removed = Scellé retiré
alert-weight = Poids différent
alert-damage = Unité endommagée
alert-radiation = Alarme de radioactivité
alert-abandoned = Unité abandonnée

finding-seal = Scellé
finding-quantity = Quantité
finding-description = Désignation
finding-undeclared = Marchandise non déclarée
finding-origin = Origine
finding-documents = Documents
finding-temperature = Température
finding-health = Santé
finding-safety = Sécurité
finding-unit = Unité
finding-other = Autre

severity-note = Remarque
severity-minor = Mineur
severity-major = Majeur
severity-critical = Critique

outcome-match = Conforme
outcome-excess = Excédent
outcome-shortage = Manquant
outcome-substitution = Substitution
outcome-misdescription = Désignation inexacte
outcome-undeclared = Non déclaré

region-weapon = Arme
region-narcotic = Stupéfiants
region-tobacco = Tabac
region-cash = Espèces
region-person = Personne
region-radioactive = Source radioactive
region-undeclared = Marchandise non déclarée
region-false-wall = Fausse paroi
region-seal = Scellé
region-other = Autre
confidence-low = Faible
confidence-medium = Moyenne
confidence-high = Forte
sure-low = pas sûr
sure-medium = plutôt sûr
sure-high = sûr
verdict-hit = Trouvé
verdict-false-alarm = Fausse alerte
mark-box = Cadre
mark-ellipse = Ellipse
mark-polygon = Contour
mark-arrow = Flèche
mark-ruler = Règle
mark-text = Texte

image-no-anomaly = Aucune anomalie
image-anomaly = Anomalie
image-inconclusive = Non concluant
image-rescan = Nouveau passage

hold-type-manifest = Manifeste
hold-type-commercial-enforcement = Contrôle commercial
hold-type-anti-terror = Antiterrorisme
hold-type-statistical = Statistique
hold-type-document = Documents
hold-type-nii = Radiographie
hold-type-veterinary = Vétérinaire
hold-type-plant = Santé des végétaux
hold-type-food = Aliments
hold-type-safety = Sécurité
hold-type-terminal = Terminal

hold-reason-seal = Scellé différent
hold-reason-quantity = Quantité différente
hold-reason-misdescription = Marchandise non conforme à la désignation
hold-reason-undeclared = Marchandise non déclarée
hold-reason-image-anomaly = Anomalie sur la radiographie
hold-reason-lab-pending = Résultat de laboratoire attendu
hold-reason-document-missing = Document manquant
hold-reason-temperature = Température hors limites
hold-reason-pest-or-disease = Organisme nuisible ou maladie
hold-reason-hazard = Danger
hold-reason-damage = Dommage
hold-reason-other = Autre

bill-level-master = Connaissement principal
bill-level-house = Connaissement de groupage

party-consignor = Expéditeur
party-consignee = Destinataire
party-declarant = Déclarant
party-carrier = Transporteur

section-partial = accepté en partie

openness-partial = Mainlevée partielle
openness-withdrawn = Mainlevée retirée

condition-treatment = Traitement préalable
condition-named-place = Vers un lieu désigné
condition-quarantine = Quarantaine jusqu’à libération
condition-relabel = À étiqueter
condition-sort = À trier
condition-temperature = Maintien en température
condition-document = Document à fournir
condition-escort = Sous scellé ou escorte
condition-other = Autre condition

refusal-family-documents = Documents
refusal-family-origin = Origine
refusal-family-physical = La marchandise
refusal-family-other = Autre

signatory-declarant = Déclarant
signatory-agent = Agent
signatory-driver = Conducteur
signatory-master = Capitaine
signatory-witness = Témoin

unsigned-refused = a refusé de signer
unsigned-absent = n’était pas présent

custody-sealed = Scellé
custody-handed = Remis
custody-received = Reçu par le laboratoire
custody-returned = Rendu
custody-destroyed = Détruit

lab-satisfactory = Conforme
lab-not-satisfactory = Non conforme
lab-not-interpretable = Non interprétable
lab-pending = Résultat attendu

reading-radiation = Rayonnement
reading-vapour = Vapeur ou gaz
reading-oxygen = Oxygène
reading-temperature = Température
reading-weight = Masse

treatment-fumigation = Fumigation
treatment-heat = Chaleur
treatment-cold = Froid
treatment-disinfection = Désinfection
treatment-ventilation = Ventilation
treatment-irradiation = Irradiation
treatment-other = Autre traitement

record-stage-open = En cours de rédaction
record-stage-concluded = Conclu, signatures manquantes
record-stage-final = Conclu et signé
record-stage-overtaken = Modifié après la conclusion
sample-reason-random = Aléatoire
sample-reason-suspicion = Suspicion
sample-reason-re-enforced = Contrôle renforcé
sample-reason-required = Obligatoire
analysis-initial = Première analyse
analysis-counter = Contre-analyse
analysis-second-expert = Second expert
conservation-ambient = Ambiante
conservation-chilled = Réfrigéré
conservation-frozen = Congelé
side-front = Paroi avant
side-left = Côté gauche
side-right = Côté droit
side-floor = Plancher
side-roof = Toit
side-doors = Portes
side-undercarriage = Dessous
side-condition-sound = en bon état
side-condition-damaged = endommagé
side-condition-altered = modifié
side-condition-not-seen = non vu
node-gate-in = Entrée
node-quay = Quai
node-yard = Parc
node-weighbridge = Pont-bascule
node-scanner = Scanner
node-bay = Poste de visite
node-gate-out = Sortie
read-by-ocr = caméra
read-by-rfid = radio-étiquette
read-by-bar-code = code-barres
read-by-person = personne
