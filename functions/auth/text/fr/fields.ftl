### Les erreurs des champs de la connexion.

weak_password =
    .too_short = doit contenir au moins dix caractères
    .easy_to_guess = est trop facile à deviner : utilisez plusieurs mots ou des caractères plus inhabituels

not_a_credential = doit être un justificatif tel que le renvoie son toJSON()

code_or_credential = est nécessaire sans credential, et interdit avec lui

same_email = est déjà l'adresse du compte

outdated_terms = doit être { $current }, la version des conditions en vigueur
