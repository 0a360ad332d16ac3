### The field errors of the back office.

not_a_search = must be an email address, a phone number, or the id of a customer or an order
not_a_reason = must be one line of 3 to 200 characters
not_a_day = must be a day such as 2026-11-21
one_of = exactly one of { $fields } is required

not_a_voucher =
    .credits = must be more than zero and at most 100
    .uses = must be from 1 to 10000
    .times = must be in the future and after `from`
