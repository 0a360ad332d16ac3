### साइन इन की फ़ील्ड की ग़लतियाँ।

weak_password =
    .too_short = में कम से कम दस वर्ण होने चाहिए
    .easy_to_guess = का अनुमान बहुत आसान है: कई शब्द या कम प्रचलित वर्ण इस्तेमाल करें

not_a_credential = वैसा credential होना चाहिए जैसा उसका toJSON() लौटाता है

code_or_credential = credential न हो तो ज़रूरी है, और दोनों साथ नहीं

same_email = पहले से इस खाते का पता है

outdated_terms = { $current } होना चाहिए, जो शर्तों का अभी लागू संस्करण है
