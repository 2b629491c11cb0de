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
