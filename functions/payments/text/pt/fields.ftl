### Os erros de campos dos pagamentos.

not_in_limits = deve ser de { $least } a { $most } { $currency }

not_a_coin_address =
    .form = não é um endereço da rede deste pagamento, que `refund.address_on` indica
    .checksum = tem um carácter errado ou em falta: copie-o de novo
    .test_network = é um endereço de uma rede de teste
    .unspendable = é um endereço do qual ninguém pode enviar: use um da sua carteira
