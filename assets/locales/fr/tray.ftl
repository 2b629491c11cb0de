# Le menu de la zone de notification, les notifications et les mots du programme.
tray-open = Ouvrir Outpost
tray-send = Envoyer maintenant
tray-quit = Quitter
tray-line-up = Ligne établie
tray-line-down = Ligne coupée
tray-line-pulled = Ligne débranchée
tray-line-unknown = Ligne pas encore essayée
tray-locked = Fermé : ouvrez Outpost et déverrouillez-le
tray-waiting-nothing = rien n’attend d’être envoyé
tray-waiting = { $count ->
    [one] 1 entrée en attente d’envoi
   *[other] { $count } entrées en attente d’envoi
}
tray-stuck = { $count } en échec
tray-kept = { $count ->
    [one] 1 annonce gardée pour après les heures calmes
   *[other] { $count } annonces gardées pour après les heures calmes
}
tell-assignment = Nouvelle affectation
tell-slot = Créneau changé
tell-refused = Écriture refusée
tell-review = Retenue à réexaminer
tell-after = Pendant les heures calmes
tell-after-what = { $count } annonces sont arrivées pendant les heures calmes. La liste de travail montre où tout en est.
window-gone = La fenêtre d’Outpost ne reste pas ouverte
window-gone-safe = Rien de ce qui est enregistré n’est perdu. Pourquoi elle n’est pas ouverte : { $reason }.
window-gone-tray = L’envoi continue. Choisissez Ouvrir dans la zone de notification pour réessayer.
window-gone-end = Outpost s’arrête ; ce qui attend sera envoyé au prochain démarrage.
paper-menu = Document
paper-print = Imprimer ou enregistrer en PDF…
paper-close = Fermer
