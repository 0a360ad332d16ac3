### Les textes des règles et des prix.

refund_when =
    .no_number = Aucun numéro n'a pu être acheté au prix réservé.
    .no_code = Aucun message n'est arrivé avant l'échéance de la commande.
    .cancelled = Vous avez annulé avant l'arrivée d'un message.
    .number_reported = Vous avez signalé que le numéro ne fonctionne pas, avant l'arrivée d'un message.
    .supplier_closed = Le fournisseur a repris le numéro avant l'arrivée d'un message.
    .supplier_unreachable = Le fournisseur est resté injoignable pendant 30 minutes après l'échéance.

refund_amount = 100 % du prix, immédiatement, sur votre solde

ignored_when =
    .older_than_order = Le message est antérieur à la commande : il vient d'une utilisation précédente du numéro.
    .operator_greeting = Le message n'a pas de code, et c'est à coup sûr l'accueil qu'un opérateur envoie à un nouveau
        numéro.
    .empty = Le message n'a ni texte ni code.

quote_valid = Au moment de la requête. Envoyez ce prix comme max_price lors de l'achat, et vous ne paierez jamais plus.
