### Os problemas dos pagamentos.

live_only = Uma chave de teste não movimenta dinheiro real
    .detail = Os pagamentos enchem a carteira com dinheiro real, e uma chave de teste não tem nenhum. Use uma chave real
        ou uma sessão.

payment_starting = O pagamento está sendo iniciado
    .detail = O gateway ainda não respondeu se o pagamento { $reference } pode ser feito. Repita a requisição em breve.

method_not_offered = Não é possível pagar assim
    .detail = Este gateway não aceita este método nesta moeda. GET /api/v1/payments/methods lista o que serve.

too_many_open_payments = Há pagamentos abertos demais
    .detail = No máximo { $limit } pagamentos podem estar abertos ao mesmo tempo. Pague ou cancele um deles, ou espere até
        que um termine.

payment_refused = O gateway de pagamento rejeitou o pagamento
    .detail = O gateway não criou a página de pagamento, e nada foi cobrado. Inicie um novo pagamento, ou escolha outro
        gateway.

gateway_unavailable = O gateway de pagamento não responde
    .detail = O gateway não responde no momento. Repita a requisição em breve, ou escolha outro gateway. O dinheiro que
        você pagou é creditado assim que o gateway responder.
