### Os erros dos campos da entrada na conta.

weak_password =
    .too_short = deve ter pelo menos dez caracteres
    .easy_to_guess = é fácil demais de adivinhar: use várias palavras ou caracteres mais incomuns

not_a_credential = deve ser uma credencial como o seu toJSON() a devolve

code_or_credential = é necessário sem credential, e não os dois

same_email = já é o endereço da conta

outdated_terms = deve ser { $current }, a versão atual dos termos
