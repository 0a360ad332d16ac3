### Os problemas dos pagamentos.

payment_starting = O pagamento está sendo iniciado
    .detail = O gateway ainda não respondeu se o pagamento { $reference } pode ser feito. Repita a requisição em breve.

method_not_offered = Não é possível pagar assim
    .detail = Este gateway não aceita este método nesta moeda. GET /api/v1/payments/methods lista o que serve.

payment_refused = O gateway de pagamento rejeitou o pagamento
    .detail = O gateway não criou a página de pagamento, e nada foi cobrado. Inicie um novo pagamento, ou escolha outro
        gateway.

gateway_unavailable = O gateway de pagamento não responde
    .detail = O gateway não responde no momento. Repita a requisição em breve, ou escolha outro gateway. O dinheiro que
        você pagou é creditado assim que o gateway responder.
