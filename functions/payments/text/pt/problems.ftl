### Os problemas dos pagamentos.

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

payment_not_paid = Este pagamento não foi pago
    .detail = Nada foi creditado por este pagamento, então não há nada a reembolsar. Cancele-o se não quiser
        pagá-lo.

refund_address_needed = As moedas precisam de um endereço de retorno
    .detail = Confirme primeiro um endereço da sua carteira: envie-o para refund-address do pagamento, e depois peça o
        reembolso com o token do e-mail.

refund_address_not_needed = Este pagamento não precisa de endereço
    .detail = Este pagamento não foi feito em criptomoedas. O reembolso volta para o cartão ou a carteira que pagou.

refund_address_not_confirmed = O endereço não está confirmado
    .detail = O token é desconhecido, as suas duas horas passaram, ou é de outro pagamento. Envie de novo o endereço para
        refund-address.

refund_too_late = O prazo do reembolso terminou
    .detail = Este pagamento podia ser reembolsado até { $until }. Gaste os créditos, ou fale com o suporte.

payment_refunded = Este pagamento está reembolsado
    .detail = Todo este pagamento foi reembolsado, ou está sendo reembolsado. Consulte o pagamento para ver os
        reembolsos.

payment_disputed = Este pagamento está contestado
    .detail = Seu banco pediu de volta o dinheiro deste pagamento, por isso ele não pode ser reembolsado além disso.

too_many_refunds = O pagamento tem reembolsos demais
    .detail = Um pagamento pode ser reembolsado em no máximo { $most } partes. Peça outras ao suporte.

credits_spent = Os créditos deste pagamento foram gastos
    .detail = Os créditos deste pagamento foram gastos, ou estão retidos por pedidos abertos. O pagamento mais
        antigo é gasto primeiro; um mais novo talvez possa ser reembolsado.

refund_too_small = Tão poucos créditos não valem nada nesta moeda
    .detail = Estes créditos valem menos que a menor unidade da moeda. Peça mais.

refund_too_large = Uma parte menor deste pagamento pode ser reembolsada
    .detail = No máximo { $possible } créditos deste pagamento podem ser reembolsados. Omita `credits` para
        pedir todos.
