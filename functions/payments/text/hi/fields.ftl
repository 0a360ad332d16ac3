### भुगतानों के फ़ील्ड की त्रुटियाँ।

not_in_limits = { $least } से { $most } { $currency } तक होना चाहिए
