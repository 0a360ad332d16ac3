### Les erreurs des champs. Chaque texte continue le nom du champ.

required = est obligatoire
unknown_field = n'est pas un champ connu

wrong_type =
    .text = doit être une chaîne de caractères
    .object = doit être un objet
    .list = doit être une liste
    .boolean = doit être true ou false
    .number = doit être un nombre

unknown_value = doit être l'une des valeurs suivantes : { $allowed }

out_of_range =
    .number = doit être un nombre entier de { $least } à { $most }
    .items = doit contenir de { $least } à { $most } éléments
    .labels = doit contenir { $most } étiquettes au plus

malformed =
    .name = doit contenir de 1 à 40 lettres minuscules, chiffres, '_', '-' ou '.'
    .country_code = doit être composé de deux lettres majuscules (ISO 3166-1 alpha-2), comme GH
    .amount = doit être un montant comme "12.50" : des chiffres, quatre décimales au plus, et 999999.9999 au
        plus
    .currency_amount = doit être un montant comme "25.00", en texte : des chiffres, et deux décimales au plus
    .identifier = doit être un identifiant valide
    .email = doit être une adresse e-mail comme name@example.com
    .key_name = doit contenir de 1 à 60 caractères visibles, sur une seule ligne
    .network_range = doit être une plage d'adresses comme 198.51.100.0/24 ou 2001:db8::/32
    .password = doit contenir de 1 à 256 caractères, sans caractère de contrôle
    .code = doit contenir six chiffres, ou être un code de secours de 16 lettres et chiffres
    .token = doit être le jeton complet, tel qu'il vous a été envoyé
    .local_path = doit être un chemin de ce site, comme /account : des caractères ASCII visibles, et une seule barre au début
    .terms = doit être une version des conditions, comme 2026-11-01
    .referral_code = doit être un code de parrainage de huit lettres et chiffres
    .time = doit être une heure comme 2026-11-21T10:00:00Z (RFC 3339)
    .cursor = doit être le next_cursor de la page précédente, sans modification
    .label = doit avoir un nom et une valeur de 1 à 64 caractères visibles chacun
    .reason = doit être une seule ligne de 1 à 200 caractères
    .line = doit contenir de 1 à 120 caractères visibles, sur une seule ligne
    .tag = doit avoir la forme nom:valeur
    .voucher_code = doit être un code de 6 à 40 lettres et chiffres
