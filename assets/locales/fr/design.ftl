# Les mots dans les éléments d’interface.
field-clear = Effacer la recherche
notice-close = Fermer ce message
dialog-close = Fermer
