### Os problemas da entrada na conta.

invalid_credentials = O endereço ou a senha está incorreto
    .detail = Nenhuma conta tem este endereço e esta senha. Corrija-os ou peça um link para definir uma nova
        senha.

wrong_password = A senha está incorreta
    .detail = Esta não é a sua senha atual.

email_not_verified = O endereço de e-mail ainda não foi confirmado
    .detail = Abra o link do nosso e-mail ou peça-o novamente.

second_factor_required = É necessário um código
    .detail = A conta usa a verificação em duas etapas. Envie o challenge e um código a
        POST /api/v1/auth/second-factor antes de { $until }.

wrong_code = O código está incorreto
    .detail = Este código está incorreto ou já foi usado. Espere o próximo.

challenge_over = O challenge não é válido
    .detail = O challenge já foi usado, é antigo demais ou não está completo. Entre novamente.

only_sign_in = É a única forma de entrar
    .detail = A sua conta não tem senha. Defina uma primeiro; caso contrário, não poderia mais entrar.

staff_need_second_factor = A equipe precisa da verificação em duas etapas
    .detail = Você faz parte da equipe, por isso a verificação em duas etapas continua ativada.

code_required = É necessário um código
    .detail = A conta usa a verificação em duas etapas. Envie um código com a senha.

passkey_challenge_over = O challenge da chave de acesso já não é válido
    .detail = O challenge já foi usado, é antigo demais ou é de outra pessoa. Comece de novo.

passkey_refused = A chave de acesso não foi aceita
    .detail = A chave de acesso é desconhecida ou não foi usada como deve ser. Entre de outra forma.

passkey_taken = A chave de acesso já pertence a uma conta
    .detail = Uma conta já tem esta chave de acesso. Use outra.

too_many_passkeys = A conta não tem lugar para outra chave de acesso
    .detail = Uma conta tem no máximo { $most } chaves de acesso. Remova uma antes.

second_factor_on = A verificação em duas etapas está ativa
    .detail = A verificação em duas etapas já está ativa. Para usar outro aplicativo, desative-a primeiro.

second_factor_off = A verificação em duas etapas está desativada
    .detail = A verificação em duas etapas está desativada.

no_second_factor_proposed = Nenhum segredo aguarda o primeiro código
    .detail = Peça primeiro um segredo e confirme-o em até 15 minutos.

proof_of_work_required = É necessária uma prova de trabalho
    .detail = Envie uma nova prova de trabalho de { $bits } bits para a finalidade { $purpose } no cabeçalho Proof-Of-Work.

google_not_configured = A entrada com o Google não está disponível
    .detail = A entrada com o Google não está disponível aqui. Entre com o endereço e a senha.

google_sign_in_over = A entrada com o Google não é válida
    .detail = Esta entrada já foi concluída, demorou demais ou começou em outro lugar. Comece novamente.

google_refused = O Google não confirmou quem você é
    .code = O Google não aceita o código: já foi usado, é antigo demais ou pertence a outra entrada. Comece novamente.
    .token = O que o Google enviou não é válido para esta entrada. Comece novamente.
    .unverified = O Google não verificou o seu endereço de e-mail. Verifique-o no Google ou cadastre-se com uma senha.
    .not_vouched = O Google não pode dizer de quem é este endereço hoje. Cadastre-se com uma senha e vincule o Google na conta.

link_account = O endereço já tem uma conta
    .detail = O seu endereço no Google já tem uma conta aqui, que não está vinculada ao Google. Entre com a sua senha e
        vincule-a na conta. Se não tem senha, peça um link para definir uma.

google_linked = A conta está vinculada ao Google
    .detail = A conta já está vinculada a uma conta do Google. Para usar outra, remova primeiro esse vínculo.

google_taken = Esta conta do Google está em uso
    .detail = Esta conta do Google está vinculada a outra conta. Escolha outra ou remova primeiro esse vínculo.

google_not_linked = A conta não está vinculada ao Google
    .detail = A conta não está vinculada a nenhuma conta do Google.

link_not_valid = O link não é válido
    .detail = O link já foi usado, é antigo demais ou não está completo. Peça um novo.

already_verified = O endereço já tem uma conta
    .detail = O endereço já está confirmado. Entre na conta.

email_taken = O novo endereço já tem uma conta
    .detail = Nesse meio-tempo, uma conta foi criada com o novo endereço, por isso a sua mantém o endereço atual.

open_orders = Há pedidos abertos
    .detail = Pedidos abertos: { $open_orders }. Cancele-os ou espere que terminem e repita a requisição.

balance_left = Ainda há dinheiro no saldo
    .detail = O saldo é de ₵{ $available }. Gaste-o ou repita a requisição com waive_balance para renunciar a ele.

session_ended = A sessão terminou
    .over = A sessão terminou. Entre novamente.
    .reused = Um token de renovação antigo foi usado de novo, portanto alguém pode ter uma cópia dele. A sessão foi
        encerrada. Entre novamente.
    .missing = Envie o token de renovação de uma sessão, no corpo ou no cookie dela.

csrf_header_required = O cabeçalho X-CSRF-Protection é obrigatório
    .detail = O token de renovação está em um cookie, ou deve ser colocado em um. Envie também o cabeçalho
        X-CSRF-Protection com o valor 1.
