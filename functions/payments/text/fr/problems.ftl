### Les problèmes des paiements.

payment_starting = Le paiement est en cours de création
    .detail = La passerelle n'a pas encore répondu si le paiement { $reference } peut être fait. Répétez bientôt la
        requête.

method_not_offered = On ne peut pas payer ainsi
    .detail = Cette passerelle n'accepte pas ce moyen dans cette devise. GET /api/v1/payments/methods liste ce qui
        convient.

payment_refused = La passerelle de paiement a rejeté le paiement
    .detail = La passerelle n'a pas créé de page de paiement, et rien n'a été débité. Commencez un nouveau paiement, ou
        choisissez une autre passerelle.

gateway_unavailable = La passerelle de paiement ne répond pas
    .detail = La passerelle ne répond pas en ce moment. Répétez bientôt la requête, ou choisissez une autre passerelle.
        L'argent que vous avez payé est crédité dès que la passerelle répond.
