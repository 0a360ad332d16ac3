### Os textos das faturas e das notas de crédito. Os rótulos ficam antes ou acima dos seus valores.

title =
    .invoice = Fatura
    .credit_note = Nota de crédito

label =
    .number = Número
    .issued = Data de emissão
    .for_invoice = Referente à fatura
    .seller = Emitente
    .buyer = Faturado a
    .vat_number = Número de IVA: { $number }
    .registration = Número de registo: { $number }
    .item = Descrição
    .quantity = Quantidade
    .amount = Valor ({ $currency })
    .net = Valor sem impostos
    .total = Total
    .total_credited = Total creditado
    .paid = Pago
    .due = Valor em dívida
    .payment = Pagamento
    .refund = Reembolso
    .reference = Referência
    .method = Forma de pagamento
    .paid_on = Pago em
    .refunded_on = Reembolsado em
    .scan = Leia o código ou abra para ver o pagamento:

item =
    .credits = Créditos para Namaskah SMS

tax =
    .vat = IVA
    .line = { $name } { $rate }
    .rate = { $number }%

note =
    .reverse_charge = Autoliquidação: o IVA é devido pelo adquirente.
    .untaxed = Não é cobrado IVA no país do adquirente.
    .credit_note = Esta nota de crédito retifica a fatura { $number } de { $date }.

method =
    .card = Cartão
    .mobile_money = Dinheiro móvel
    .bitcoin = Bitcoin
    .lightning = Bitcoin (Lightning)
    .ethereum = Ether
    .solana = Sol
    .usdt_tron = USDT (Tron)
    .usdt_ethereum = USDT (Ethereum)
    .usdt_solana = USDT (Solana)

page =
    .of = Página { $page } de { $pages }
    .continued = { $title } { $number }, continuação
    .logo = Logótipo de Namaskah SMS
    .qr = Código QR: { $link }

date =
    .long = { $day } de { $month } de { $year }
    .m1 = janeiro
    .m2 = fevereiro
    .m3 = março
    .m4 = abril
    .m5 = maio
    .m6 = junho
    .m7 = julho
    .m8 = agosto
    .m9 = setembro
    .m10 = outubro
    .m11 = novembro
    .m12 = dezembro
