### The field errors of invoices.

not_printable = has a character that can't be printed: { $character }

not_a_vat_number =
    .malformed = must be a VAT number of { $country }
    .unknown_country = VAT numbers of { $country } are not known here: leave it out
    .of_consumer = only businesses have one
