### Matatizo ya uthibitishaji.

too_early = Ni mapema mno kwa hili
    .detail = Msambazaji hupokea namba kurudishwa kuanzia { $from }. Rudia ombi wakati huo.

too_many_open_orders = Oda zilizo wazi ni nyingi mno
    .detail = Unaweza kuwa na oda { $limit } zilizo wazi kwa wakati mmoja. Subiri moja iishe. Kila msimbo unaopokea
        huruhusu zaidi, hadi kikomo cha mpango wako.
        Mpango wa juu unaruhusu zaidi.

too_many_test_orders = Oda za majaribio zilizofunguliwa leo ni nyingi mno
    .detail = Unaweza kufungua oda { $limit } za majaribio kwa siku, kwa funguo zote za majaribio pamoja. Unaweza
        kufungua nyingine kuanzia { $until }. Funguo halisi haziathiriki.
        Mpango wa juu unaruhusu zaidi.

buying_paused = Ununuzi umesitishwa
    .detail = Oda zako nyingi mno ziliisha bila msimbo. Unaweza kununua tena kuanzia { $until }.

buying_restricted = Kwa sasa ni wateja waliopokea misimbo pekee wanaoweza kununua
    .detail = Msambazaji ametuwekea kikomo, hivyo kwa sasa ni wateja ambao oda zao zilipokea misimbo pekee wanaoweza
        kununua. Hukutozwa chochote. Jaribu tena baada ya dakika kumi.

key_stopped = Ufunguo wa API umesimamishwa
    .detail = Ufunguo umesimamishwa: umeusimamisha wewe, au oda zake nyingi mno mfululizo ziliisha bila ujumbe.
        Uanzishe tena katika mipangilio ya akaunti. Bado unaweza kusoma.

service_not_allowed = Ufunguo wa API ni wa huduma nyingine
    .detail = Ufunguo huu ni wa huduma nyingine. Tumia mwingine, au ongeza huduma hii kwenye ufunguo.

daily_cap_reached = Kikomo cha siku cha ufunguo wa API kimefikiwa
    .detail = Imebaki ₵{ $left } ya kikomo cha siku cha ufunguo hadi { $until }, na bei ni kubwa zaidi. Subiri, au
        ongeza kikomo. Kinachorudishwa leo hakihesabiwi tena.

operator_not_in_plan = Mpango wako hauruhusu kuchagua mtandao
    .detail = Ni mipango ya juu tu inayotaja mtandao wa namba. Ondoa mtandao, au chagua mpango kama huo. Hakuna
        kilichotozwa.

usage_budget_reached = Bajeti ya mwezi imefikiwa
    .detail = Imebaki ₵{ $left } ya bajeti yako hadi { $until }, na bei ni kubwa zaidi. Ongeza bajeti, au zima kizuizi
        chake. Hakuna kilichotozwa.

supplier_unavailable = Msambazaji hawezi kuuza kwa sasa
    .detail = Msambazaji hawezi kuuza kwa sasa. Hukutozwa chochote. Jaribu tena baada ya muda mfupi.
