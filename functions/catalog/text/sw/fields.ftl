### Makosa ya sehemu za katalogi.

unknown_country = { $country_code } haiuzwi. GET /api/v1/countries inaorodhesha nchi zinazouzwa.
