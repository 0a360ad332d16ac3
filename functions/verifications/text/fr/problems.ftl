### Les problèmes des vérifications.

too_early = Il est trop tôt pour cela
    .detail = Le fournisseur reprend le numéro à partir de { $from }. Répétez la requête à ce moment-là.

too_many_open_orders = Trop de commandes sont ouvertes
    .detail = Vous pouvez avoir { $limit } commandes ouvertes à la fois. Attendez qu'une commande se termine. Chaque
        code reçu en permet davantage, jusqu'à la limite de votre formule.
        Une formule supérieure en permet davantage.

too_many_test_orders = Trop de commandes de test ont été ouvertes aujourd'hui
    .detail = Vous pouvez ouvrir { $limit } commandes de test par jour, toutes clés de test confondues. Vous pourrez en
        ouvrir d'autres à partir de { $until }. Les clés réelles ne sont pas concernées.
        Une formule supérieure en permet davantage.

buying_paused = Les achats sont suspendus
    .detail = Trop de vos commandes se sont terminées sans code. Vous pourrez acheter de nouveau à partir de
        { $until }.

buying_restricted = Seuls les clients qui ont reçu des codes peuvent acheter pour le moment
    .detail = Le fournisseur nous limite : pour le moment, seuls les clients dont les commandes ont reçu des codes
        peuvent acheter. Rien n'a été débité. Réessayez dans dix minutes.

key_stopped = La clé d'API est arrêtée
    .detail = La clé est arrêtée : vous l'avez arrêtée, ou trop de ses commandes de suite se sont terminées sans
        message. Relancez-la dans les paramètres du compte. Elle permet encore de lire.

service_not_allowed = La clé d'API est réservée à d'autres services
    .detail = Cette clé est réservée à d'autres services. Utilisez-en une autre, ou ajoutez le service à la clé.

daily_cap_reached = Le plafond quotidien de la clé d'API est atteint
    .detail = Il reste ₵{ $left } du plafond quotidien de la clé jusqu'à { $until }, et le prix est plus élevé.
        Attendez, ou relevez le plafond. Ce qui est remboursé aujourd'hui ne compte plus.

operator_not_in_plan = Votre formule ne permet pas de choisir l'opérateur
    .detail = Seules les formules supérieures désignent l'opérateur d'un numéro. Omettez l'opérateur, ou choisissez une
        telle formule. Rien n'a été débité.

usage_budget_reached = Le budget du mois est atteint
    .detail = Il reste ₵{ $left } de votre budget jusqu'à { $until }, et le prix est plus élevé. Relevez le budget, ou
        désactivez son arrêt strict. Rien n'a été débité.

supplier_unavailable = Le fournisseur ne peut pas vendre pour le moment
    .detail = Le fournisseur ne peut pas vendre pour le moment. Rien n'a été débité. Réessayez bientôt.
