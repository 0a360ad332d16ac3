### Makosa ya sehemu za uthibitishaji.

unknown_service = haiuzwi. GET /api/v1/services inaorodhesha huduma.
