### The problems of payments.

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

payment_not_paid = This payment was not paid
    .advice = There is nothing to refund. Cancel a payment that you do not want to pay.
    .detail = Nothing was credited for this payment, so there is nothing to refund. Cancel it if you do not want
        to pay it.

refund_address_needed = Coins need an address to go back to
    .advice = Send the address of your wallet to `POST /payments/{"{"}reference{"}"}/refund-address`, open the letter, and ask
        for the refund with its token as `address_token`.
    .detail = Confirm an address of your wallet first: POST it to refund-address of the payment, then ask for the
        refund with the token of the letter.

refund_address_not_needed = This payment needs no address
    .advice = Ask for the refund. It goes back to the card or wallet that paid.
    .detail = This payment was not paid in coins. A refund goes back to the card or wallet that paid.

refund_address_not_confirmed = The address is not confirmed
    .advice = Use the token of the newest letter within two hours, for the same payment; or order a new letter.
    .detail = The token is unknown, its two hours are over, or it is about another payment. Send the address to
        refund-address again.

refund_too_late = The time for a refund is over
    .advice = Ask support. `refund.until` of a payment says until when it can be refunded.
    .detail = This payment could be refunded until { $until }. Spend the credits, or ask support.

payment_refunded = This payment is refunded
    .advice = See `refunds` of the payment: all of it is refunded, or is being refunded.
    .detail = All of this payment is refunded, or is being refunded. GET the payment to see its refunds.

payment_disputed = This payment is disputed
    .advice = Wait until your bank has decided: `disputes` of the payment shows it. A lost dispute has paid you already.
    .detail = Your bank asked for the money of this payment back, so it can't be refunded besides.

too_many_refunds = The payment has too many refunds
    .advice = Ask support for further refunds of this payment.
    .detail = A payment can be refunded in at most { $most } parts. Ask support for further ones.

credits_spent = The credits of this payment are spent
    .advice = Spent and held credits are not refunded. End open orders first, or ask for a newer payment.
    .detail = The credits of this payment are spent, or held by open orders. The oldest payment is spent first;
        a newer one may be refundable.

refund_too_small = So few credits are worth nothing in this currency
    .advice = Ask for more credits.
    .detail = These credits are worth less than the smallest unit of the currency. Ask for more.

refund_too_large = Less of this payment can be refunded
    .advice = Ask for at most `possible` credits, or leave `credits` out to get all of them.
    .detail = At most { $possible } credits of this payment can be refunded. Leave `credits` out to ask for all
        of them.
