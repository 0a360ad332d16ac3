### Matatizo ya pochi.

voucher_not_valid = Vocha si halali
    .unknown = Hakuna vocha yenye msimbo huu. Hakikisha msimbo.
    .ended = Muda wa vocha umekwisha.
    .used_up = Vocha imetumika mara zote zilizoruhusiwa.

too_many_orders = Kipindi kina uthibitishaji mwingi mno
    .detail = Ripoti ina uthibitishaji usiozidi { $most }, na kipindi hiki kina zaidi. Chagua kipindi kifupi zaidi.

voucher_used = Umeshatumia vocha hii
    .detail = Kila mteja anaweza kutumia vocha mara moja, na wewe umeshatumia hii. Salio lake liko katika miamala ya pochi
        yako.
