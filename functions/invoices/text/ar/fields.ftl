### أخطاء حقول الفواتير.

not_printable = فيه حرف لا يمكن طباعته: { $character }

not_a_vat_number =
    .malformed = يجب أن يكون رقم ضريبة القيمة المضافة في { $country }
    .unknown_country = أرقام ضريبة القيمة المضافة في { $country } غير معروفة هنا: اتركه
    .of_consumer = للشركات فقط
