### चालानों के फ़ील्ड की त्रुटियाँ।

not_printable = में ऐसा वर्ण है जो छप नहीं सकता: { $character }

not_a_vat_number =
    .malformed = { $country } का VAT नंबर होना चाहिए
    .unknown_country = { $country } के VAT नंबर यहाँ ज्ञात नहीं हैं: इसे छोड़ दें
    .of_consumer = केवल व्यवसायों के पास होता है
