### أخطاء حقول الكتالوج.

unknown_country = { $country_code } غير معروض للبيع. تجد قائمة البلدان المعروضة في {"\u2068"}GET /api/v1/countries{"\u2069"}.
