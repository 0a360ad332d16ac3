### Makosa ya sehemu za malipo.

not_in_limits = lazima iwe kuanzia { $least } hadi { $most } { $currency }

not_a_coin_address =
    .form = si anwani ya mtandao wa malipo haya, ambao `refund.address_on` huutaja
    .checksum = ina herufi isiyo sahihi au inayokosekana: inakili tena
    .test_network = ni anwani ya mtandao wa majaribio
    .unspendable = ni anwani ambayo hakuna anayeweza kutuma kutoka kwake: tumia ya pochi yako mwenyewe
