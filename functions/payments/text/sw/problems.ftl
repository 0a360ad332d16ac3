### Matatizo ya malipo.

payment_starting = Malipo yanaanzishwa
    .detail = Lango la malipo bado halijajibu kama malipo { $reference } yanawezekana. Rudia ombi baada ya muda mfupi.

method_not_offered = Haiwezekani kulipa hivi
    .detail = Lango hili halipokei njia hii kwa sarafu hii. GET /api/v1/payments/methods huorodhesha zinazofaa.

too_many_open_payments = Malipo mengi mno yako wazi
    .detail = Malipo yasiyozidi { $limit } yanaweza kuwa wazi kwa wakati mmoja. Lipa au ghairi moja, au subiri hadi moja
        liishe.

payment_refused = Lango la malipo limekataa malipo
    .detail = Lango halikutengeneza ukurasa wa kulipia, na hakuna kilichotozwa. Anzisha malipo mapya, au chagua lango
        lingine.

gateway_unavailable = Lango la malipo halijibu
    .detail = Lango halijibu kwa sasa. Rudia ombi baada ya muda mfupi, au chagua lango lingine. Pesa ulizolipa
        zitaingizwa lango litakapojibu.

payment_not_paid = Malipo haya hayakulipwa
    .detail = Hakuna kilichoingizwa kwa malipo haya, kwa hiyo hakuna cha kurejesha. Yaghairi kama hutaki
        kuyalipa.

refund_address_needed = Sarafu zinahitaji anwani ya kurudi
    .detail = Thibitisha kwanza anwani ya pochi yako: itume kwa refund-address ya malipo, kisha uombe marejesho kwa
        tokeni iliyo kwenye barua.

refund_address_not_needed = Malipo haya hayahitaji anwani
    .detail = Malipo haya hayakufanywa kwa sarafu za kidijitali. Marejesho hurudi kwenye kadi au pochi iliyolipa.

refund_address_not_confirmed = Anwani haijathibitishwa
    .detail = Tokeni haijulikani, saa zake mbili zimekwisha, au ni ya malipo mengine. Tuma anwani tena kwa
        refund-address.

refund_too_late = Muda wa kurejeshewa umekwisha
    .detail = Malipo haya yangeweza kurejeshwa hadi { $until }. Tumia salio, au wasiliana na usaidizi.

payment_refunded = Malipo haya yamerejeshwa
    .detail = Malipo haya yote yamerejeshwa, au yanarejeshwa. Tazama malipo ili uone marejesho yake.

payment_disputed = Malipo haya yanapingwa
    .detail = Benki yako imeomba pesa za malipo haya zirudishwe, kwa hiyo hayawezi kurejeshwa mara nyingine.

too_many_refunds = Malipo yana marejesho mengi mno
    .detail = Malipo yanaweza kurejeshwa kwa sehemu { $most } tu. Wasiliana na usaidizi kwa marejesho zaidi.

credits_spent = Salio la malipo haya limetumika
    .detail = Salio la malipo haya limetumika, au limezuiwa na oda zilizo wazi. Malipo ya zamani hutumika
        kwanza; ya karibuni huenda yakaweza kurejeshwa.

refund_too_small = Salio dogo hivi halina thamani kwa sarafu hii
    .detail = Salio hili lina thamani chini ya kipimo kidogo zaidi cha sarafu. Omba zaidi.

refund_too_large = Sehemu ndogo zaidi ya malipo haya inaweza kurejeshwa
    .detail = Salio lisilozidi { $possible } la malipo haya linaweza kurejeshwa. Acha `credits` ili uombe lote.
