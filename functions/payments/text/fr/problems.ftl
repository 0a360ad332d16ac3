### Les problèmes des paiements.

live_only = Une clé de test ne déplace pas d'argent réel
    .detail = Les paiements remplissent le portefeuille d'argent réel, et une clé de test n'en a pas. Utilisez une clé
        réelle ou une session.

payment_starting = Le paiement est en cours de création
    .detail = La passerelle n'a pas encore répondu si le paiement { $reference } peut être fait. Répétez bientôt la
        requête.

method_not_offered = On ne peut pas payer ainsi
    .detail = Cette passerelle n'accepte pas ce moyen dans cette devise. GET /api/v1/payments/methods liste ce qui
        convient.

too_many_open_payments = Trop de paiements sont ouverts
    .detail = Au plus { $limit } paiements peuvent être ouverts en même temps. Payez ou annulez-en un, ou attendez que l'un
        d'eux se termine.

payment_refused = La passerelle de paiement a rejeté le paiement
    .detail = La passerelle n'a pas créé de page de paiement, et rien n'a été débité. Commencez un nouveau paiement, ou
        choisissez une autre passerelle.

gateway_unavailable = La passerelle de paiement ne répond pas
    .detail = La passerelle ne répond pas en ce moment. Répétez bientôt la requête, ou choisissez une autre passerelle.
        L'argent que vous avez payé est crédité dès que la passerelle répond.
