# L’agenda.
agenda-today = Aujourd’hui
agenda-clashes = { $count ->
    [one] { $count } conflit
   *[other] { $count } conflits
}
agenda-empty = Aucun contrôle commun ce jour
agenda-empty-why = Quand la douane propose un créneau, il apparaît ici avec les réponses des services.
agenda-failed = L’agenda n’a pas pu être lu
agenda-loading = Lecture de l’agenda
agenda-loading-why = Il vient de cet ordinateur et n’a pas besoin de la ligne.
agenda-day = Jour
agenda-week = Semaine
agenda-also = conflit : { $who } aussi à { $bay }
agenda-bay-taken = conflit : poste occupé par { $unit }
agenda-short = trop court : { $minutes } min nécessaires
agenda-closed = hors des heures d’ouverture
agenda-move-title = Déplacer { $unit }
agenda-move-says = { $from } → { $to }
agenda-move-why = Chaque service devra répondre à nouveau.
agenda-move-act = Déplacer
agenda-move-not = Ne pas déplacer
agenda-and-more = { $more ->
    [one] { $first } · et { $more } autre
   *[other] { $first } · et { $more } autres
}
agenda-asked = { $agency } : plutôt { $time }
agenda-key-time = 15 min
agenda-key-bay = poste
agenda-key-day = jour
agenda-key-next = créneau suivant
agenda-key-down = poser ici
weekday-short-1 = lun.
weekday-short-2 = mar.
weekday-short-3 = mer.
weekday-short-4 = jeu.
weekday-short-5 = ven.
weekday-short-6 = sam.
weekday-short-7 = dim.
