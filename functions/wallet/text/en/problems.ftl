### The problems of the wallet.

too_many_orders = The period has too many verifications
    .advice = Choose a shorter period, and add the reports up.
    .detail = A report has at most { $most } verifications, and this period has more. Choose a shorter one.
