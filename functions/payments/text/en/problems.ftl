### The problems of payments.

live_only = A test key moves no real money
    .advice = Use a live key or a session. Test keys have play money, which fills up by itself.
    .detail = Payments fill the wallet with real money, and a test key has none. Use a live key or a session.

payment_starting = The payment is being started
    .advice = Repeat the request after the time in `Retry-After`.
    .detail = The gateway has not answered yet whether the payment { $reference } can be made. Repeat the request soon.

method_not_offered = This payment method is not available
    .advice = Choose a gateway, a method and a currency that GET /api/v1/payments/methods lists together.
    .detail = This gateway does not take this method in this currency. GET /api/v1/payments/methods lists what fits.

too_many_open_payments = Too many payments are open
    .advice = Pay or cancel one of the open payments, or wait until they end. GET /api/v1/payments lists them.
    .detail = At most { $limit } payments may be open at once. Pay or cancel one of them, or wait until one ends.

payment_refused = The payment gateway rejected the payment
    .advice = Start a new payment with another `Idempotency-Key`, or choose another gateway. Nothing was charged.
    .detail = The gateway made no checkout, and nothing was charged. Start a new payment, or choose another gateway.

gateway_unavailable = The payment gateway does not answer
    .advice = Repeat the same request with the same `Idempotency-Key`, or choose another gateway. Money that you
        paid is credited once the gateway answers.
    .detail = The gateway does not answer at the moment. Repeat the request soon, or choose another gateway. Money
        that you paid is credited once the gateway answers.
