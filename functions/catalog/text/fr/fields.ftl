### Les erreurs des champs du catalogue.

unknown_country = { $country_code } n'est pas en vente. GET /api/v1/countries donne la liste des pays en vente.
