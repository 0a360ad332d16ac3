### Les erreurs de champs des factures.

not_printable = contient un caractère qui ne peut pas être imprimé : { $character }

not_a_vat_number =
    .malformed = doit être un numéro de TVA de { $country }
    .unknown_country = les numéros de TVA de { $country } ne sont pas connus ici : omettez-le
    .of_consumer = seules les entreprises en ont un
