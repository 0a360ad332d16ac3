### Makosa ya sehemu za usimamizi.

not_a_search = lazima iwe anwani ya barua pepe, namba ya simu, au kitambulisho cha mteja au cha oda
not_a_reason = lazima iwe mstari mmoja wenye herufi 3 hadi 200
not_a_day = lazima iwe siku kama 2026-11-21
one_of = sehemu moja tu kati ya hizi inahitajika: { $fields }

not_a_voucher =
    .credits = lazima iwe zaidi ya sifuri na isiyozidi 100
    .uses = lazima iwe kuanzia 1 hadi 10000
    .times = lazima iwe wakati ujao na baada ya `from`

not_a_price_change =
    .empty = haibadilishi chochote: taja angalau kanuni moja
    .price = lazima iwe chanya, na hatua isiyozidi bei ya orodha wala 100
    .percentage = lazima iwe kuanzia 100 hadi 1000
    .past = lazima iwe wakati ujao: badiliko lililoanza hufuatwa na jingine
    .too_many = haiwezi kuongezwa kwenye mabadiliko 100 yaliyohifadhiwa: ondoa moja ambalo halijaanza

not_a_tax_rate = lazima iwe kiwango cha 0 hadi 100 chenye desimali mbili zaidi, kama 15.00
not_a_tax_name = lazima iwe herufi, tarakimu, nafasi au vistari 1 hadi 20
not_a_tax_table = haiwezi kuwa sehemu ya jedwali: kila jina mara moja, na kodi tofauti na za awali
