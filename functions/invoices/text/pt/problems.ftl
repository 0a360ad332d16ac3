### Os problemas das faturas.

invoice_not_ready = O arquivo da fatura ainda não está pronto
    .detail = O PDF está a ser criado. Repita o pedido daqui a alguns segundos.
