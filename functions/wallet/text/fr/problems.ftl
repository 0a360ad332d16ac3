### Les problèmes du portefeuille.

too_many_orders = La période compte trop de vérifications
    .detail = Un rapport compte { $most } vérifications au plus, et cette période en compte davantage. Choisissez une
        période plus courte.
