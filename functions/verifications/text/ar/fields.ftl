### أخطاء حقول عمليات التحقق.

unknown_service = غير معروض للبيع. تجد قائمة الخدمات في {"\u2068"}GET /api/v1/services{"\u2069"}.

malformed =
    .tag = يجب أن يكون على شكل {"\u2068"}name:value{"\u2069"}
