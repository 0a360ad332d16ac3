### Les erreurs des champs des vérifications.

unknown_service = n'est pas en vente. GET /api/v1/services donne la liste des services.
