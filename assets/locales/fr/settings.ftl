# Réglages.
settings-language = Langue
settings-look = Apparence
settings-theme = Thème
settings-text-size = Taille du texte
settings-per-cent = { $size } %
settings-gloves = Mode gants
settings-gloves-why = Lignes, boutons et texte plus grands, pour les mains froides et les écrans tactiles.
settings-officer = Agent
settings-sign-out-why = Les écritures en attente restent les vôtres et partent sous votre nom.
theme-light = Clair
theme-dark = Sombre
theme-contrast-light = Contraste élevé, clair
theme-contrast-dark = Contraste élevé, sombre
settings-managed = Fixé pour ce poste de travail par son administrateur.
settings-workstation = Ce poste de travail
settings-central = Serveur central
settings-ca = Autorité de certification (fichier PEM)
settings-ca-system = celles que reconnaît le système
settings-identity = Certificat et clé de ce poste de travail (fichier PEM)
settings-papers = Les pièces sont écrites dans
settings-log = Journal technique
settings-workstation-why = La personne qui entretient ce portable fixe ces valeurs au démarrage d’Outpost. Le journal technique ne nomme ni agent ni opérateur.
settings-from-start = Indiqué au démarrage d’Outpost ; ne peut pas être changé ici.
settings-quiet = Notifications
settings-quiet-on = Heures calmes
settings-quiet-from = De
settings-quiet-to = À
settings-quiet-why = À l’heure du poste. Pendant ce temps, seul ce qui est grave s’affiche, sans son ; le reste est compté dans la zone de notification et annoncé ensuite.
settings-start = Démarrage
settings-at-login = Démarrer Outpost quand j’ouvre ma session sur cet ordinateur
settings-at-login-why = Il démarre dans la zone de notification et envoie ce qui attend, sans ouvrir de fenêtre. Si le bureau n’a pas cette zone, la fenêtre s’ouvre.
settings-address = Adresse
settings-identity-none = aucun
settings-ca-choose = Choisir le fichier de l’autorité de certification
settings-identity-choose = Choisir le fichier du certificat et de la clé
settings-central-keep = Interroger et garder
settings-central-asking = Le serveur central est interrogé …
settings-central-untouched = Rien n’a encore été changé.
settings-undo = Annuler
settings-central-kept = Gardé. Le serveur central est désormais joint ainsi.
settings-central-unchanged = Rien n’a été changé.
settings-central-first = La personne qui s’occupe de ce poste connaît l’adresse. Ce qui est enregistré ici appartiendra au premier serveur central qui répond.
settings-central-why = Une autre adresse n’est prise que si le serveur central pour lequel ce portable travaille y répond. Les fichiers sont lus une fois et gardés chiffrés.
settings-central-waiting = { $count ->
    [one] Une écriture attend
   *[other] { $count } écritures attendent
} d’être envoyées. Une autre adresse n’est prise que si le serveur central qu’elles attendent y répond ; rien n’est offert à un inconnu.
