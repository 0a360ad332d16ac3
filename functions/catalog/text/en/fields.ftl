### The field errors of the catalog.

unknown_country = { $country_code } is not sold. GET /api/v1/countries lists the countries on sale.
