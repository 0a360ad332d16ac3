### Os textos das regras e dos preços.

refund_when =
    .no_number = Nenhum número pôde ser comprado pelo preço reservado.
    .no_code = Nenhuma mensagem chegou antes do prazo do pedido.
    .cancelled = Você cancelou antes de uma mensagem chegar.
    .number_reported = Você informou que o número não funciona, antes de uma mensagem chegar.
    .supplier_closed = O fornecedor retomou o número antes de uma mensagem chegar.
    .supplier_unreachable = O fornecedor ficou inacessível por 30 minutos depois do prazo.

refund_amount = 100 % do preço, na hora, para o seu saldo

ignored_when =
    .older_than_order = A mensagem é mais antiga que o pedido e vem de um uso anterior do número.
    .operator_greeting = A mensagem não tem código e é com certeza a saudação que uma operadora envia a um número novo.
    .empty = A mensagem não tem texto nem código.

quote_valid = No momento da requisição. Envie este preço como max_price na compra, e você nunca pagará mais.
