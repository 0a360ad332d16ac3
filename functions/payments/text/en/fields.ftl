### The field errors of payments.

not_in_limits = must be from { $least } to { $most } { $currency }

not_a_coin_address =
    .form = is not an address of the network of this payment, which `refund.address_on` names
    .checksum = has a wrong or missing character: copy it again
    .test_network = is an address of a test network
    .unspendable = is an address from which nobody can send: use one of your own wallet
