### Makosa ya sehemu za kuingia kwenye akaunti.

weak_password =
    .too_short = lazima iwe na angalau herufi kumi
    .easy_to_guess = ni rahisi mno kukisia: tumia maneno kadhaa, au herufi zisizo za kawaida

not_a_credential = lazima iwe credential kama toJSON() yake inavyoirudisha

code_or_credential = inahitajika kama hakuna credential, na si zote mbili

same_email = tayari ndiyo anwani ya akaunti

outdated_terms = lazima iwe { $current }, toleo la masharti linalotumika sasa
