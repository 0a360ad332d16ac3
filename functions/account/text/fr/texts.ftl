### La page qui met fin aux rappels par e-mail.

title = Ne plus recevoir ces messages
question = Voulez-vous ne plus recevoir de rappels de ce type par e-mail ?
button = Ne plus les recevoir
done = Vous ne recevrez plus de rappels de ce type par e-mail. Vous pouvez les réactiver dans votre compte.
