### Makosa ya sehemu za ankara.

not_printable = ina herufi isiyoweza kuchapishwa: { $character }

not_a_vat_number =
    .malformed = lazima iwe namba ya VAT ya { $country }
    .unknown_country = namba za VAT za { $country } hazijulikani hapa: iache
    .of_consumer = ni biashara tu zilizo nayo
