### A página que encerra os lembretes por e-mail.

title = Parar estes e-mails
question = Você não quer mais receber lembretes deste tipo por e-mail?
button = Parar de receber
done = Você não receberá mais lembretes deste tipo por e-mail. Você pode ativá-los novamente na sua conta.
