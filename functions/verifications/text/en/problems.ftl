### The problems of verifications.

too_early = It is too early for this
    .advice = Repeat the request at the time in `from`.
    .detail = The supplier takes the number back from { $from }. Repeat the request then.

too_many_open_orders = Too many orders are open
    .advice = Wait until orders end, or cancel some. A larger plan allows more.
    .detail = Your plan allows { $limit } open orders at once. Wait until one ends, cancel one, or
        upgrade.

buying_paused = Buying is paused
    .advice = Buy again after the time in `until`. Wait longer for codes, and choose offers with a
        better success rate.
    .detail = You returned nearly all of your last orders. You can buy again from { $until }.

supplier_unavailable = The supplier can't sell at the moment
    .advice = Try again in a few minutes, or try another country. Nothing was charged.
    .detail = The supplier can't sell at the moment. Nothing was charged. Try again soon.
