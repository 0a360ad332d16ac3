### Os erros dos campos das verificações.

unknown_service = não está à venda. GET /api/v1/services lista os serviços.
