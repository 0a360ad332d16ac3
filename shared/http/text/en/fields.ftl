### The errors of fields of bodies and queries. Each text continues the name of the field.

required = is required
unknown_field = is not a known field

wrong_type =
    .text = must be a string
    .object = must be an object
    .list = must be a list
    .boolean = must be true or false
    .number = must be a number

unknown_value = must be one of: { $allowed }

out_of_range =
    .number = must be a whole number from { $least } to { $most }
    .items = must have { $least } to { $most } items
    .labels = must have at most { $most } labels

malformed =
    .name = must be 1 to 40 lower-case letters, digits, '_', '-' or '.'
    .country_code = must be two capital letters (ISO 3166-1 alpha-2), such as GH
    .amount = must be an amount such as "12.50": digits, and at most four decimals; at most
        999999.9999
    .currency_amount = must be an amount such as "25.00", as a string: digits, and at most two decimals
    .identifier = must be a valid identifier
    .email = must be an email address such as name@example.com
    .key_name = must be 1 to 60 visible characters in one line
    .network_range = must be a range of addresses such as 198.51.100.0/24 or 2001:db8::/32
    .password = must be 1 to 256 characters, without control characters
    .code = must be six digits, or a backup code of 16 letters and digits
    .token = must be the complete token, as it was sent to you
    .local_path = must be a path of this site, such as /account: visible ASCII characters, and one slash first
    .terms = must be a version of the terms, such as 2026-11-01
    .referral_code = must be a referral code of eight letters and digits
    .time = must be a time such as 2026-11-21T10:00:00Z (RFC 3339)
    .cursor = must be the unchanged next_cursor of the previous page
    .label = must have a name and a value of 1 to 64 visible characters each
    .reason = must be one line of 1 to 200 characters
    .line = must be 1 to 120 visible characters in one line
    .tag = must have the form name:value
    .voucher_code = must be a code of 6 to 40 letters and digits
