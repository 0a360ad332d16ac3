### Os erros dos campos da administração.

not_a_search = deve ser um endereço de e-mail, um número de telefone ou o identificador de um cliente ou de um pedido
not_a_reason = deve ser uma única linha de 3 a 200 caracteres
not_a_day = deve ser um dia como 2026-11-21
one_of = exatamente um destes campos é obrigatório: { $fields }

not_a_voucher =
    .credits = deve ser maior que zero e no máximo 100
    .uses = deve ser de 1 a 10000
    .times = deve estar no futuro e depois de `from`

not_a_price_change =
    .empty = não muda nada: indique pelo menos uma regra
    .price = deve ser positivo, com um passo que não exceda o preço de lista nem 100
    .percentage = deve ser de 100 a 1000
    .past = deve estar no futuro: uma mudança que começou é seguida por outra
    .too_many = não pode ser acrescentado às 100 mudanças guardadas: retire uma que não começou

not_a_tax_rate = deve ser uma taxa de 0 a 100 com no máximo duas casas decimais, como 15.00
not_a_tax_name = deve ter de 1 a 20 letras, algarismos, espaços ou hífens
not_a_tax_table = não pode fazer parte da tabela: cada nome uma vez, e outros impostos que antes
