### Os problemas das verificações.

too_early = Ainda é cedo para isto
    .detail = O fornecedor aceita o número de volta a partir de { $from }. Repita a requisição nesse horário.

too_many_open_orders = Há pedidos abertos demais
    .detail = Você pode ter { $limit } pedidos abertos ao mesmo tempo. Espere que um termine. Cada código recebido
        permite mais, até o limite do seu plano.
        Um plano superior permite mais.

too_many_test_orders = Foram abertos pedidos de teste demais hoje
    .detail = Você pode abrir { $limit } pedidos de teste por dia, somando todas as chaves de teste. Poderá abrir outros
        a partir de { $until }. As chaves reais não são afetadas.
        Um plano superior permite mais.

buying_paused = As compras estão suspensas
    .detail = Muitos dos seus pedidos terminaram sem código. Você poderá comprar novamente a partir de { $until }.

buying_restricted = No momento, só clientes que receberam códigos podem comprar
    .detail = O fornecedor nos limita, por isso no momento só clientes cujos pedidos receberam códigos podem comprar.
        Nada foi cobrado. Tente novamente em dez minutos.

key_stopped = A chave de API está parada
    .detail = A chave está parada: você a parou, ou muitos pedidos seguidos dela terminaram sem mensagem. Ative-a
        novamente nas configurações da conta. Ela ainda permite ler.

service_not_allowed = A chave de API é para outros serviços
    .detail = Esta chave é para outros serviços. Use outra ou adicione o serviço à chave.

daily_cap_reached = O limite diário da chave de API foi atingido
    .detail = Restam ₵{ $left } do limite diário da chave até { $until }, e o preço é maior. Espere ou aumente o
        limite. O que é reembolsado hoje deixa de contar.

operator_not_in_plan = O seu plano não permite escolher a operadora
    .detail = Só os planos superiores indicam a operadora de um número. Omita a operadora ou escolha um desses planos.
        Nada foi cobrado.

usage_budget_reached = O orçamento do mês foi atingido
    .detail = Restam ₵{ $left } do seu orçamento até { $until }, e o preço é maior. Aumente o orçamento ou desligue a
        parada obrigatória. Nada foi cobrado.

supplier_unavailable = O fornecedor não pode vender no momento
    .detail = O fornecedor não pode vender no momento. Nada foi cobrado. Tente novamente em breve.
