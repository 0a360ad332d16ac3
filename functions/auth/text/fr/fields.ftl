### Les erreurs des champs de la connexion.

weak_password =
    .too_short = doit contenir au moins dix caractères
    .easy_to_guess = est trop facile à deviner : utilisez plusieurs mots ou des caractères plus inhabituels

same_email = est déjà l'adresse du compte

outdated_terms = doit être { $current }, la version des conditions en vigueur
