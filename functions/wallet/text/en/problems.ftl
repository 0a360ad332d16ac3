### The problems of the wallet.

voucher_not_valid = The voucher is not valid
    .advice = Check the code, and when the voucher ends. Nothing was credited.
    .unknown = There is no voucher with this code. Check the code.
    .ended = The voucher has ended.
    .used_up = All uses of the voucher are used.

too_many_orders = The period has too many verifications
    .advice = Choose a shorter period, and add the reports up.
    .detail = A report has at most { $most } verifications, and this period has more. Choose a shorter one.

voucher_used = You used this voucher before
    .advice = Each customer can use a voucher once. Its credits are in the wallet's entries.
    .detail = Each customer can use a voucher once, and you have used this one. Its credits are in your wallet's entries.
