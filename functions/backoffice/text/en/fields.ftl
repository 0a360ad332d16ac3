### The field errors of the back office.

not_a_search = must be an email address, a phone number, or the id of a customer or an order
not_a_reason = must be one line of 3 to 200 characters
not_a_day = must be a day such as 2026-11-21
one_of = exactly one of { $fields } is required

not_a_voucher =
    .credits = must be more than zero and at most 100
    .uses = must be from 1 to 10000
    .times = must be in the future and after `from`

not_a_price_change =
    .empty = changes nothing: name at least one rule
    .price = must be positive, with a step that is at most the list price and at most 100
    .percentage = must be from 100 to 1000
    .past = must be in the future: a change that has begun is followed by another one
    .too_many = must be one of the 100 changes that are stored: withdraw one that has not begun

not_a_tax_rate = must be a rate from 0 to 100 with at most two decimals, such as 15.00
not_a_tax_name = must be 1 to 20 letters, digits, spaces or hyphens
not_a_tax_table = can't be a part of the table: each name once, and other taxes than before
