### نصوص الفواتير والإشعارات الدائنة. تأتي التسميات قبل قيمها أو فوقها.

title =
    .invoice = فاتورة
    .credit_note = إشعار دائن

label =
    .number = الرقم
    .issued = تاريخ الإصدار
    .for_invoice = عن الفاتورة
    .seller = من
    .buyer = إلى
    .vat_number = رقم ضريبة القيمة المضافة: { $number }
    .registration = رقم الشركة: { $number }
    .item = الوصف
    .quantity = الكمية
    .amount = المبلغ ({ $currency })
    .net = المبلغ قبل الضريبة
    .total = الإجمالي
    .total_credited = إجمالي المبلغ المُعاد
    .paid = مدفوع
    .due = المبلغ المستحق
    .payment = الدفع
    .refund = الاسترداد
    .reference = المرجع
    .method = طريقة الدفع
    .paid_on = تاريخ الدفع
    .refunded_on = تاريخ الاسترداد
    .scan = امسح الرمز أو افتح الرابط لعرض الدفعة:

item =
    .credits = رصيد لخدمة Namaskah SMS

tax =
    .vat = ضريبة القيمة المضافة
    .line = { $name } { $rate }
    .rate = { $number }%

note =
    .reverse_charge = الاحتساب العكسي: يتحمّل المشتري ضريبة القيمة المضافة.
    .untaxed = لا تُحتسب ضريبة القيمة المضافة في بلد المشتري.
    .credit_note = يصحّح هذا الإشعار الدائن الفاتورة { $number } بتاريخ { $date }.

method =
    .card = بطاقة
    .mobile_money = محفظة الهاتف المحمول
    .bitcoin = بيتكوين
    .lightning = بيتكوين (Lightning)
    .ethereum = إيثر
    .solana = سول
    .usdt_tron = USDT (Tron)
    .usdt_ethereum = USDT (Ethereum)
    .usdt_solana = USDT (Solana)

page =
    .of = صفحة { $page } من { $pages }
    .continued = { $title } { $number }، تابع
    .logo = شعار Namaskah SMS
    .qr = رمز QR: { $link }

date =
    .long = { $day } { $month } { $year }
    .m1 = يناير
    .m2 = فبراير
    .m3 = مارس
    .m4 = أبريل
    .m5 = مايو
    .m6 = يونيو
    .m7 = يوليو
    .m8 = أغسطس
    .m9 = سبتمبر
    .m10 = أكتوبر
    .m11 = نوفمبر
    .m12 = ديسمبر
