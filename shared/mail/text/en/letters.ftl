### The letters. `lead` is the headline, `body` has paragraphs between empty lines, `note` says what to do if
### it was not you. `product` is the sender's name.

page =
    .plain_link = If the button does not work, open this address:
    .account = You get this mail because this address belongs to a { $product } account.
    .address = You get this mail because this address was entered at { $product }.
    .former = You get this mail because this address belonged to a { $product } account.
    .unsubscribe = Stop reminders like this one

fact =
    .at = Time
    .device = Device
    .network = Network
    .passkey = Passkey
    .key = Key
    .last_four = Ends in
    .new_email = New address
    .coins_to = Goes to
    .spent = Spent
    .budget = Budget
    .month_ends = Month ends
    .available = Available
    .phone = Number
    .ends_at = Ends
    .subject = Subject
    .reference = Receipt
    .number = Document
    .amount = Amount
    .plan = Plan

link =
    .hours = The link works for { $hours ->
        [one] one hour
       *[other] { $hours } hours
    }.
    .minutes = The link works for { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    }.

verify_email =
    .subject = Confirm your email address
    .lead = Welcome to { $product }
    .body = Please confirm that this address is yours. Then your account is ready.

        { link.hours }
    .button = Confirm this address
    .note = You did not sign up? Then ignore this mail. Nothing happens unless the link is opened.

already_registered =
    .subject = You already have an account
    .lead = You already have a { $product } account
    .body = Someone, probably you, tried to sign up with this address. You only need to sign in.
    .button = Sign in
    .second = Forgot your password? Choose a new one
    .note = It was not you? Nothing in your account has changed, and you do not need to do anything.

reset_password =
    .subject = Choose a new password
    .lead = Choose a new password
    .body = Someone, hopefully you, asked for a new password for your { $product } account.

        { link.minutes }
    .button = Choose a new password
    .note = It was not you? Ignore this mail, and your password stays as it is.

password_changed =
    .subject = Your password was changed
    .lead = Your password was changed
    .body = From now on, sign in with the new one. Your passkeys, your link with Google and your API keys stay as they
        were. Look through them in the settings.
    .note = It was not you? Choose a new password right away, and reply to this mail.

new_sign_in =
    .subject = New sign-in to your account
    .lead = There was a new sign-in to your account
    .body = If it was you, there is nothing to do.
    .note = It was not you? Change your password right away, and reply to this mail.

two_factor_on =
    .subject = Two-step sign-in is on
    .lead = Two-step sign-in is on
    .body = From now on, signing in takes your password and a second step. Your account is safer this way.
    .note = It was not you? Change your password right away, and reply to this mail.

two_factor_off =
    .subject = Two-step sign-in is off
    .lead = Two-step sign-in is off
    .body = Your account is no longer protected by a second step. You can turn it on again in the settings.
    .note = It was not you? Change your password right away, and reply to this mail.

google_linked =
    .subject = You can sign in with Google now
    .lead = You can sign in with Google now
    .body = Your account is linked with an account at Google, which can sign in to it from now on.
    .note = It was not you? Remove the link in the settings and change your password right away, and reply to this mail.

google_unlinked =
    .subject = Sign-in with Google is off
    .lead = Sign-in with Google is off
    .body = Your account is no longer linked with an account at Google. From now on, sign in with your password.

passkey_added =
    .subject = A passkey was added
    .lead = A passkey was added
    .body = It signs in to your account without your password or a code.
    .note = It was not you? Remove the passkey in the settings, change your password, and reply to this mail.

passkey_removed =
    .subject = A passkey was removed
    .lead = A passkey was removed
    .body = It no longer signs in to your account.
    .note = It was not you? Change your password right away, and reply to this mail.

key_made =
    .subject = A new API key was created
    .lead = A new API key was created
    .body = Programs can use it to act for your account, so keep it secret.
    .note = It was not you? Delete the key in the settings, change your password, and reply to this mail.

key_stopped =
    .subject = Your API key was stopped
    .lead = Your API key was stopped
    .body = Too many of its orders in a row ended without a message, as you set. It buys nothing until you start it again.
    .note = Look at its latest orders first: another service or country may work better. You start the key in the settings.

confirm_new_email =
    .subject = Confirm your new email address
    .lead = Confirm your new email address
    .body = Please confirm that your { $product } account should use this address from now on.

        { link.hours }
    .button = Confirm this address
    .note = You did not ask for this? Then ignore this mail. Nothing changes unless the link is opened.

confirm_email_change =
    .subject = Confirm the change of your email address
    .lead = Do you want to change your email address?
    .body = Your { $product } account is about to move to the address below. Please confirm it from this
        mailbox, so that nobody else can move your account.

        { link.hours }
    .button = Confirm the change
    .note = It was not you? Do not open the link. Change your password right away, and reply to this mail.

confirm_refund_address =
    .subject = Confirm where your coins go
    .lead = Do you want your coins back at this address?
    .body = Compare the address below with the one in your wallet, character by character. Coins that are sent to
        a wrong address are lost. After you confirm, a person checks the refund before it is sent.

        { link.hours }
    .button = Confirm this address
    .note = It was not you? Do not open the link. Change your password and your API keys right away, and reply to this mail.

email_changed =
    .subject = Your email address was changed
    .lead = Your email address was changed
    .body = From now on, you sign in with the new address, and we write to it.
    .note = It was not you? Reply to this mail right away.

export_ready =
    .subject = Your data is ready
    .lead = Your data is ready to download
    .body = You asked for a copy of your data. Keep it in a safe place, because it is personal.

        { link.hours }
    .button = Download
    .note = You did not ask for it? Change your password right away, and reply to this mail.

entries_ready =
    .subject = Your wallet entries are ready
    .lead = Your wallet entries are ready to download
    .body = You asked for a copy of your wallet entries, as CSV and JSON.

        { link.hours }
    .button = Download
    .note = You did not ask for it? Change your password right away, and reply to this mail.

account_deleted =
    .subject = Your account was deleted
    .lead = Your { $product } account was deleted
    .body = Thank you for the time you were with us.
    .note = It was not you? Reply to this mail right away.

renewal_failed =
    .subject = Your plan could not be renewed
    .lead = Your plan could not be renewed
    .body = Your balance is too low for the next month. Your plan goes on for now, and we try again every day
        until it ends.
    .note = Add credits to keep it. You need not wait for the next try: choose the plan again in your account.

plan_ended =
    .subject = Your plan has ended
    .lead = Your plan has ended
    .body = Your account is on the free plan again. Orders that are open go on as usual.
    .note = You can choose a plan in your account at any time.

budget_reached =
    .subject = { $percent } % of your budget is used
    .lead = { $percent } % of your budget is used
    .body = This is what your orders of this month cost beyond the verifications that your plan includes. You can
        change the budget in your account.

low_balance =
    .subject = Your balance is low
    .lead = Your balance is low
    .body = It may soon be too little for your next number. You can add credits in your account at any time.

rental_ending =
    .subject = Your rental ends soon
    .lead = Your rental ends soon
    .body = After that, the number no longer receives messages for you. If you still need it, extend the rental
        in your account in time.

ticket_answered =
    .subject = We answered: { $subject }
    .lead = We answered your question
    .body = You can read the answer in your account, and write back there.
    .button = Read the answer

receipt =
    .subject = Your receipt { $reference }
    .lead = Thank you for your payment
    .body = Please keep this mail as your receipt.
    .note = Something is not right? Reply to this mail.

invoice =
    .subject = Your invoice { $number }
    .lead = Thank you for your payment
    .body = Your invoice is ready. You can download it in your account at any time.
    .button = Open the invoice
    .note = Something is not right? Reply to this mail.

credit_note =
    .subject = Your credit note { $number }
    .lead = Your credit note is ready
    .body = It takes back an invoice, in part or in full. You can download it in your account at any time.
    .button = Open the credit note
    .note = Something is not right? Reply to this mail.
