### Les problèmes des clés d'API.

too_many_keys = La formule ne permet pas d'autre clé
    .detail = Le nombre de clés de votre formule est limité à { $limit }. Supprimez-en une dont vous n'avez pas
        besoin, ou passez à une formule qui en permet davantage.

key_ended = La clé n'est plus valable
    .detail = La clé a expiré ou a été supprimée : elle ne peut pas être modifiée. Créez-en une nouvelle.

key_replaced = Une autre clé remplace celle-ci
    .detail = { $replaced_by } remplace cette clé. Modifiez ou remplacez celle-là ; celle-ci peut être supprimée, et
        prend fin d'elle-même.

too_many_new_keys = Trop de nouvelles clés en un jour
    .detail = Vous avez créé trop de clés en 24 heures, remplacements compris. Créez la prochaine à partir de
        { $until }.
