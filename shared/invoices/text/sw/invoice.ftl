### Maandishi ya ankara na hati za mkopo. Lebo huwa kabla au juu ya thamani zake.

title =
    .invoice = Ankara
    .credit_note = Hati ya mkopo

label =
    .number = Namba
    .issued = Tarehe ya kutolewa
    .for_invoice = Kwa ankara
    .seller = Kutoka kwa
    .buyer = Imetozwa kwa
    .vat_number = Namba ya VAT: { $number }
    .registration = Namba ya kampuni: { $number }
    .item = Maelezo
    .quantity = Idadi
    .amount = Kiasi ({ $currency })
    .net = Kiasi bila kodi
    .total = Jumla
    .total_credited = Jumla iliyorejeshwa
    .paid = Imelipwa
    .due = Kiasi kinachodaiwa
    .payment = Malipo
    .refund = Marejesho
    .reference = Kumbukumbu
    .method = Njia ya malipo
    .paid_on = Ililipwa tarehe
    .refunded_on = Ilirejeshwa tarehe
    .scan = Changanua au fungua kuona malipo:

item =
    .credits = Salio la Namaskah SMS

tax =
    .vat = VAT
    .line = { $name } { $rate }
    .rate = { $number }%

note =
    .reverse_charge = Kodi kwa mnunuzi (reverse charge): mnunuzi ndiye anayelipa VAT.
    .untaxed = Hakuna VAT inayotozwa katika nchi ya mnunuzi.
    .credit_note = Hati hii ya mkopo inarekebisha ankara { $number } ya { $date }.

method =
    .card = Kadi
    .mobile_money = Pesa za simu
    .bitcoin = Bitcoin
    .lightning = Bitcoin (Lightning)
    .ethereum = Ether
    .solana = Sol
    .usdt_tron = USDT (Tron)
    .usdt_ethereum = USDT (Ethereum)
    .usdt_solana = USDT (Solana)

page =
    .of = Ukurasa { $page } kati ya { $pages }
    .continued = { $title } { $number }, inaendelea
    .logo = Nembo ya Namaskah SMS
    .qr = Msimbo wa QR: { $link }

date =
    .long = { $day } { $month } { $year }
    .m1 = Januari
    .m2 = Februari
    .m3 = Machi
    .m4 = Aprili
    .m5 = Mei
    .m6 = Juni
    .m7 = Julai
    .m8 = Agosti
    .m9 = Septemba
    .m10 = Oktoba
    .m11 = Novemba
    .m12 = Desemba
