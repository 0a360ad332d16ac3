### Les erreurs de champs des paiements.

not_in_limits = doit être compris entre { $least } et { $most } { $currency }
