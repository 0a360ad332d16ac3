### Les problèmes des factures.

invoice_not_ready = Le fichier de la facture n'est pas encore prêt
    .detail = Le PDF est en cours de création. Répétez la requête dans quelques secondes.
