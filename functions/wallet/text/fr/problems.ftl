### Les problèmes du portefeuille.

voucher_not_valid = Le bon n'est pas valable
    .unknown = Aucun bon n'a ce code. Vérifiez le code.
    .ended = Le bon a expiré.
    .used_up = Toutes les utilisations du bon sont épuisées.

too_many_orders = La période compte trop de vérifications
    .detail = Un rapport compte { $most } vérifications au plus, et cette période en compte davantage. Choisissez une
        période plus courte.

voucher_used = Vous avez déjà utilisé ce bon
    .detail = Chaque client peut utiliser un bon une seule fois, et vous avez déjà utilisé celui-ci. Ses crédits figurent
        dans les écritures de votre portefeuille.
