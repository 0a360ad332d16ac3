### Les erreurs de champs des paiements.

not_in_limits = doit être compris entre { $least } et { $most } { $currency }

not_a_coin_address =
    .form = n'est pas une adresse du réseau de ce paiement, que nomme `refund.address_on`
    .checksum = a un caractère faux ou manquant : copiez-la de nouveau
    .test_network = est une adresse d'un réseau de test
    .unspendable = est une adresse d'où personne ne peut envoyer : utilisez-en une de votre portefeuille
