### चालान और क्रेडिट नोट के पाठ। लेबल अपने मान के पहले या ऊपर होते हैं।

title =
    .invoice = चालान
    .credit_note = क्रेडिट नोट

label =
    .number = संख्या
    .issued = जारी करने की तारीख
    .for_invoice = मूल चालान
    .seller = विक्रेता
    .buyer = ग्राहक
    .vat_number = वैट संख्या: { $number }
    .registration = कंपनी संख्या: { $number }
    .item = विवरण
    .quantity = मात्रा
    .amount = राशि ({ $currency })
    .net = कर से पहले की राशि
    .total = कुल
    .total_credited = कुल वापसी
    .paid = भुगतान हुआ
    .due = बकाया राशि
    .payment = भुगतान
    .refund = धनवापसी
    .reference = संदर्भ
    .method = भुगतान का तरीका
    .paid_on = भुगतान की तारीख
    .refunded_on = धनवापसी की तारीख
    .scan = भुगतान देखने के लिए स्कैन करें या खोलें:

item =
    .credits = Namaskah SMS के लिए क्रेडिट

tax =
    .vat = वैट (VAT)
    .line = { $name } { $rate }
    .rate = { $number }%

note =
    .reverse_charge = रिवर्स चार्ज: वैट का भुगतान ग्राहक करता है।
    .untaxed = ग्राहक के देश में वैट नहीं लगाया जाता है।
    .credit_note = यह क्रेडिट नोट { $date } के चालान { $number } को सुधारता है।

method =
    .card = कार्ड
    .mobile_money = मोबाइल मनी
    .bitcoin = बिटकॉइन
    .lightning = बिटकॉइन (Lightning)
    .ethereum = ईथर
    .solana = सोल
    .usdt_tron = USDT (Tron)
    .usdt_ethereum = USDT (Ethereum)
    .usdt_solana = USDT (Solana)

page =
    .of = पृष्ठ { $page } / { $pages }
    .continued = { $title } { $number }, जारी
    .logo = Namaskah SMS का लोगो
    .qr = क्यूआर कोड: { $link }

date =
    .long = { $day } { $month } { $year }
    .m1 = जनवरी
    .m2 = फ़रवरी
    .m3 = मार्च
    .m4 = अप्रैल
    .m5 = मई
    .m6 = जून
    .m7 = जुलाई
    .m8 = अगस्त
    .m9 = सितंबर
    .m10 = अक्टूबर
    .m11 = नवंबर
    .m12 = दिसंबर
