# Échange et appareil.
sync-line = Ligne
sync-line-down-why = Le travail continue. Ce que vous enregistrez est gardé sur cet ordinateur et envoyé de lui-même au retour de la ligne.
sync-waiting = En attente
sync-central = Serveur central
sync-clock = Écart d’horloge
sync-clock-seconds = { $seconds } s
sync-session-expired = La session au serveur central est terminée. Le travail local continue ; reconnectez-vous pour que les écritures partent.
sync-bundle = Sans ligne
sync-bundle-why = Ce qui attend part en un seul fichier scellé sur une clé USB vers le serveur central, et sa réponse revient de même. L’envoyer deux fois, ou par la ligne aussi, ne nuit pas.
sync-bundle-path = ou son chemin, puis Entrée
sync-bundle-running = En cours …
sync-bundle-written = { $entries ->
    [one] Une écriture
   *[other] { $entries } écritures
} et { $files ->
    [one] un fichier
   *[other] { $files } fichiers
} sont dans { $path }. Portez-le au serveur central ; le tout attend ici jusqu’au retour de sa réponse.
sync-bundle-taken = Le serveur central a { $accepted ->
    [one] une écriture
   *[other] { $accepted } écritures
} du pli, et { $files ->
    [one] un fichier est venu
   *[other] { $files } fichiers sont venus
} avec la réponse.
sync-bundle-stuck = { $stuck ->
    [one] Une écriture n’a pas été prise : elle figure plus bas avec le motif.
   *[other] { $stuck } écritures n’ont pas été prises : elles figurent plus bas avec le motif.
}
sync-bundle-no-changes = Ce qui est nouveau au serveur central n’est pas venu avec elle, car la ligne ou une autre réponse a été plus rapide, ou le serveur central a été rétabli d’une sauvegarde. Écrivez un autre pli pour le demander.
sync-bundle-again = Cette réponse a déjà été reçue, ou une plus récente l’a été. { $files ->
    [0] Rien n’a changé.
    [one] Un fichier qui manquait est venu.
   *[other] { $files } fichiers qui manquaient sont venus.
}
sync-device = Ce poste de travail
sync-device-id = Appareil
sync-no-device = pas encore inscrit
sync-post = Poste
sync-zone = Fuseau horaire
sync-desk-version = Bureau
sync-window-version = Fenêtre
sync-protocol = Protocole
sync-store = Stockage
sync-store-open = ouvert, chiffré
sync-rows = Contrôles ici
sync-verify-why = Lit chaque écriture et chaque fichier et contrôle chaîne, signatures et empreintes.
sync-verifying = Vérification …
sync-verified = Vérifié : { $entries } écritures de cet appareil, { $foreign } d’autres, { $blobs } fichiers. Chaîne, signatures et empreintes tiennent.
sync-faults = Quelque chose ne tient pas :
sync-outbox = En attente d’envoi
sync-outbox-open = Choisissez une ligne pour l’ouvrir ; ce qui est bloqué s’ouvre sur son historique.
sync-outbox-empty = Rien n’attend. Tout ce qui a été enregistré ici est au serveur central.
sync-outbox-loading = Lecture de ce qui attend …
sync-outbox-more = et { $count } autres contrôles
outbox-unit = Unité
outbox-entries = Écritures
outbox-files = Fichiers
outbox-oldest = Depuis
outbox-why = Pourquoi
outbox-waits = attend la ligne
sync-storage = Place sur ce portable
sync-storage-loading = Relevé de la place occupée …
sync-diagnosis-why = Pour qui s’occupe de ce portable : versions, ligne, nombres, place et journal technique. Rien sur les personnes ni les inspections.
storage-database = Journal, inspections et listes
storage-unsent = { $files ->
    [one] Un fichier pas encore envoyé
   *[other] { $count } fichiers pas encore envoyés
}
storage-radiographs = { $files ->
    [one] Une radiographie de la liste
   *[other] { $count } radiographies de la liste
}
storage-attachments = { $files ->
    [one] Une photo ou pièce de la liste
   *[other] { $count } photos et pièces de la liste
}
storage-past = { $files ->
    [one] Un fichier d’inspections passées, aussi au central
   *[other] { $count } fichiers d’inspections passées, aussi au central
}
storage-partial = { $files ->
    [one] Un fichier en route
   *[other] { $count } fichiers en route
}
storage-damaged = { $files ->
    [one] Un fichier d’une base endommagée, mis de côté
   *[other] { $count } fichiers de bases endommagées, mis de côté
}
storage-free = Libre sur le disque
storage-kept-free = { $size } sont gardés pour ce que les agents consignent. En dessous, les fichiers d’inspections passées partent d’abord, et plus rien n’est téléchargé.
size-gigabytes = { $size } Go
size-megabytes = { $size } Mo
size-kilobytes = { $size } ko
