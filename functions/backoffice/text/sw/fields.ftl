### Makosa ya sehemu za usimamizi.

not_a_search = lazima iwe anwani ya barua pepe, namba ya simu, au kitambulisho cha mteja au cha oda
not_a_reason = lazima iwe mstari mmoja wenye herufi 3 hadi 200
not_a_day = lazima iwe siku kama 2026-11-21
one_of = sehemu moja tu kati ya hizi inahitajika: { $fields }

not_a_voucher =
    .credits = lazima iwe zaidi ya sifuri na isiyozidi 100
    .uses = lazima iwe kuanzia 1 hadi 10000
    .times = lazima iwe wakati ujao na baada ya `from`
