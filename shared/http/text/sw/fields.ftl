### Makosa ya sehemu. Kila maandishi yanaendeleza jina la sehemu.

required = inahitajika
unknown_field = haijulikani

wrong_type =
    .text = lazima iwe maandishi
    .object = lazima iwe kitu
    .list = lazima iwe orodha
    .boolean = lazima iwe true au false
    .number = lazima iwe namba

unknown_value = lazima iwe mojawapo ya: { $allowed }

out_of_range =
    .number = lazima iwe namba nzima kuanzia { $least } hadi { $most }
    .items = lazima iwe na vipengee { $least } hadi { $most }
    .labels = lazima iwe na lebo zisizozidi { $most }

malformed =
    .name = lazima iwe na herufi ndogo, tarakimu, '_', '-' au '.', jumla 1 hadi 40
    .country_code = lazima iwe na herufi kubwa mbili (ISO 3166-1 alpha-2), kama GH
    .amount = lazima iwe kiasi kama "12.50": tarakimu, desimali zisizozidi nne, na kisichozidi 999999.9999
    .currency_amount = lazima iwe kiasi kama "25.00", kama maandishi: tarakimu, na desimali zisizozidi mbili
    .identifier = lazima iwe kitambulisho sahihi
    .email = lazima iwe anwani ya barua pepe kama name@example.com
    .key_name = lazima iwe na herufi 1 hadi 60 zinazoonekana, katika mstari mmoja
    .network_range = lazima iwe kundi la anwani kama 198.51.100.0/24 au 2001:db8::/32
    .password = lazima iwe na herufi 1 hadi 256, bila herufi za udhibiti
    .code = lazima iwe tarakimu sita, au msimbo wa akiba wenye herufi na tarakimu 16
    .token = lazima iwe tokeni kamili, kama ulivyotumiwa
    .local_path = lazima iwe njia ya tovuti hii, kama /account: herufi za ASCII zinazoonekana, na mkwaju mmoja mwanzoni
    .terms = lazima iwe toleo la masharti, kama 2026-11-01
    .referral_code = lazima iwe msimbo wa mwaliko wenye herufi na tarakimu nane
    .time = lazima iwe wakati kama 2026-11-21T10:00:00Z (RFC 3339)
    .cursor = lazima iwe next_cursor ya ukurasa uliotangulia, bila kubadilishwa
    .label = lazima iwe na jina na thamani, kila moja yenye herufi 1 hadi 64 zinazoonekana
    .reason = lazima iwe mstari mmoja wa herufi 1 hadi 200
    .line = lazima iwe na herufi 1 hadi 120 zinazoonekana, katika mstari mmoja
    .tag = lazima iwe na muundo jina:thamani
    .voucher_code = lazima iwe msimbo wenye herufi na tarakimu 6 hadi 40
