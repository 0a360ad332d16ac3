### The texts of invoices and credit notes. Labels are before or above their values.

title =
    .invoice = Invoice
    .credit_note = Credit note

label =
    .number = Number
    .issued = Date of issue
    .for_invoice = For invoice
    .seller = From
    .buyer = Billed to
    .vat_number = VAT number: { $number }
    .registration = Company number: { $number }
    .item = Description
    .quantity = Quantity
    .amount = Amount ({ $currency })
    .net = Net amount
    .total = Total
    .total_credited = Total credited
    .paid = Paid
    .due = Amount due
    .payment = Payment
    .refund = Refund
    .reference = Reference
    .method = Payment method
    .paid_on = Paid on
    .refunded_on = Refunded on
    .scan = Scan or open to see the payment:

item =
    .credits = Credits for Namaskah SMS

tax =
    .vat = VAT
    .line = { $name } { $rate }
    .rate = { $number }%

note =
    .reverse_charge = Reverse charge: the buyer accounts for the VAT.
    .untaxed = No VAT is charged in the buyer’s country.
    .credit_note = This credit note corrects invoice { $number } of { $date }.

method =
    .card = Card
    .mobile_money = Mobile money
    .bitcoin = Bitcoin
    .lightning = Bitcoin (Lightning)
    .ethereum = Ether
    .solana = Sol
    .usdt_tron = USDT (Tron)
    .usdt_ethereum = USDT (Ethereum)
    .usdt_solana = USDT (Solana)

page =
    .of = Page { $page } of { $pages }
    .continued = { $title } { $number }, continued
    .logo = Logo of Namaskah SMS
    .qr = QR code: { $link }

date =
    .long = { $day } { $month } { $year }
    .m1 = January
    .m2 = February
    .m3 = March
    .m4 = April
    .m5 = May
    .m6 = June
    .m7 = July
    .m8 = August
    .m9 = September
    .m10 = October
    .m11 = November
    .m12 = December
