### The problems of verifications.

too_early = It is too early for this
    .advice = Repeat the request at the time in `from`.
    .detail = The supplier takes the number back from { $from }. Repeat the request then.

too_many_open_orders = Too many orders are open
    .advice = Wait until orders end. Each code that you receive allows more, up to the limit of your plan.
    .detail = You can have { $limit } open orders at once. Wait until one ends. Each code that you
        receive allows more, up to the limit of your plan.

buying_paused = Buying is paused
    .advice = Buy again after the time in `until`. Use the numbers that you buy, and choose offers
        with a better success rate.
    .detail = Too many of your orders ended without a code. You can buy again from { $until }.

buying_restricted = Only customers who received codes can buy at the moment
    .advice = Try again in ten minutes. Nothing was charged.
    .detail = The supplier limits us, so at the moment only customers whose orders received codes can
        buy. Nothing was charged. Try again in ten minutes.

supplier_unavailable = The supplier can't sell at the moment
    .advice = Try again in a few minutes, or try another country. Nothing was charged.
    .detail = The supplier can't sell at the moment. Nothing was charged. Try again soon.
