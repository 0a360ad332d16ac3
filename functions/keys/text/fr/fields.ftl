### Les erreurs des champs des clés d'API.

in_the_past = doit être dans le futur
