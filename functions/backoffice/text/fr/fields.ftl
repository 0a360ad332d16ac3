### Les erreurs des champs de l'administration.

not_a_search = doit être une adresse e-mail, un numéro de téléphone, ou l'identifiant d'un client ou d'une commande
not_a_reason = doit être une seule ligne de 3 à 200 caractères
not_a_day = doit être un jour comme 2026-11-21
one_of = exactement un de ces champs est obligatoire : { $fields }

not_a_voucher =
    .credits = doit être supérieur à zéro et de 100 au plus
    .uses = doit être de 1 à 10000
    .times = doit être dans le futur et après `from`

not_a_price_change =
    .empty = ne change rien : indiquez au moins une règle
    .price = doit être positif, avec un pas qui ne dépasse ni le prix de liste ni 100
    .percentage = doit être de 100 à 1000
    .past = doit être dans le futur : une modification commencée est suivie d'une autre
    .too_many = ne peut être ajouté aux 100 modifications enregistrées : retirez-en une qui n'a pas commencé

not_a_tax_rate = doit être un taux de 0 à 100 avec deux décimales au plus, comme 15.00
not_a_tax_name = doit comporter de 1 à 20 lettres, chiffres, espaces ou traits d'union
not_a_tax_table = ne peut faire partie du tableau : chaque nom une fois, et d'autres taxes qu'avant
