### As cartas, em português.

page =
    .plain_link = Se o botão não funcionar, abra este endereço:
    .account = Recebe este e-mail porque este endereço pertence a uma conta { $product }.
    .address = Recebe este e-mail porque este endereço foi indicado em { $product }.
    .former = Recebe este e-mail porque este endereço pertencia a uma conta { $product }.
    .unsubscribe = Não receber mais lembretes como este

fact =
    .at = Data e hora
    .device = Dispositivo
    .network = Rede
    .passkey = Chave de acesso
    .key = Chave
    .last_four = Termina em
    .new_email = Novo endereço
    .coins_to = Destino
    .spent = Gasto
    .budget = Orçamento
    .month_ends = Fim do mês
    .available = Disponível
    .phone = Número
    .ends_at = Fim
    .subject = Assunto
    .reference = Recibo
    .number = Documento
    .amount = Valor
    .plan = Plano

link =
    .hours = O link é válido por { $hours ->
        [one] uma hora
       *[other] { $hours } horas
    }.
    .minutes = O link é válido por { $minutes ->
        [one] um minuto
       *[other] { $minutes } minutos
    }.

verify_email =
    .subject = Confirme o seu endereço de e-mail
    .lead = Boas-vindas à { $product }
    .body = Confirme que este endereço é seu. Depois disso, a sua conta fica pronta.

        { link.hours }
    .button = Confirmar este endereço
    .note = Não criou uma conta? Então ignore este e-mail. Nada acontece se o link não for aberto.

already_registered =
    .subject = Já tem uma conta
    .lead = Já tem uma conta { $product }
    .body = Alguém, provavelmente você, tentou criar uma conta com este endereço. Basta entrar.
    .button = Entrar
    .second = Esqueceu a senha? Escolha uma nova
    .note = Não foi você? Nada mudou na sua conta, e não é preciso fazer nada.

reset_password =
    .subject = Escolha uma nova senha
    .lead = Escolha uma nova senha
    .body = Alguém, provavelmente você, pediu uma nova senha para a sua conta { $product }.

        { link.minutes }
    .button = Escolher uma nova senha
    .note = Não foi você? Ignore este e-mail, e a sua senha continua a mesma.

password_changed =
    .subject = A sua senha foi alterada
    .lead = A sua senha foi alterada
    .body = A partir de agora, entre com a nova. As suas chaves de acesso, a ligação com o Google e as chaves de API
        continuam como estavam. Confira-as nas configurações.
    .note = Não foi você? Escolha já uma nova senha e responda a este e-mail.

new_sign_in =
    .subject = Novo acesso à sua conta
    .lead = Houve um novo acesso à sua conta
    .body = Se foi você, não há nada a fazer.
    .note = Não foi você? Mude já a sua senha e responda a este e-mail.

two_factor_on =
    .subject = A verificação em duas etapas está ativa
    .lead = A verificação em duas etapas está ativa
    .body = A partir de agora, para entrar são precisas a senha e uma segunda etapa. Assim, a sua conta fica mais
        protegida.
    .note = Não foi você? Mude já a sua senha e responda a este e-mail.

two_factor_off =
    .subject = A verificação em duas etapas está desativada
    .lead = A verificação em duas etapas está desativada
    .body = A sua conta já não é protegida por uma segunda etapa. Pode ativá-la de novo nas configurações.
    .note = Não foi você? Mude já a sua senha e responda a este e-mail.

google_linked =
    .subject = Agora você pode entrar com o Google
    .lead = Agora você pode entrar com o Google
    .body = A sua conta está vinculada a uma conta do Google, que a partir de agora permite entrar nela.
    .note = Não foi você? Remova o vínculo nas configurações, mude já a sua senha e responda a este e-mail.

google_unlinked =
    .subject = A entrada com o Google está desativada
    .lead = A entrada com o Google está desativada
    .body = A sua conta já não está vinculada a uma conta do Google. A partir de agora, entre com a sua senha.

passkey_added =
    .subject = Uma chave de acesso foi adicionada
    .lead = Uma chave de acesso foi adicionada
    .body = Ela permite entrar na sua conta sem senha nem código.
    .note = Não foi você? Remova a chave de acesso nas configurações, mude a sua senha e responda a este e-mail.

passkey_removed =
    .subject = Uma chave de acesso foi removida
    .lead = Uma chave de acesso foi removida
    .body = Ela já não permite entrar na sua conta.
    .note = Não foi você? Mude já a sua senha e responda a este e-mail.

key_made =
    .subject = Uma nova chave de API foi criada
    .lead = Uma nova chave de API foi criada
    .body = Programas podem usá-la para agir em nome da sua conta. Por isso, guarde-a em segredo.
    .note = Não foi você? Apague a chave nas configurações, mude a sua senha e responda a este e-mail.

key_stopped =
    .subject = A sua chave de API foi parada
    .lead = A sua chave de API foi parada
    .body = Pedidos demais seguidos terminaram sem mensagem, conforme o limite que você definiu. Ela não compra nada até que você
        a inicie de novo.
    .note = Veja primeiro os últimos pedidos: outro serviço ou país pode funcionar melhor. Você inicia a chave nas configurações.

confirm_new_email =
    .subject = Confirme o seu novo endereço de e-mail
    .lead = Confirme o seu novo endereço de e-mail
    .body = Confirme que a sua conta { $product } deve usar este endereço a partir de agora.

        { link.hours }
    .button = Confirmar este endereço
    .note = Não pediu isto? Então ignore este e-mail. Nada muda se o link não for aberto.

confirm_email_change =
    .subject = Confirme a mudança do seu endereço de e-mail
    .lead = Quer mudar o seu endereço de e-mail?
    .body = A sua conta { $product } vai passar para o endereço abaixo. Confirme a partir desta caixa de correio,
        para que mais ninguém possa mudar a sua conta.

        { link.hours }
    .button = Confirmar a mudança
    .note = Não foi você? Não abra o link. Mude já a sua senha e responda a este e-mail.

confirm_refund_address =
    .subject = Confirme para onde vão as suas moedas
    .lead = Quer receber as suas moedas de volta neste endereço?
    .body = Compare o endereço abaixo com o da sua carteira, carácter por carácter. Moedas enviadas para um endereço
        errado perdem-se. Depois da sua confirmação, uma pessoa verifica o reembolso antes do envio.

        { link.hours }
    .button = Confirmar este endereço
    .note = Não foi você? Não abra o link. Mude já a sua senha e as suas chaves de API, e responda a este e-mail.

email_changed =
    .subject = O seu endereço de e-mail foi alterado
    .lead = O seu endereço de e-mail foi alterado
    .body = A partir de agora, entre com o novo endereço. É para ele que escrevemos.
    .note = Não foi você? Responda já a este e-mail.

export_ready =
    .subject = Os seus dados estão prontos
    .lead = Os seus dados estão prontos para download
    .body = Pediu uma cópia dos seus dados. Guarde-a em lugar seguro, porque é pessoal.

        { link.hours }
    .button = Fazer download
    .note = Não pediu isto? Mude já a sua senha e responda a este e-mail.

entries_ready =
    .subject = Os lançamentos da sua carteira estão prontos
    .lead = Os lançamentos da sua carteira estão prontos para download
    .body = Pediu uma cópia dos lançamentos da sua carteira, em CSV e JSON.

        { link.hours }
    .button = Fazer download
    .note = Não pediu isto? Mude já a sua senha e responda a este e-mail.

account_deleted =
    .subject = A sua conta foi apagada
    .lead = A sua conta { $product } foi apagada
    .body = Obrigado pelo tempo em que esteve aqui.
    .note = Não foi você? Responda já a este e-mail.

renewal_failed =
    .subject = Não foi possível renovar o seu plano
    .lead = Não foi possível renovar o seu plano
    .body = O seu saldo não chega para o próximo mês. O plano continua por enquanto, e tentamos de novo todos os
        dias até ele terminar.
    .note = Adicione créditos para mantê-lo. Não precisa esperar a próxima tentativa: escolha o plano de novo na
        sua conta.

plan_ended =
    .subject = O seu plano terminou
    .lead = O seu plano terminou
    .body = A sua conta voltou ao plano gratuito. Os pedidos abertos continuam normalmente.
    .note = Você pode escolher um plano na sua conta a qualquer momento.

budget_reached =
    .subject = { $percent } % do seu orçamento foi usado
    .lead = { $percent } % do seu orçamento foi usado
    .body = É o que os seus pedidos deste mês custaram além das verificações incluídas no seu plano. Pode mudar o
        orçamento na sua conta.

low_balance =
    .subject = O seu saldo está baixo
    .lead = O seu saldo está baixo
    .body = Em breve pode não chegar para o próximo número. Pode adicionar créditos na sua conta a qualquer momento.

rental_ending =
    .subject = O prazo do seu número termina em breve
    .lead = O prazo do seu número alugado termina em breve
    .body = Depois disso, o número deixa de receber mensagens para você. Se ainda precisa dele, prolongue o prazo
        a tempo na sua conta.

ticket_answered =
    .subject = Respondemos: { $subject }
    .lead = Respondemos à sua pergunta
    .body = Pode ler a resposta na sua conta e responder por lá.
    .button = Ler a resposta

receipt =
    .subject = O seu recibo { $reference }
    .lead = Obrigado pelo seu pagamento
    .body = Guarde este e-mail como recibo.
    .note = Algo não está certo? Responda a este e-mail.

invoice =
    .subject = A sua fatura { $number }
    .lead = Obrigado pelo seu pagamento
    .body = A sua fatura está pronta. Pode fazer o download na sua conta a qualquer momento.
    .button = Abrir a fatura
    .note = Algo não está certo? Responda a este e-mail.

credit_note =
    .subject = A sua nota de crédito { $number }
    .lead = A sua nota de crédito está pronta
    .body = Anula uma fatura, em parte ou na totalidade. Pode fazer o download na sua conta a qualquer momento.
    .button = Abrir a nota de crédito
    .note = Algo não está certo? Responda a este e-mail.
