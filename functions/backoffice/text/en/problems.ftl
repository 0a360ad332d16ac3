### The problems of the back office.

account_off_limits = You can't change this account
    .advice = Ask an owner. Nobody changes the own account here.
    .own = This is your own account. Ask an owner.
    .colleague = This is a colleague's account. Only an owner changes it.

second_person_needed = Somebody else must approve this
    .advice = Ask a colleague who may correct wallets. You can refuse it yourself.
    .detail = You proposed this correction. It is above the limit, so a second person must approve it.

no_second_factor = The person has no second factor
    .advice = Ask the person to turn the second factor on, then give the role.
    .detail = A person of the staff needs a second factor. Ask the person to turn it on first.

voucher_code_taken = Another voucher has this code
    .advice = Choose another code, or leave it out to get a random one.
    .detail = Another voucher has this code. Choose another one, or leave it out to get a random one.
