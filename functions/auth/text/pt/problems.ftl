### Os problemas da entrada na conta.

invalid_credentials = O endereço ou a senha está incorreto
    .detail = Nenhuma conta tem este endereço e esta senha. Corrija-os ou peça um link para definir uma nova
        senha.

wrong_password = A senha está incorreta
    .detail = Esta não é a sua senha atual.

email_not_verified = O endereço de e-mail ainda não foi confirmado
    .detail = Abra o link do nosso e-mail ou peça-o novamente.

too_many_attempts = Houve tentativas demais
    .detail = Espere até { $until } e tente novamente.

link_not_valid = O link não é válido
    .detail = O link já foi usado, é antigo demais ou não está completo. Peça um novo.

already_verified = O endereço já tem uma conta
    .detail = O endereço já está confirmado. Entre na conta.

session_ended = A sessão terminou
    .over = A sessão terminou. Entre novamente.
    .reused = Um token de renovação antigo foi usado de novo, portanto alguém pode ter uma cópia dele. A sessão foi
        encerrada. Entre novamente.
    .missing = Envie o token de renovação de uma sessão, no corpo ou no cookie dela.

csrf_header_required = O cabeçalho X-CSRF-Protection é obrigatório
    .detail = O token de renovação veio em um cookie. Envie também o cabeçalho X-CSRF-Protection com o valor 1.
