### Les textes des factures et des avoirs. Les libellés précèdent ou surmontent leurs valeurs.

title =
    .invoice = Facture
    .credit_note = Avoir

label =
    .number = Numéro
    .issued = Date d’émission
    .for_invoice = Pour la facture
    .seller = Émetteur
    .buyer = Facturé à
    .vat_number = Numéro de TVA : { $number }
    .registration = Numéro de registre : { $number }
    .item = Désignation
    .quantity = Quantité
    .amount = Montant ({ $currency })
    .net = Montant hors taxes
    .total = Total
    .total_credited = Total crédité
    .paid = Payé
    .due = Reste à payer
    .payment = Paiement
    .refund = Remboursement
    .reference = Référence
    .method = Mode de paiement
    .paid_on = Payé le
    .refunded_on = Remboursé le
    .scan = Scannez ou ouvrez pour voir le paiement :

item =
    .credits = Crédits pour Namaskah SMS

tax =
    .vat = TVA
    .line = { $name } { $rate }
    .rate = { $number } %

note =
    .reverse_charge = Autoliquidation : la TVA est due par l’acheteur.
    .untaxed = Aucune TVA n’est facturée dans le pays de l’acheteur.
    .credit_note = Cet avoir corrige la facture { $number } du { $date }.

method =
    .card = Carte
    .mobile_money = Mobile money
    .bitcoin = Bitcoin
    .lightning = Bitcoin (Lightning)
    .ethereum = Ether
    .solana = Sol
    .usdt_tron = USDT (Tron)
    .usdt_ethereum = USDT (Ethereum)
    .usdt_solana = USDT (Solana)

page =
    .of = Page { $page } sur { $pages }
    .continued = { $title } { $number }, suite
    .logo = Logo de Namaskah SMS
    .qr = Code QR : { $link }

date =
    .long = { $day } { $month } { $year }
    .m1 = janvier
    .m2 = février
    .m3 = mars
    .m4 = avril
    .m5 = mai
    .m6 = juin
    .m7 = juillet
    .m8 = août
    .m9 = septembre
    .m10 = octobre
    .m11 = novembre
    .m12 = décembre
