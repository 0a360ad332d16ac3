### Les problèmes des paiements.

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

payment_not_paid = Ce paiement n'a pas été payé
    .detail = Rien n'a été crédité pour ce paiement, il n'y a donc rien à rembourser. Annulez-le si vous ne
        voulez pas le payer.

refund_address_needed = La cryptomonnaie a besoin d'une adresse où retourner
    .detail = Confirmez d'abord une adresse de votre portefeuille : envoyez-la à refund-address du paiement, puis
        demandez le remboursement avec le jeton du message.

refund_address_not_needed = Ce paiement n'a pas besoin d'adresse
    .detail = Ce paiement n'a pas été fait en cryptomonnaie. Le remboursement retourne à la carte ou au portefeuille
        qui a payé.

refund_address_not_confirmed = L'adresse n'est pas confirmée
    .detail = Le jeton est inconnu, ses deux heures sont passées, ou il concerne un autre paiement. Envoyez de nouveau
        l'adresse à refund-address.

refund_too_late = Le délai de remboursement est passé
    .detail = Ce paiement pouvait être remboursé jusqu'au { $until }. Dépensez les crédits, ou contactez
        l'assistance.

payment_refunded = Ce paiement est remboursé
    .detail = Tout ce paiement est remboursé, ou en cours de remboursement. Consultez le paiement pour voir ses
        remboursements.

payment_disputed = Ce paiement est contesté
    .detail = Votre banque a réclamé l'argent de ce paiement : il ne peut pas être remboursé en plus.

too_many_refunds = Le paiement a trop de remboursements
    .detail = Un paiement peut être remboursé en { $most } parts au plus. Contactez l'assistance pour d'autres
        remboursements.

credits_spent = Les crédits de ce paiement sont dépensés
    .detail = Les crédits de ce paiement sont dépensés, ou retenus par des commandes ouvertes. Le plus ancien
        paiement est dépensé d'abord ; un plus récent est peut-être remboursable.

refund_too_small = Si peu de crédits ne valent rien dans cette devise
    .detail = Ces crédits valent moins que la plus petite unité de la devise. Demandez-en davantage.

refund_too_large = Une moindre part de ce paiement est remboursable
    .detail = Au plus { $possible } crédits de ce paiement peuvent être remboursés. Omettez `credits` pour les
        demander tous.
