### Les problèmes des vérifications.

too_early = Il est trop tôt pour cela
    .detail = Le fournisseur reprend le numéro à partir de { $from }. Répétez la requête à ce moment-là.

too_many_open_orders = Trop de commandes sont ouvertes
    .detail = Vous pouvez avoir { $limit } commandes ouvertes à la fois. Attendez qu'une commande se termine. Chaque
        code reçu en permet davantage, jusqu'à la limite de votre formule.

buying_paused = Les achats sont suspendus
    .detail = Trop de vos commandes se sont terminées sans code. Vous pourrez acheter de nouveau à partir de
        { $until }.

buying_restricted = Seuls les clients qui ont reçu des codes peuvent acheter pour le moment
    .detail = Le fournisseur nous limite : pour le moment, seuls les clients dont les commandes ont reçu des codes
        peuvent acheter. Rien n'a été débité. Réessayez dans dix minutes.

supplier_unavailable = Le fournisseur ne peut pas vendre pour le moment
    .detail = Le fournisseur ne peut pas vendre pour le moment. Rien n'a été débité. Réessayez bientôt.
