### Os erros de campos das faturas.

not_printable = tem um caractere que não pode ser impresso: { $character }

not_a_vat_number =
    .malformed = deve ser um número de IVA de { $country }
    .unknown_country = os números de IVA de { $country } não são conhecidos aqui: omita-o
    .of_consumer = só as empresas têm um
