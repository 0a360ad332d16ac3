### Os erros dos campos da administração.

not_a_search = deve ser um endereço de e-mail, um número de telefone ou o identificador de um cliente ou de um pedido
not_a_reason = deve ser uma única linha de 3 a 200 caracteres
not_a_day = deve ser um dia como 2026-11-21
one_of = exatamente um destes campos é obrigatório: { $fields }

not_a_voucher =
    .credits = deve ser maior que zero e no máximo 100
    .uses = deve ser de 1 a 10000
    .times = deve estar no futuro e depois de `from`
