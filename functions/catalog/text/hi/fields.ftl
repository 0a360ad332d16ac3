### कैटलॉग की फ़ील्ड की ग़लतियाँ।

unknown_country = { $country_code } नहीं बेचा जाता। बिक रहे देशों की सूची GET /api/v1/countries देता है।
