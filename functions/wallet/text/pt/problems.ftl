### Os problemas da carteira.

too_many_orders = O período tem verificações demais
    .detail = Um relatório tem no máximo { $most } verificações, e este período tem mais. Escolha um período mais curto.
