### Os erros dos campos da administração.

not_a_search = deve ser um endereço de e-mail, um número de telefone ou o identificador de um cliente ou de um pedido
not_a_reason = deve ser uma única linha de 3 a 200 caracteres
not_a_day = deve ser um dia como 2026-11-21
one_of = exatamente um destes campos é obrigatório: { $fields }
