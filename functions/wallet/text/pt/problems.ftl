### Os problemas da carteira.

voucher_not_valid = O vale não é válido
    .unknown = Não há vale com este código. Confira o código.
    .ended = O vale expirou.
    .used_up = Todos os usos do vale já foram usados.

too_many_orders = O período tem verificações demais
    .detail = Um relatório tem no máximo { $most } verificações, e este período tem mais. Escolha um período mais curto.

voucher_used = Você já usou este vale
    .detail = Cada cliente pode usar um vale uma vez, e você já usou este. Os créditos dele estão nos lançamentos da sua
        carteira.
