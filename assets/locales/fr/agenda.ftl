# L’agenda.
agenda-today = Aujourd’hui
agenda-clashes = { $count ->
    [one] { $count } conflit
   *[other] { $count } conflits
}
agenda-clash = conflit : { $agency } aussi à { $bay } · { $span }
agenda-empty = Aucun contrôle commun ce jour
agenda-empty-why = Quand la douane propose un créneau, il apparaît ici avec les réponses des services.
agenda-failed = L’agenda n’a pas pu être lu
agenda-loading = Lecture de l’agenda
agenda-loading-why = Il vient de cet ordinateur et n’a pas besoin de la ligne.
