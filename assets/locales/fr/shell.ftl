# Le cadre : pages, ligne, badges, lignes de la liste.
product = Outpost
worklist = Liste
agenda = Agenda
inspect = Contrôle
sync = Échange
settings = Réglages
start-waiting = Ouverture du bureau
start-waiting-why = Votre travail est en cours d’ouverture sur cet ordinateur.
start-refused = Cette fenêtre et son bureau ne vont pas ensemble
desk-gone = Le bureau s’est arrêté
desk-gone-why = Ce qui a été enregistré est en sécurité. Ce que vous voyez reste affiché, mais rien ne peut plus être enregistré avant de redémarrer Outpost.
desk-gone-because = Ce qui a été enregistré est en sécurité. Redémarrez Outpost. La connexion s’est terminée : { $reason }
inspect-none = Aucun contrôle n’est ouvert
inspect-none-why = Choisissez-en un dans la liste et appuyez sur Entrée.
inspect-to-worklist = Vers la liste
line-up = Ligne établie depuis { $time }
line-down = Ligne coupée depuis { $time }
line-pulled = Ligne débranchée à { $time }
line-unknown = Ligne pas encore essayée
line-exchange = dernier échange { $time }
line-no-exchange = aucun échange
line-pull = Débrancher la ligne
line-plug = Rebrancher la ligne
line-switch = Ligne débranchée
line-switch-why = Seulement dans cette démonstration : la ligne tombe comme si son câble était débranché.
waiting-nothing = Rien n’attend d’être envoyé
waiting-entries = { $count ->
    [one] { $count } écriture en attente
   *[other] { $count } écritures en attente
}
waiting-files = { $count ->
    [one] { $count } fichier en attente
   *[other] { $count } fichiers en attente
}
waiting-files-too = { $count ->
    [one] { $count } fichier
   *[other] { $count } fichiers
}
stuck-nothing = Rien n’est bloqué
stuck-count = { $count } bloquées
badge-untouched = À faire
badge-untouched-why = Rien n’a été enregistré sur cet ordinateur.
badge-received = Reçu
badge-received-why = D’autres y ont enregistré ; rien n’a été enregistré sur cet ordinateur.
badge-draft = Brouillon
badge-draft-why = Une saisie est en cours et n’est pas encore enregistrée.
badge-not-sent = Non envoyé { $count }
badge-not-sent-why = { $count ->
    [one] Une écriture est enregistrée ici et attend la ligne.
   *[other] { $count } écritures sont enregistrées ici et attendent la ligne.
}
badge-files = Fichiers { $count }
badge-files-why = Les écritures sont envoyées ; { $count ->
    [one] un fichier attend
   *[other] { $count } fichiers attendent
} encore la ligne.
badge-failed = Échec
badge-sent = Envoyé
badge-sent-why = Tout ce qui a été enregistré ici est au serveur central.
row-more-units = { $count ->
    [one] +1 unité
   *[other] +{ $count } unités
}
row-reefer = frigo { $degrees } °C
row-un = ONU { $number }
row-trusted = OEA
row-doubts = { $count ->
    [one] { $count } doute
   *[other] { $count } doutes
}
row-hs = SH { $code }
row-no-hs = sans code SH
row-more-items = { $count ->
    [one] +1 article
   *[other] +{ $count } articles
}
row-no-exam = Aucun
row-late = Échéance à { $time }
waiting-held = retient, { $reasons }
waiting-review = { $reason }, réexamen le { $day }
waiting-in-progress = en cours, { $officer }
waiting-required = pas commencé, { $control }
waiting-may-attend = peut assister, pas commencé
palette-hint = Que voulez-vous faire ?
palette-nothing = Rien sur cette page ne porte ces mots.
keys-title = Touches
keys-here = Sur cette page
keys-radiograph = Sur la radiographie
keys-everywhere = Partout
inspect-failed = Le contrôle n’a pas pu être ouvert
inspect-opening = Ouverture du contrôle
