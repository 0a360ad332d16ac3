### The page that ends reminders by mail.

title = Stop these mails
question = Do you want no more reminders of this kind by mail?
button = Stop them
done = You get no more reminders of this kind by mail. You can switch them on again in your account.
