### Os erros de campos dos pagamentos.

not_in_limits = deve ser de { $least } a { $most } { $currency }
