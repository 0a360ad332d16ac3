### The problems of API keys.

too_many_keys = The plan allows no more keys
    .advice = Delete a key that you do not need, or move to a plan with more keys.
    .detail = The limit of keys of your plan is { $limit }. Delete one that you do not need, or move to a plan with
        more.

key_ended = The key has ended
    .advice = Create a new key. A key that has expired or was deleted can't be changed.
    .detail = The key has expired or was deleted, so it can't be changed. Create a new one.

key_replaced = Another key replaces this one
    .advice = Change or rotate the key in `replaced_by`. This one can be deleted, and ends by itself.
    .detail = { $replaced_by } replaces this key. Change or rotate that one; this one can be deleted, and ends
        by itself.

too_many_new_keys = Too many new keys in a day
    .advice = Make the next key after the time in `until`. Rotations count, too.
    .detail = You made too many keys in 24 hours, rotations included. Make the next one from { $until }.
