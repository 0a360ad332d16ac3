### Matatizo ya malipo.

payment_starting = Malipo yanaanzishwa
    .detail = Lango la malipo bado halijajibu kama malipo { $reference } yanawezekana. Rudia ombi baada ya muda mfupi.

method_not_offered = Haiwezekani kulipa hivi
    .detail = Lango hili halipokei njia hii kwa sarafu hii. GET /api/v1/payments/methods huorodhesha zinazofaa.

payment_refused = Lango la malipo limekataa malipo
    .detail = Lango halikutengeneza ukurasa wa kulipia, na hakuna kilichotozwa. Anzisha malipo mapya, au chagua lango
        lingine.

gateway_unavailable = Lango la malipo halijibu
    .detail = Lango halijibu kwa sasa. Rudia ombi baada ya muda mfupi, au chagua lango lingine. Pesa ulizolipa
        zitaingizwa lango litakapojibu.
