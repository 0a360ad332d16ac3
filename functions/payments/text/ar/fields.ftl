### أخطاء حقول المدفوعات.

not_in_limits = يجب أن يكون من { $least } إلى { $most } { $currency }
