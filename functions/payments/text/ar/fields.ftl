### أخطاء حقول المدفوعات.

not_in_limits = يجب أن يكون من { $least } إلى { $most } { $currency }

not_a_coin_address =
    .form = ليس عنوانًا على شبكة هذه الدفعة التي يسمّيها `refund.address_on`
    .checksum = فيه حرف خاطئ أو ناقص: انسخه من جديد
    .test_network = عنوان على شبكة اختبار
    .unspendable = عنوان لا يستطيع أحد الإرسال منه: استخدم عنوانًا من محفظتك
