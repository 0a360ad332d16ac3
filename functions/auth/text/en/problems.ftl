### The problems of sign-in.

invalid_credentials = The address or the password is wrong
    .advice = Correct the address and the password, or ask for a link to set a new password.
    .detail = No account has this address and password. Correct them, or ask for a link to set a new
        password.

wrong_password = The password is wrong
    .advice = Correct the current password. If you never set one, ask for a link with
        POST /api/v1/auth/forgot-password.
    .detail = This is not your current password.

email_not_verified = The email address is not verified yet
    .advice = Open the link in our mail, or ask for it again with POST /api/v1/auth/resend-verification.
    .detail = Open the link in our mail, or ask for it again.

second_factor_required = A code is needed
    .advice = Send the `challenge` of this answer and a code of the authenticator app, or a backup code, to
        POST /api/v1/auth/second-factor; or, in place of a code, the `credential` of a passkey for the options of
        POST /api/v1/auth/passkey/start.
    .detail = The account has a second factor. Send the challenge and a code to
        POST /api/v1/auth/second-factor before { $until }.

wrong_code = The code is wrong
    .advice = Wait for the next code of the app, and check the clock of the phone. Each code works once. If you lost the
        app, use a backup code.
    .detail = This code is wrong, or was used before. Wait for the next one.

challenge_over = The challenge is not valid
    .advice = Sign in again. A challenge works once, for ten minutes, and ends when the password changes.
    .detail = The challenge was used, is too old, or is not complete. Sign in again.

only_sign_in = It is the only way to sign in
    .advice = Set a password first: ask for a link with POST /api/v1/auth/forgot-password.
    .detail = Your account has no password. Set one first, otherwise you could not sign in any more.

staff_need_second_factor = Staff need a second factor
    .advice = People of the staff can't turn the second factor off. Replace the backup codes, or ask an owner.
    .detail = You are a person of the staff, so the second factor stays on.

code_required = A code is needed
    .advice = Send a code of the authenticator app, or a backup code, too.
    .detail = The account has a second factor. Send a code, too.

passkey_challenge_over = The challenge of the passkey is over
    .advice = Begin again. A challenge works once, for five minutes.
    .detail = The challenge was used, is too old, or is another person's. Begin again.

passkey_refused = The passkey is not accepted
    .advice = Use a passkey of this account, on our page, with a device that checks its person. If there is none, sign in
        with the password.
    .detail = The passkey is unknown, or was not used as it must be. Sign in another way.

passkey_taken = The passkey belongs to an account already
    .advice = List the passkeys of the account. If it is none of them, it belongs to another account: use another one.
    .detail = An account has this passkey already. Use another one.

too_many_passkeys = The account has no room for another passkey
    .advice = Remove a passkey first.
    .detail = An account has { $most } passkeys at most. Remove one first.

second_factor_on = The second factor is on
    .advice = To use another app, turn the second factor off first.
    .detail = The second factor is on already. To use another app, turn it off first.

second_factor_off = The second factor is off
    .advice = Turn it on with POST /api/v1/me/2fa/enable.
    .detail = The second factor is off.

no_second_factor_proposed = No secret waits for its first code
    .advice = Ask for a secret with POST /api/v1/me/2fa/enable, and confirm it within 15 minutes.
    .detail = Ask for a secret first, and confirm it within 15 minutes.

proof_of_work_required = A proof of work is needed
    .advice = Choose a random text of 16 to 64 letters and digits, so that the SHA-256 of
        `purpose seconds.text` begins with as many zero bits as `bits` says; `purpose` is in this answer, and
        `seconds` is the time since 1970. Send `seconds.text` in the header Proof-Of-Work within five minutes. Each
        works once.
    .detail = Send a new proof of work of { $bits } bits for the purpose { $purpose } in the header Proof-Of-Work.

google_not_configured = Sign-in with Google is not available
    .advice = Sign in with address and password. This installation has no sign-in with Google.
    .detail = Sign-in with Google is not available here. Sign in with address and password.

google_sign_in_over = The sign-in with Google is not valid
    .advice = Begin again. A state works once, for ten minutes, in the browser that began; a link, for the person who
        began it.
    .detail = The sign-in was finished before, took too long, or was begun elsewhere. Begin again.

google_refused = Google did not confirm who you are
    .advice = Begin again. If Google has not verified your address, verify it there, or register with a password.
    .code = Google does not accept the code. It was used, is too old, or belongs to another sign-in. Begin again.
    .token = What Google sent is not valid for this sign-in. Begin again.
    .unverified = Google has not verified your email address. Verify it at Google, or register with a password.
    .not_vouched = Google can't say whose this address is today. Register with a password, and link Google in the account.

link_account = The address has an account
    .advice = Sign in with the password, and link your account at Google with POST /api/v1/me/google/start. If you never
        set a password, ask for a link with POST /api/v1/auth/forgot-password.
    .detail = Your address at Google has an account here, which is not linked with Google. Sign in with your password, and
        link it in the account. If you have no password, ask for a link to set one.

google_linked = The account is linked with Google
    .advice = To use another account at Google, end the link first with DELETE /api/v1/me/google.
    .detail = The account is linked with an account at Google already. To use another one, end that link first.

google_taken = This account at Google is in use
    .advice = Choose another account at Google, or end the link in the account that has it.
    .detail = This account at Google is linked with another account. Choose another one, or end that link first.

google_not_linked = The account is not linked with Google
    .advice = Link it with POST /api/v1/me/google/start.
    .detail = The account is not linked with an account at Google.

link_not_valid = The link is not valid
    .advice = Ask for a new link. Each link works once, and only for the time that its mail names.
    .detail = The link was used, is too old, or is not complete. Ask for a new one.

already_verified = The address has an account
    .advice = Sign in. If you forgot the password, ask for a link to set a new one.
    .detail = The address is verified already. Sign in.

email_taken = The new address has an account
    .advice = Sign in with the new address, or ask for a change to another one.
    .detail = An account was made with the new address meanwhile, so yours keeps its address.

open_orders = There are open orders
    .advice = Cancel the open verifications, or wait until they end: 20 minutes at most, longer only if a
        provider can't be reached. Then delete the account.
    .detail = { $open_orders } orders are open. Cancel them or wait until they end, then repeat the request.

balance_left = There is money in the wallet
    .advice = Spend the balance, or send waive_balance to give it up. A waived balance is gone for good.
    .detail = The wallet has ₵{ $available }. Spend it, or repeat the request with waive_balance to give it up.

session_ended = The session has ended
    .advice = Sign in again.
    .over = The session has ended. Sign in again.
    .reused = An old refresh token was used again, so somebody may have a copy of it. The session was
        ended. Sign in again.
    .missing = Send the refresh token of a session, in the body or in its cookie.

csrf_header_required = The header X-CSRF-Protection is required
    .advice = Send the header X-CSRF-Protection with the value 1 whenever the refresh token is in the cookie, and
        with `use_cookie`.
    .detail = The refresh token is in a cookie, or shall be. Send the header X-CSRF-Protection with the value 1, too.
