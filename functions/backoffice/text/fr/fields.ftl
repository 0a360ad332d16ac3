### Les erreurs des champs de l'administration.

not_a_search = doit être une adresse e-mail, un numéro de téléphone, ou l'identifiant d'un client ou d'une commande
not_a_reason = doit être une seule ligne de 3 à 200 caractères
not_a_day = doit être un jour comme 2026-11-21
one_of = exactement un de ces champs est obligatoire : { $fields }

not_a_voucher =
    .credits = doit être supérieur à zéro et de 100 au plus
    .uses = doit être de 1 à 10000
    .times = doit être dans le futur et après `from`
