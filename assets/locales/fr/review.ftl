# Ce que font les superviseurs et les collègues à côté de l’inspection : approuver, commenter, attribuer.
act-approve = Approuver la dérogation
act-decline = Refuser la dérogation
act-comment = Écrire un commentaire
act-comment-write = Écrire un commentaire
act-comment-read = Marquer le premier commentaire comme lu
approval-title = À approuver
approval-first = Première décision
approval-proposed = Proposé : lever cette retenue
approval-by = par { $by }, { $time }
approval-instead = Ce qu’il en serait alors
approval-lifted = La retenue est levée ; la marchandise est alors :
approval-approve = Approuver
approval-decline = Refuser
approval-approve-title = Approuver la dérogation
approval-decline-title = Refuser la dérogation
approval-signs = Votre signature est la seconde : la retenue est levée. Les deux noms et le motif restent au dossier.
approval-why-not = Pourquoi la retenue doit rester
approval-none = Aucune dérogation n’attend d’approbation ici.
holds-declined = { $by } a refusé la dérogation, { $time } : { $reason }
comment-title = Commentaire
comment-act = Écrire un commentaire
comment-text = Commentaire
comment-audience = Qui peut le lire
comment-own = Seulement { $agency }
comment-all = Tous les services concernés
comment-to = À
comment-to-anybody = Qui a l’inspection en main
comment-by = { $by } ({ $agency }), { $time } · à : { $to } · { $audience }
comment-read = Lu
comment-unread = Commentaires non lus
comment-none = Aucun commentaire ne vous attend ici.
audience-own-agency = propre service seulement
audience-concerned = tous les services concernés
row-comments = { $count ->
    [one] 1 commentaire pour vous
   *[other] { $count } commentaires pour vous
  }
entry-override-declined = Dérogation refusée
entry-comment-written = Commentaire
entry-comment-acknowledged = Commentaire lu
entry-officer-assigned = Attribuée
entry-instead-of = au lieu de { $names }
why-not-not-named = Cet agent ne peut pas être nommé ici : il n’est pas de ce poste, ou ceci n’est pas pour lui.
why-not-not-addressed = Ce commentaire a été écrit à quelqu’un d’autre.
why-not-already-assigned = Déjà attribuée à { $to }.
problem-not-named = Cet agent ne peut pas être nommé ici : il n’est pas de ce poste, ou ceci n’est pas pour lui.
problem-not-addressed = Ce commentaire a été écrit à quelqu’un d’autre.
problem-already-assigned = Déjà attribuée à { $to }.
act-mark = Marquer la ligne, ou retirer sa marque
act-mark-next = Marquer vers le bas
act-mark-previous = Marquer vers le haut
act-assign = Attribuer à un agent
marks-count = { $n ->
    [one] 1 marquée
   *[other] { $n } marquées
  }
marks-assign = Attribuer…
marks-clear = Effacer
row-marked = Marquée, { $row }
assign-title = { $n ->
    [one] Attribuer 1 inspection
   *[other] Attribuer { $n } inspections
  }
assign-officers = Les agents et ce qu’ils ont en main
assign-col-officer = Agent
assign-col-open = Ouvertes
assign-col-today = Créneaux du jour
assign-load = { $name }, { $open } ouvertes, { $today } créneaux aujourd’hui
assign-entry-each = Chaque inspection reçoit sa propre écriture. Qui l’avait avant, dans votre service, ne l’a plus.
assign-act = Attribuer à { $name }
assign-done = { $n ->
    [0] Rien n’a été attribué.
    [one] 1 inspection a été attribuée.
   *[other] { $n } inspections ont été attribuées.
  }
assign-not = { $n ->
    [one] 1 n’a pas pu l’être :
   *[other] { $n } n’ont pas pu l’être :
  }
problem-all-assigned = Attribuées à { $name } : { $count }
assign-only-supervisors = Seuls les superviseurs attribuent les inspections.
act-opinion = Demander un second avis
queue-opinion = Second avis demandé
queue-is-opinion = On a demandé à un autre lecteur ce que montre une radiographie. Qui est interrogé, qui demande et les superviseurs la voient ici.
opinion-title = Second avis
opinion-ask = Demander un second avis
opinion-of = À qui
opinion-any = Tout analyste d’images du poste
opinion-note = Ce qu’il faut regarder
opinion-no-scan = Il n’y a pas de radiographie sur laquelle demander un avis.
opinion-asked = Second avis demandé à { $of }, par { $by }, { $time }
entry-opinion-asked = Second avis demandé
entry-second-opinion = second avis
why-not-not-asked = Ce second avis a été demandé à quelqu’un d’autre.
problem-not-asked = Ce second avis a été demandé à quelqu’un d’autre.
mismatch-lead-readers-differ = { $first } lit { $first_says }, { $second } lit { $second_says }
mismatch-rest-readers-differ = sur la même radiographie
mismatch-mark-readers-differ = lecteurs en désaccord
act-views = Garder cette vue, ou en choisir une
act-queue-unassigned = File : non attribués
act-queue-goods = File : marchandise attendue
act-queue-agency = File : service attendu
act-queue-lab = File : laboratoire attendu
act-queue-approval = File : à approuver
act-queue-review = File : retenues à revoir
act-queue-abandoned = File : unités abandonnées
act-queue-parked = File : inscriptions bloquées
act-queue-opinion = File : second avis demandé
views-title = Vues de la liste
views-now = Montré maintenant : { $view }
views-name = La garder sous le nom
views-keep = Garder
views-show = Montrer
views-drop = Oublier la vue { $name }
views-none = Aucune vue n’est gardée. Une vue est un nom pour ce que vous cherchez, filtrez et triez ; elle reste à vous sur ce portable.
views-nameless = Donnez un nom à la vue.
views-full = On ne peut plus garder de vues ; oubliez-en une d’abord.
views-act = Vue : { $name }
problem-not-yours = Ces vues sont celles d’un autre agent.
