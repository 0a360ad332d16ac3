### أخطاء حقول تسجيل الدخول.

weak_password =
    .too_short = يجب أن تتكوّن من عشرة أحرف على الأقل
    .easy_to_guess = سهلة التخمين: استخدم عدة كلمات أو أحرفًا أقل شيوعًا

not_a_credential = يجب أن يكون credential كما يعيده toJSON() الخاص به

code_or_credential = مطلوب عند غياب credential، ولا يُرسلان معًا

same_email = هو عنوان الحساب بالفعل

outdated_terms = يجب أن يكون { $current }، وهو إصدار الشروط الساري الآن
