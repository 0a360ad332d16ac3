### The texts of the policy and of quotes.

refund_when =
    .no_number = No number could be bought at the price that was held.
    .no_code = No message came before the order's deadline.
    .cancelled = You cancelled before a message came.
    .number_reported = You reported that the number does not work, before a message came.
    .supplier_closed = The supplier took the number back before a message came.
    .supplier_unreachable = The supplier could not be reached for 30 minutes after the deadline.

refund_amount = 100 % of the price, at once, to your wallet

ignored_when =
    .older_than_order = The message is older than the order, from an earlier use of the number.
    .operator_greeting = The message has no code, and is surely the welcome that an operator sends to a new number.
    .empty = The message has neither a text nor a code.

quote_valid = At the time of the request. Send the price as max_price when you buy, and you never pay more.
