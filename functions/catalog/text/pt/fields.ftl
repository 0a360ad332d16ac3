### Os erros dos campos do catálogo.

unknown_country = { $country_code } não está à venda. GET /api/v1/countries lista os países à venda.
