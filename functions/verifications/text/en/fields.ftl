### The field errors of verifications.

unknown_service = is not on sale. GET /api/v1/services lists the services.
