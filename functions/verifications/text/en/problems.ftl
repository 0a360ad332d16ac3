### The problems of verifications.

too_early = It is too early for this
    .advice = Repeat the request at the time in `from`.
    .detail = The supplier takes the number back from { $from }. Repeat the request then.

too_many_open_orders = Too many orders are open
    .advice = Wait until orders end. Each code that you receive allows more, up to the limit of your plan. A higher
        plan allows more (POST /api/v1/subscription).
    .detail = You can have { $limit } open orders at once. Wait until one ends. Each code that you
        receive allows more, up to the limit of your plan.
        A higher plan allows more.

too_many_test_orders = Too many test orders were opened today
    .advice = Wait until the time in `until`, or choose a higher plan. Test orders of all test keys count together,
        however they end.
    .detail = You can open { $limit } test orders in a day, with all test keys together. You can open more from
        { $until }. Live keys are not affected.
        A higher plan allows more.

buying_paused = Buying is paused
    .advice = Buy again after the time in `until`. Use the numbers that you buy, and choose offers
        with a better success rate.
    .detail = Too many of your orders ended without a code. You can buy again from { $until }.

buying_restricted = Only customers who received codes can buy at the moment
    .advice = Try again in ten minutes. Nothing was charged.
    .detail = The supplier limits us, so at the moment only customers whose orders received codes can
        buy. Nothing was charged. Try again in ten minutes.

key_stopped = The API key is stopped
    .advice = Start the key again in the account's settings (PATCH /api/v1/api-keys/{"{"}id{"}"}), after you
        know why it was stopped. It still reads.
    .detail = The key is stopped, by you or because too many of its orders in a row ended without a message.
        Start it again in the account's settings. It still reads.

service_not_allowed = The API key is for other services
    .advice = Use a key that allows the service, or add the service to the key in the account's settings.
    .detail = This key is for other services. Use another one, or add the service to the key.

daily_cap_reached = The daily cap of the API key is reached
    .advice = Wait until the time in `until`, or raise the cap of the key in the account's settings.
    .detail = ₵{ $left } of the key's daily cap is left until { $until }, and the price is higher. Wait, or
        raise the cap. What is refunded today counts no more.

operator_not_in_plan = Your plan has no choice of operator
    .advice = Leave `operator` out, or choose a higher plan (POST /api/v1/subscription). Nothing was charged.
    .detail = Only higher plans name the operator of a number. Leave the operator out, or choose such a plan. Nothing
        was charged.

usage_budget_reached = The budget of the month is reached
    .advice = Raise the budget or switch the hard stop off (POST /api/v1/subscriptions/usage-billing), or wait until
        the time in `until`. Nothing was charged.
    .detail = ₵{ $left } of your budget is left until { $until }, and the price is higher. Raise the budget, or
        switch its hard stop off. Nothing was charged.

supplier_unavailable = The supplier can't sell at the moment
    .advice = Try again in a few minutes, or try another country. Nothing was charged.
    .detail = The supplier can't sell at the moment. Nothing was charged. Try again soon.
