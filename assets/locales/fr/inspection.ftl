# L’écran de l’inspection : en-tête, manifeste, radiographie, contrôles, retenues, historique et formulaires.
insp-back = Retour à la liste
insp-tab-manifest = Manifeste
insp-tab-radiograph = Radiographie
insp-tab-checks = Contrôles
insp-tab-holds = Décision
insp-tab-history = Historique
insp-joint = Conjointe { $time }, { $bay }
insp-held-by = Retenu · { $agency }
insp-trusted = Opérateur agréé
insp-trusted-why = L’opérateur est agréé (OEA) : il passe avant la file.
insp-sync-failed = Échec
insp-sync-sent = Envoyé
insp-sync-sent-why = Le central l’a reçu.
insp-sent-waiting = Non envoyé
insp-sent-waiting-why = Enregistré sur ce poste ; envoyé dès que la ligne est là.
insp-sent-aside = Écarté
insp-sent-aside-why = Retirée ou corrigée avant que la centrale ne l’ait prise ; elle reste ici et n’est pas envoyée. { $why }
insp-sent-behind = Attend
insp-sent-behind-why = Elle attend derrière une écriture de cette inspection que le central n’a pas prise.
insp-none = aucun
insp-no-hs = sans code SH
insp-kg = { $mass } kg
insp-celsius = { $degrees } °C
insp-photos = { $n ->
    [one] 1 photo
   *[other] { $n } photos
}
insp-item = Article { $number } · { $name }
insp-does-not-add-up = Ce qui ne concorde pas
insp-goods = { $n ->
    [one] Marchandises · 1 article
   *[other] Marchandises · { $n } articles
}
insp-as-declared = comme déclaré
insp-declared-total = Déclaré au total
insp-packages = { $n } colis
insp-col-number = #
insp-col-goods = Marchandises
insp-col-hs = SH
insp-col-origin = Origine
insp-col-packages = Colis
insp-col-gross = Brut
insp-col-net = Net
insp-col-un = Danger
insp-col-mark = Marque
insp-unit-number = Numéro
insp-size-type = Taille et type
insp-check-digit = Chiffre de contrôle
insp-check-digit-valid = concorde
insp-check-digit-wrong = ne concorde pas, { $expected } attendu
insp-weighed = Pesé
insp-reefer = À l’arrivée
insp-reefer-set = consigne { $set }
insp-seals = { $n ->
    [0] Aucun scellé déclaré
    [one] 1 scellé déclaré
   *[other] { $n } scellés déclarés
}
insp-consignment = Envoi
insp-reference = Inspection
insp-mrn = MRN
insp-route = Trajet
insp-ordered = Examen ordonné
insp-ordered-at = ordonné { $time }, il y a { $age }
insp-presented-at = présenté { $time }
insp-due-at = attendu pour { $time }
insp-parties = Parties
insp-selected = Pourquoi il a été sélectionné
insp-selected-random = Tiré au sort
insp-selected-secret = Réservé à la douane.

mismatch-lead-seal-differs = Scellé { $found } trouvé
mismatch-rest-seal-differs = { $declared } déclaré
mismatch-mark-seal-differs = Scellé différent
mismatch-lead-seal-condition = Scellé { $seal } { $condition }
mismatch-lead-weighed = Pesé { $weighed }
mismatch-rest-weighed = déclaré { $declared } ({ $percent } %), { $scale } { $time }
mismatch-mark-weighed = Poids { $percent } %
mismatch-lead-temperature = { $actual } à l’arrivée
mismatch-rest-temperature = consigne { $set }
mismatch-mark-temperature = Température
mismatch-lead-unit-check-digit = Le chiffre de contrôle de { $unit } ne concorde pas
mismatch-rest-unit-check-digit = { $expected } est attendu
mismatch-mark-unit-check-digit = Contrôle
mismatch-lead-mrn-check = Le caractère de contrôle du MRN ne concorde pas
mismatch-rest-mrn-check = { $expected } est attendu
mismatch-mark-mrn-check = Contrôle
mismatch-lead-scan-of-other-unit = Le scanner a lu { $read }
mismatch-rest-scan-of-other-unit = qui n’est pas une unité de cet envoi
mismatch-mark-scan-of-other-unit = Autre unité
mismatch-lead-mass-sum = Les articles pèsent { $items } ensemble
mismatch-rest-mass-sum = { $declared } déclarés au total
mismatch-mark-mass-sum = Somme des masses
mismatch-lead-package-sum = Les articles ont { $items } colis ensemble
mismatch-rest-package-sum = { $declared } déclarés au total
mismatch-mark-package-sum = Somme des colis
mismatch-lead-seal-count = { $counted ->
    [one] Le transporteur compte un scellé
   *[other] Le transporteur compte { $counted } scellés
}
mismatch-rest-seal-count = { $listed } déclarés
mismatch-mark-seal-count = Nombre de scellés
mismatch-lead-chapter = L’article { $item } est déclaré au chapitre { $declared }
mismatch-rest-chapter = ses mots suggèrent { $suggested }
mismatch-mark-chapter = Autre chapitre
mismatch-lead-no-hs-code = L’article { $item } n’a pas de code SH
mismatch-rest-no-hs-code = ce qui a été déclaré n’en est pas un
mismatch-mark-no-hs-code = Sans code SH
mismatch-lead-net-above-gross = L’article { $item } pèse plus net que brut
mismatch-rest-net-above-gross = l’une des deux masses est fausse
mismatch-mark-net-above-gross = Net > brut
mismatch-lead-item-differs = L’article { $item } a été trouvé autrement
mismatch-rest-item-differs = { $outcome }
mismatch-mark-item-differs = { $outcome }
mismatch-lead-alerted = { $alert }
mismatch-rest-alerted = { $time } : { $text }
mismatch-mark-alerted = { $alert }

why-not-not-concerned = { $agency } n’a pas de part à cette inspection.
why-not-role-may-not = Comme { $role }, vous pouvez regarder ceci, pas l’enregistrer.
why-not-missing = Il manque encore : { $field }.
why-not-too-long = { $field } a { $characters } caractères ; la limite est { $limit }.
why-not-unknown-item = La déclaration n’a pas d’article { $number }.
why-not-unknown-level = { $name } ne fait pas partie de cet envoi.
why-not-unknown-scan = Cette radiographie n’appartient pas à l’inspection.
why-not-region-outside = La région est hors de la radiographie.
why-not-unknown-region = Cette région ne figure sur aucune radiographie de cette inspection.
why-not-unknown-hold = Cette retenue n’existe pas.
why-not-hold-known = Une retenue de ce nom a déjà été posée.
why-not-hold-already-lifted = La retenue a déjà été levée, par { $by }.
why-not-hold-of-another = { $agency } a posé cette retenue ; seul ce service la lève.
why-not-own-hold-stands = { $count ->
    [one] Une retenue de { $agency } subsiste ; levez-la d’abord.
   *[other] { $count } retenues de { $agency } subsistent ; levez-les d’abord.
}
why-not-not-decided = Décidez d’abord : une section se signe après sa décision.
why-not-already-signed = La section a été signée par { $by } ; corrigez une écriture dans l’historique.
why-not-supersedes-unknown = Seules les écritures de { $agency } peuvent être corrigées par { $agency }.
why-not-already-corrected = { $by } a déjà corrigé ou retiré cette écriture ; corrigez la sienne.
why-not-unknown-kind = Ce genre d’écriture n’est pas connu ici.

field-reason = motif
field-note = note
field-text = texte
field-seal = numéro du scellé
field-comment = commentaire
field-conditions = conditions
field-legal-reference = règle
field-packages = colis
field-gross = masse brute
field-net = masse nette
field-hs = code SH
field-origin = origine
field-description = désignation
field-marks = marques
field-found-packages = Colis trouvés
field-found-gross = Brut trouvé, kg
field-found-hs = Code SH qui convient
field-found-origin = Origine trouvée
field-found-description = Ce que sont les marchandises
field-day-wrong = Le jour ne s’écrit pas comme 2026-11-30.

entry-section-claimed = A pris la section en main
entry-check-concluded = Contrôle
entry-seal-compared = Scellé
entry-item-compared = Article
entry-finding-recorded = Constat
entry-region-drawn = Région
entry-region-judged = Région jugée
entry-image-concluded = Radiographie lue
entry-image-brought = Image apportée
shot-image-brought = Photo
shot-seal-compared = Scellé
shot-seal-affixed = Nouveau scellé
shot-finding-recorded = Constatation
shot-unit-examined = Unité
shot-sample-taken = Échantillon
entry-hold-placed = Retenue posée
entry-hold-lifted = Retenue levée
entry-decided = Décision
entry-section-signed = Section signée
entry-slot-answered = Réponse au créneau
entry-withdrawn = Retiré
entry-unknown = Écriture d’une version plus récente
entry-read-for = regardée pendant { $seconds } s
entry-seal-undeclared = { $seal }, non déclaré, { $condition }

hold-level-bill = connaissement { $name }
hold-level-house-bill = connaissement house { $name }
hold-level-unit = unité { $name }
hold-level-item = article { $name }
hold-level-conveyance = le moyen de transport
hold-sentence = Retenue { $agency }, { $reason }
hold-review = à revoir le { $day }
hold-no-review = sans jour de revue
hold-title = Poser une retenue
hold-place = Poser une retenue
hold-type = Genre de retenue
hold-reason = Motif
hold-level = Ce qu’elle bloque
hold-note = Pourquoi, dans vos mots
hold-review-day = À revoir le

decision-acceptable = Acceptable, { $purpose }
decision-not-acceptable = Non acceptable, { $action }
decision-waived = Laissé aux autres
decision-until = jusqu’au { $day }
decide-title = Décider
decide-change = Changer la décision
decide-draft = Une décision est en cours de saisie.
decide-record = Enregistrer la décision
decide-question = Pour votre service, les marchandises sont
decide-acceptable = Acceptables
decide-not-acceptable = Non acceptables
decide-waive = Laissées aux autres
decide-choose = Choisissez d’abord ce que vous décidez.
decide-purpose = Pour
decide-conditions = Conditions, s’il y en a
decide-action = Ce qu’elles deviennent
decide-reason = Pourquoi
decide-deadline = Jusqu’à quand

form-saving = Enregistrement …
form-record = Enregistrer
form-close = Fermer
form-cancel = Annuler
form-discard = Jeter
form-kept = Ce que vous tapez est gardé sur ce poste à mesure.
form-ready = Enregistré une fois, signé de votre nom.

saved-nothing = Rien n’est encore enregistré ici.
saved-sent = { $count ->
    [one] Enregistré { $time } · 1 écriture · envoyée
   *[other] Enregistré { $time } · { $count } écritures · envoyées
}
saved-waiting = Enregistré { $time } · { $waiting } sur { $count } sur ce poste, à envoyer

sections-title = Sections
sections-progress = { $done } sur { $of }
sections-hold = Retient
sections-signed = { $name } · signé { $time }
sections-in-hand = { $name } · l’a en main
sections-in-hand-here = { $name } · vous
sections-claim = Prendre en main
sections-nobody = personne ne l’a en main
sections-may-attend = peut assister ; les marchandises n’attendent pas

seals-title = Scellés
seals-none = Aucun scellé déclaré. S en enregistre un qui a été trouvé.
seals-all-conform = Tous comme déclarés
seals-not-declared = non déclaré
seals-party-unknown = inconnu
seals-to-compare = À comparer
seals-col-party = Partie
seals-col-declared = Déclaré
seals-col-found = Trouvé
seals-col-condition = État
seals-col-result = Résultat
seal-result-missing = Manquant
seal-result-undeclared = Non déclaré
seal-result-wrong-number = Autre numéro
seal-result-damaged = Endommagé
seal-result-tampered = Altéré
seal-result-conform = Conforme
seal-title = Comparer le scellé
seal-declared = Déclaré
seal-nobody-declared = Un scellé que personne n’a déclaré
seal-found = Numéro trouvé
seal-unit = Unité
seal-as-declared = Comme déclaré
seal-left = { $n ->
    [one] encore un après celui-ci
   *[other] encore { $n } après celui-ci
}

goods-title = Marchandises, par différence
goods-untouched = sans saisie, c’est conforme
goods-col-number = #
goods-col-declared-as = Déclaré comme
goods-col-declared = Déclaré
goods-col-found = Trouvé
goods-col-result = Résultat
item-note = Note
item-declared = déclaré { $value }
item-say-what = Dites ce qui diffère, dans un champ ou dans la note.
item-differs-yet-conform = Quelque chose diffère de la déclaration ; choisissez comment, sinon c’est enregistré conforme.

checklist-title = Contrôles · { $agency }
checklist-all-conform = Tout marquer conforme
checklist-change = Changer { $check }
checklist-other = Autre résultat, { $check }
checklist-other-short = Autre résultat
checklist-conform = Conforme, { $check }
checklist-conform-short = Conforme
checklist-required = À faire
checklist-result = Résultat
checklist-reason = Pourquoi
checklist-remark = Remarque, s’il y en a une

findings-title = Constats { $n }
findings-add = Ajouter un constat
findings-draft = Reprendre le brouillon
findings-none = Rien constaté jusqu’ici.
findings-item = article { $number }
findings-region = région { $number } de la radiographie
finding-title = Constat
finding-record = Enregistrer le constat
finding-severity = Gravité
finding-category = De quoi il s’agit
finding-text = Ce qui a été constaté
finding-text-hint = 70 cartons de plus que déclaré, derrière la troisième rangée
finding-rule = Règle enfreinte
finding-item = Article
finding-no-item = aucun article
finding-region = Région de la radiographie
finding-no-region = aucune région
finding-photos = { $n ->
    [0] Photos et fichiers
    [one] Photos et fichiers · 1
   *[other] Photos et fichiers · { $n }
}
photos-choose = Choisir des fichiers
photos-path = ou le chemin d’un fichier, puis Entrée
photos-kept = sur ce poste
photos-remove = Écarter { $name }
photos-reading = Un fichier est en cours de lecture.
photos-strange = Le service a donné une réponse qui ne va pas avec la question.
photos-no-file = { $name } n’est pas un fichier.
photos-unreadable = { $name } ne peut pas être lu : { $detail }
photos-too-large = { $name } a { $detail } Mo ; la limite est { $limit } Mo. Prenez la photo en moindre résolution.
photos-no-image = { $name } n’est ni une photo (JPEG, PNG, TIFF) ni un PDF.

release-not = Pourquoi ce n’est pas libéré
release-free = Libéré
release-free-why = Chaque service requis a décidé et aucune retenue ne subsiste.
release-undecided = { $agency } n’a pas décidé
release-refused = { $agency } a refusé les marchandises
release-accepted = { $agency } a accepté
release-waived = { $agency } a renoncé
release-state-held = Retenu
release-state-waiting = Pas encore libéré
release-state-refused = Refusé
release-state-released = Libéré

conclude-act = Conclure la section et signer
conclude-title = Conclure · { $agency }
conclude-sign = Signer
conclude-decide-and-sign = Décider et signer
conclude-signed = Signé par { $by }. Ce qui tient se corrige dans l’historique.
conclude-says = Par votre signature, { $officer }, la section est close : ce qui suit corrige, n’ajoute pas.
conclude-open-checks = Pas conclus : { $checks }.
conclude-findings = { $n ->
    [0] Aucun constat
    [one] 1 constat
   *[other] { $n } constats
}

holds-open = { $n ->
    [0] Retenues
    [one] 1 retenue subsiste
   *[other] { $n } retenues subsistent
}
holds-none = Aucune retenue ne subsiste.
holds-placed = posée par { $by }, { $time }
holds-lift = Lever
holds-lift-title = Lever la retenue
holds-lift-reason = Pourquoi elle peut être levée
holds-lifted = Levées · { $n }
holds-lifted-by = Levée par { $by }, { $time } : { $reason }
holds-undecided = N’a pas décidé ; les marchandises l’attendent.
holds-undecided-free = N’a pas décidé ; les marchandises ne l’attendent pas.

history-empty = Il ne s’est encore rien passé ici
history-empty-why = Chaque contrôle, constat, retenue et décision sera ici avec qui, quand et son empreinte.
history-col-time = Heure
history-col-author = Auteur
history-col-kind = Acte
history-col-said = Contenu
history-col-number = N°
history-col-hash = Empreinte
history-col-sent = Envoi
history-superseded = remplacé : ne compte plus
history-not-own = Seul le service qui a écrit une écriture la corrige ou la retire.
history-by = N° { $number } de l’appareil { $device } · { $name } · { $time }
history-copy-hash = Copier l’empreinte
history-send-again = Renvoyer
history-not-taken = La centrale ne l’a pas prise : { $why }
history-stands = Vaut à la place : { $name }, { $agency }, { $time }
history-show-it = Montrer cette écriture
history-correct = Corriger
withdraw-title = Retirer une écriture
withdraw-act = Retirer
withdraw-reason = Pourquoi elle est retirée

radiograph-high = Haute énergie
radiograph-low = Basse énergie
radiograph-read-high = haute
radiograph-read-low = basse
radiograph-window = Fenêtre
radiograph-window-name = Histogramme, niveau { $level }, largeur { $width }
radiograph-level = Niveau { $level }
radiograph-width = Largeur { $width }
radiograph-preset-auto = Auto
radiograph-preset-whole = Tout
radiograph-preset-light = Léger
radiograph-preset-dense = Dense
radiograph-preset-steel = Acier
radiograph-name = Radiographie de { $unit }
radiograph-map = Plan de la radiographie
radiograph-scans = Scans
radiograph-import = Importer d’un dossier
radiograph-brought = Apportée ici
radiograph-photos = Photos
radiograph-photos-more = { $n } de plus
radiograph-none = Pas de radiographie
radiograph-none-why = Cette unité n’a pas été scannée, ou le scan n’a pas été envoyé au poste.
radiograph-decoding = Ouverture de la radiographie
radiograph-decoding-why = Elle est en cours de décodage ; le reste de la fenêtre continue.
radiograph-fetching = Lecture de la radiographie
radiograph-fetching-why = { $here } sur { $total } Mo depuis le cache chiffré
radiograph-unfetched = La radiographie n’a pas pu être lue
radiograph-again = Réessayer
radiograph-broken = Le service a envoyé l’octet { $came } au lieu de l’octet { $expected }.
radiograph-coming = La radiographie est en route
radiograph-coming-why = { $size } Mo sont en cours de réception ; elle s’ouvrira d’elle-même.
radiograph-absent = La radiographie n’est pas encore sur ce poste
radiograph-absent-why = Elle sera reçue quand la ligne sera là et s’ouvrira alors d’elle-même.
radiograph-failed = Ce fichier ne peut pas être montré
radiograph-failed-why = Il reste tel qu’il est arrivé ; redemandez l’image au site du scanner. À leur dire : { $error }.
radiograph-photo = Ceci est une photographie, pas une radiographie : ses nuances ne disent rien de ce que les rayons X ont traversé.
photo-name = Photo de { $unit }
photos-title = Photos { $n }
photos-absent = Cette photo n’est pas encore sur le portable.
photos-absent-why = Elle sera cherchée quand la ligne est là, et s’ouvrira d’elle-même.
photo-camera = L’appareil dit
photo-camera-nothing = L’appareil n’a rien noté sur cette photo.
photo-taken = Prise
photo-device = Appareil
photo-place = Lieu
photo-turned = Orientation
photo-turned-value = Redressée comme l’appareil l’a noté (EXIF { $orientation }).
radiograph-see-first = Une conclusion demande que l’image soit en vue.

region-title = Qu’est-ce ?
region-category = Catégorie
region-confidence = Certitude
verdict-why = Ce que le contrôle a fait de la région { $number }
mark-how-polygon = Cliquez angle par angle ; Entrée ferme, Retour arrière en reprend un.
mark-how-text = Cliquez là où vont les mots.
mark-how-drag = Tirez sur l’image ; R passe à la forme suivante.
region-comment = Commentaire
region-record = Enregistrer la région
region-list = Régions { $n }
region-none = Aucune. R, puis tirez sur l’image.
region-show = Montrer la région { $number }
region-to-finding = Faire un constat de la région { $number }
region-manifest = Le manifeste dit
region-more-items = { $n ->
    [one] et encore un article
   *[other] et encore { $n } articles
}

read-window = Fenêtre
read-move = Déplacer
read-region = Région
read-measure = Mesurer
read-preset = Préréglage
read-invert = Inverser
read-log = Log
read-gamma = Gamma
read-energy = Énergie
read-noise = Moins de bruit
read-dense = Partie dense
read-contrast = Contraste local
read-edges = Contours
read-organic = Organique seul
read-metal = Métal seul
read-material = Matière
read-map = Palette
read-loupe = Loupe
read-split = Partager
read-arrange = Disposition
read-turn = Tourner
read-mirror = Miroir
read-suggest = Ressort
suggest-title = Suggestions { $n }
suggest-none = Rien ne ressort.
suggest-help = Trouvé par des chiffres, non par un agent. Rien n’est enregistré sans que vous le marquiez.
suggest-mark = Marquer
suggest-away = Écarter
suggest-label = Suggestion · { $what }
suggest-denser = Plus dense que sa rangée
suggest-lighter = Plus léger que sa rangée
suggest-material = Matière non déclarée
suggest-not-empty = Pas vide
suggest-empty = Semble vide
suggest-packages = Plus de colis que déclaré
suggest-why-denser = Atténuation { $seen } là où ses voisins ont { $usual }.
suggest-why-lighter = Atténuation { $seen } là où ses voisins ont { $usual }.
suggest-why-material = { $material } sur { $share } % de la cale ; aucune marchandise déclarée n’en est.
suggest-why-not-empty = Rien n’est déclaré ; { $share } % de la cale contient quelque chose.
suggest-why-empty = { $kg } kg sont déclarés ; seuls { $share } % de la cale contiennent quelque chose.
suggest-why-packages = { $counted } comptés côte à côte ; { $declared } déclarés.
read-fit = Ajuster
read-one = 1:1
read-reset = Rétablir
read-even = Régulier
read-look = Aspect, dans cet ordre
read-why-energy = Les matières se distinguent à deux énergies ; ce scan n’en a qu’une.
read-why-photo = Ceci est une photographie : elle n’a pas de nuances de rayons X à traiter.
read-why-beside = Rien n’est comparé : posez d’abord l’original ou une autre image à côté.
beside-title = Comparer
beside-original = Original
beside-now = Maintenant
beside-reference-same-heading = Mêmes marchandises, autre unité
beside-reference-empty = Une telle unité, vide
beside-scan = avec { $scan }
beside-absent = Cette image n’est pas encore sur le portable.
beside-wipe = Ligne
beside-stages = Côte à côte
beside-blink = En alternance
beside-laid-asked = Superposition en cours…
beside-laid-content = Superposées d’après leur contenu.
beside-laid-size = Contenus différents : superposées par la taille.
unseen-empty = Le fichier est vide.
unseen-not-an-image = Ceci n’est pas une image.
unseen-unsupported-format = Les images de ce format ne peuvent pas être montrées.
unseen-file-too-large = Le fichier est trop grand.
unseen-too-large = L’image annonce plus de pixels qu’on ne peut montrer.
unseen-no-pixels = L’image n’a pas de pixels.
unseen-cut-off = Le fichier a été coupé en chemin.
unseen-damaged = L’image est abîmée.
unseen-unsupported-compression = L’image est comprimée d’une façon qui ne peut pas être lue.
unseen-unsupported-samples = L’image a des pixels d’un genre qui ne peut pas être montré.
unseen-planes-differ = Les deux énergies n’ont pas la même taille.
unseen-too-many-planes = L’image a plus de deux énergies.
unseen-no-image = Le fichier ne contient pas d’image.
unseen-sidecar = La description à côté de l’image est inutilisable.
unseen-sidecar-disagrees = La description à côté de l’image est celle d’un autre fichier.
unseen-bad-pitch = La taille d’un pixel ne peut pas être vraie.
map-inferno = Inferno
map-viridis = Viridis
map-turbo = Arc-en-ciel
map-dark = noir
map-bright = blanc
material-organic = organique
material-mixed = mixte, métal léger
material-metal = métal
material-blocked = non traversé
radiograph-window-low = Bout noir de la fenêtre
radiograph-window-high = Bout blanc de la fenêtre
measure-title = Ligne, { $length }
measure-pixels = { $n } px
measure-name = Atténuation le long de la ligne de { $length }, au plus { $largest }
measure-along = Atténuation le long de la ligne ; un clic l’enlève.
measure-no-pitch = La taille d’un pixel n’est pas connue pour ce scan : les longueurs sont en pixels.
measure-attenuation = atténuation
measure-count = { $n } objets le long, tous les { $apart }.
measure-uneven = Pas de rangée régulière d’objets le long.
inside-title = Dans la région { $number }
inside-drawn = Dans ce qui est tracé
inside-histogram = Fréquence de chaque nuance à l’intérieur
inside-shade = nuance
inside-filled = remplie à { $share } %
chart-save = SVG
chart-save-why = Enregistrer ce graphique en fichier SVG
chart-saved = Enregistré : { $path }
chart-not-saved = Pas enregistré : { $error }
chart-no-folder = cet utilisateur n’a pas de dossier

why-not-not-convener = Réservé au service { $agency }, qui convoque l’inspection.
why-not-unsound-span = Le créneau doit finir après son début, dans la journée.
why-not-slot-moved = Le créneau a été déplacé entre-temps.
why-not-no-such-slot = Ce créneau n’est plus en vigueur ; vérifiez-le.
why-not-unknown-sample = Aucun échantillon de ce nom dans cette inspection.
why-not-sample-gone = L’échantillon { $number } a été rendu ou détruit.
why-not-physical-check-first = Enregistrez d’abord le contrôle physique : on prélève après.
why-not-result-awaited = Le résultat de l’échantillon { $number } est attendu ; seuls les prélèvements aléatoires n’attendent pas.
why-not-out-of-range = { $value } n’est pas une valeur mesurable.
why-not-unknown-override = Cette dérogation n’existe plus, ou la retenue est levée.
why-not-same-officer = Proposé par { $by } : un second agent doit confirmer.
why-not-own-hold = Cette retenue est de votre service : levez-la.
why-not-undecided = { $agency } n’a pas encore décidé.
why-not-not-concluded = Le service convoquant n’a pas encore conclu le procès-verbal.
why-not-record-changed = Une inscription a été ajoutée entre-temps : revoyez le procès-verbal.
why-not-already-concluded = Ce procès-verbal a été conclu par { $by }.
why-not-record-signed = { $agency } a signé le procès-verbal commun ; corrigez une inscription dans l’historique.
why-not-split-off = L’article { $number } a été refusé au procès-verbal et séparé.
why-not-not-released = La mainlevée n’est pas donnée.
why-not-left = La marchandise est partie à { $at }.
why-not-unreadable-signature = La signature est illisible : signez dans le cadre.
entry-slot-proposed = Créneau proposé
entry-no-show = Absence constatée
entry-seal-affixed = Nouveau scellé
entry-unit-examined = Unité examinée
entry-reading-taken = Mesure
entry-treatment-recorded = Traitement
entry-sample-taken = Échantillon prélevé
entry-sample-moved = Parcours de l’échantillon
entry-sample-reported = Résultat de laboratoire
entry-override-proposed = Dérogation proposée
entry-override-confirmed = Dérogation confirmée
entry-release-withdrawn = Mainlevée retirée
entry-joint-concluded = Procès-verbal commun conclu
entry-record-signed = Procès-verbal commun signé
entry-signature-missing = Signature manquante
entry-party-signed = Signature d’une partie
field-bay = poste
field-number = numéro de l’échantillon
field-test = analyse demandée
field-laboratory = laboratoire
field-person = nom
field-report = rapport
field-device = appareil
field-provider = prestataire
field-name = nom
field-place = lieu
field-matter = matière
field-batch = lot
field-files = fichiers
field-media-type = type de fichier
field-scanner = scanner ou appareil photo
field-site = site
field-unit = numéro d’unité
field-treatment = traitement
field-refusal = motif
release-state-partial = Mainlevée partielle
release-state-withdrawn = Mainlevée retirée
release-partial = { $agency } a accepté en partie
release-withdrawn = { $by } ({ $agency }) a retiré la mainlevée : { $reason }
entry-slot-in = { $bay }, { $day } { $from }–{ $to }
entry-answer-minutes = { $minutes } min nécessaires
entry-sides = { $n } côtés sur 7
entry-items = articles { $items }
condition-until = jusqu’au { $day }
entry-checklist-answered = Liste de contrôle
why-not-answer-misfit = Une réponse ne convient pas à sa question ({ $question }).
why-not-unknown-list = La liste de contrôle { $name }, version { $version }, n’est pas encore venue de la centrale.
why-not-list-of-another = Cette liste de contrôle est celle d’un autre service : { $agency }.
why-not-list-pinned = La liste de contrôle { $name } a été commencée dans la version { $version } : continuez avec celle-ci.
why-not-answers-missing = { $count ->
    [one] Il manque une réponse exigée dans la liste { $name }.
   *[other] Il manque { $count } réponses exigées dans la liste { $name }.
  }
list-title = Listes de contrôle
list-begin = Commencer
list-go-on = Continuer
list-look = Voir
list-questions = { $n ->
    [one] 1 question
   *[other] { $n } questions
  }
list-complete = Complète
list-progress = { $done } sur { $of }
list-deviations = { $n ->
    [one] 1 écart
   *[other] { $n } écarts
  }
list-so-far = { $missing ->
    [0] { $done } sur { $of } · rien d’exigé ne manque
    [one] { $done } sur { $of } · il manque 1 réponse exigée (*)
   *[other] { $done } sur { $of } · il manque { $missing } réponses exigées (*)
  }
list-all-in-order = Le reste est en ordre
list-yes = Oui
list-no = Non
list-deviates = Écart
list-to-finding = Noter comme constat…
list-taken-back = retirée
list-in-words = En vos propres mots
list-version = version { $n }
list-nothing-new = Rien de nouveau n’a encore été répondu.
list-misfit = Ceci ne répond pas à la question.
list-between = Un nombre de { $least } à { $most } { $unit } est attendu.
list-at-least = Un nombre d’au moins { $least } { $unit } est attendu.
list-at-most = Un nombre d’au plus { $most } { $unit } est attendu.
goods-all-as-declared = Reste comme déclaré
seal-no-class = Sans marque
item-no-number = { $field } : écrivez un nombre, ou un calcul comme 31 × 40 + 7.
goods-sum-packages = En tout, colis { $sum }
goods-sum-gross = masse brute { $sum } kg
why-not-not-on-behalf = Vous ne pouvez agir que pour un autre agent de votre propre service.
decide-on-behalf = Signé pour
decide-for-oneself = Moi-même
history-on-behalf = { $agency } · pour { $name }
conclude-open-lists = Listes de contrôle incomplètes : { $lists }.

scan-file = Le fichier indique
scan-file-doubts = Le fichier ne correspond pas à sa fiche
scan-file-unit = Le scanner a lu { $unit }, qui n’est pas une unité de ce contrôle.
scan-file-size = Le fichier a { $file } pixels, sa fiche en indique { $record }.
scan-file-pitch = Un pixel mesure { $file } mm dans le fichier et { $record } mm dans sa fiche. Les longueurs suivent la fiche.
scan-file-frames = { $shown } vues sur { $total } sont affichées.
scan-file-scanner = Scanner
scan-file-site = Site
scan-file-taken = Prise de vue
scan-file-read = Unité lue
scan-file-energies = Énergies
scan-file-software = Écrit par
scan-file-packing = Codage
scan-file-bits = Profondeur
scan-file-bits-value = { $bits } bits
