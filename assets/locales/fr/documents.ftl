# Ce qui figure sur les documents : procès-verbal commun, avis, feuille du jour ; et dans les agendas.

doc-record-title = Procès-verbal d’inspection commune { $reference }
doc-hold-title = Avis de retenue { $reference }
doc-release-title = Avis de mainlevée { $reference }
doc-sample-title = Fiche d’échantillons { $reference }
doc-seal-title = Rapport sur les scellés { $reference }
doc-day-title = Feuille du jour, { $day }
doc-event = Inspection commune { $reference }, { $unit }

doc-draft-open = PROJET – NON CONCLU
doc-draft-concluded = PROJET – SIGNATURES MANQUANTES
doc-draft-overtaken = PROJET – MODIFIÉ APRÈS LA CONCLUSION
doc-standing = Situation : { $openness }
doc-mark = Code QR : inspection et empreinte du procès-verbal
doc-printed = Imprimé par { $who }, { $agency }, le { $at }
doc-zone = Heures de { $zone }, UTC{ $offset }
doc-hash = Empreinte du procès-verbal (SHA-256) : { $hash }

doc-yes = oui
doc-no = non
doc-none = Néant.
doc-not-recorded = Sans inscription
doc-silent = Rien n’a été enregistré sous : { $parts }.
doc-by = { $who }, le { $at }
doc-until = jusqu’au { $date }
doc-review = à revoir le { $date }

doc-inspection = Inspection
doc-reference = Référence
doc-mrn = Déclaration (MRN)
doc-bills = Connaissements
doc-units = Unités
doc-slot = Créneau de présentation
doc-bay = Poste de visite
doc-no-shows = Absents
doc-convener = Service convoquant
doc-exams = Contrôles ordonnés
doc-presented = Marchandise présentée
doc-stage = Procès-verbal
doc-selection = Motif de sélection
doc-random = tirage aléatoire

doc-seals = Scellés
doc-unit = Unité
doc-declared = Déclaré
doc-found = Constaté
doc-condition = État
doc-recorded = Enregistré par
doc-not-declared = non déclaré
doc-not-compared = non comparé
doc-no-seal = aucun scellé
doc-differs = diffère de la déclaration
doc-new-seal = Nouveau scellé { $number } sur { $unit } : { $party }, { $class }. { $by }
doc-alerts = Signalé par les scellés, les capteurs et le terminal
doc-alert = Signalement
doc-when = Quand
doc-place-and-date = Lieu, date, signature
doc-party = Déclarant, agent ou conducteur

doc-sides = Unité, côté par côté
doc-side = Côté
doc-note = Constat

doc-items = Marchandise comparée à la déclaration
doc-item = Article
doc-outcome = Résultat
doc-differences = Différences
doc-no-differences = Aucune différence n’a été enregistrée.
doc-difference = { $field } : déclaré { $declared }, constaté { $found }
doc-items-matching = Articles conformes à la déclaration : { $matching } sur { $total }.
doc-field-packages = colis
doc-field-gross = masse brute
doc-field-net = masse nette
doc-field-hs = code SH
doc-field-origin = origine
doc-field-description = désignation
doc-field-marks = marques

doc-control = Contrôle
doc-required = Décision requise
doc-state = Situation
doc-officer = Pris en charge par
doc-signed = Section signée
doc-checks = Contrôles
doc-no-checks = Aucun contrôle n’a été enregistré.
doc-checklist = Liste de contrôle : { $name } (version { $version }), { $agency }
doc-question = Question
doc-answer = Réponse
doc-deviates = s’écarte de ce qui est attendu
doc-check = Contrôle
doc-result = Résultat

doc-decisions = Décisions
doc-not-required = { $agency } (non requis)
doc-may-go = Marchandise
doc-undecided = pas de décision
doc-all-goods = Toute la marchandise
doc-accepted = Acceptable : { $purpose }
doc-refused = Non acceptable : { $action }
doc-waived = Laissé aux autres services

doc-findings = Constatations
doc-finding = Constatation
doc-text = Description
doc-photos = Photos : { $count }
doc-images = Radiographies
doc-scan = Image (empreinte)

doc-samples = Échantillons
doc-sample = Échantillon
doc-analysis = Analyse
doc-custody = Traçabilité
doc-batch = Lot { $batch }
doc-drawn = Prélevé : { $by }
doc-under-seal = scellé { $seal }
doc-sample-number = Échantillon { $number }
doc-test = Analyse demandée
doc-laboratory = Laboratoire
doc-kept = Conservation
doc-batch-number = Lot
doc-drawn-step = Prélevé
doc-person = Par qui ou à qui
doc-seal = Scellé
doc-signature = Signature

doc-readings = Mesures
doc-quantity = Grandeur
doc-value = Valeur
doc-place = Où
doc-device = Appareil
doc-calibrated = étalonné jusqu’au { $date }
doc-calibration-out = étalonnage expiré le { $date }

doc-treatments = Traitements
doc-treatment = Traitement
doc-how = Comment
doc-provider = Prestataire
doc-certificate = certificat { $number }

doc-holds = Retenues
doc-holds-open = Retenues en cours
doc-hold = Retenue
doc-agency = Service
doc-reason = Motif
doc-placed = Posée par
doc-fate = Suite
doc-hold-open = en cours
doc-hold-lifted = levée par { $who }, le { $at }
doc-override = dérogation proposée par { $who }, le { $at } : { $reason }
doc-override-confirmed = confirmée par { $who }, le { $at }
doc-level-bill = le connaissement { $number }
doc-level-house-bill = le connaissement de groupage { $number }
doc-level-unit = l’unité { $number }
doc-level-item = l’article { $number }
doc-level-conveyance = le moyen de transport

doc-conclusion = Conclusion
doc-not-concluded = Non conclu.
doc-overtaken = Une inscription a suivi cette conclusion : il faut conclure et signer à nouveau.
doc-signatures = Signatures
doc-signature-awaited = signature attendue
doc-signed-by-key = signé électroniquement, inscription { $entry }

doc-why-held = Pourquoi la marchandise est retenue
doc-what-stays = Ce qui n’est pas libéré, et pourquoi
doc-which-items = Marchandise libérée
doc-withdrawal = La mainlevée a été retirée
doc-withdrawn = { $agency } a retiré la mainlevée : { $who }, le { $at }. { $reason }
doc-block-hold = Retenue { $type } sur { $level } ({ $agency })
doc-block-undecided = { $agency } : pas encore de décision
doc-block-refused = { $agency } : marchandise refusée, en tout ou en partie

doc-codes = Codes pour les autres systèmes
doc-matter = Objet
doc-cbp = CBP
doc-uk = Royaume-Uni
doc-edifact = UN/EDIFACT 7365
doc-matter-hold-placed = Retenue posée : { $type }
doc-matter-hold-lifted = Retenue levée : { $type }
doc-matter-not-begun = Un service n’a pas commencé
doc-matter-at-work = Un service est à l’œuvre
doc-matter-released-after-exam = Mainlevée après contrôle

doc-slots = Créneaux
doc-time = Heure
doc-goods = Marchandise
doc-agencies = Services
doc-setup = préparation : { $minutes } min avant
doc-too-short = trop court pour ce qu’un service demande
doc-no-show = absent
doc-not-asked = non invité
