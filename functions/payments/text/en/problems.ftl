### The problems of payments.

payment_starting = The payment is being started
    .advice = Repeat the request after the time in `Retry-After`.
    .detail = The gateway has not answered yet whether the payment { $reference } can be made. Repeat the request soon.

method_not_offered = This payment method is not available
    .advice = Choose a gateway, a method and a currency that GET /api/v1/payments/methods lists together.
    .detail = This gateway does not take this method in this currency. GET /api/v1/payments/methods lists what fits.

payment_refused = The payment gateway rejected the payment
    .advice = Start a new payment with another `Idempotency-Key`, or choose another gateway. Nothing was charged.
    .detail = The gateway made no checkout, and nothing was charged. Start a new payment, or choose another gateway.

gateway_unavailable = The payment gateway does not answer
    .advice = Repeat the same request with the same `Idempotency-Key`, or choose another gateway. Money that you
        paid is credited once the gateway answers.
    .detail = The gateway does not answer at the moment. Repeat the request soon, or choose another gateway. Money
        that you paid is credited once the gateway answers.
