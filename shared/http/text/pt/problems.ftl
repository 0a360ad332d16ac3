### Os problemas de todos os endpoints. Só o inglês tem `advice`, para a referência da API.

bad_request = Não é possível entender a requisição
    .unexpected = /api/docs descreve o que esta requisição pode conter.
    .unreadable = Não é possível ler a requisição: o método ou uma sequência de escape está malformado.
    .too_long = O caminho e os parâmetros são longos demais.
    .not_base64 = O corpo não é base64 válido.
    .query_unreadable = Não é possível ler os parâmetros do endereço.
    .parameter_repeated = Um parâmetro do endereço aparece duas vezes.
    .key_malformed = Envie um único cabeçalho Idempotency-Key, de 1 a 128 caracteres ASCII visíveis, sem
        vírgulas.
    .not_an_object = O corpo deve ser um objeto JSON sem campos repetidos (linha { $line }, coluna { $column }).
    .invalid_json = O corpo não é JSON válido (linha { $line }, coluna { $column }).

idempotency_key_required = O cabeçalho Idempotency-Key é obrigatório
    .detail = Envie um novo texto único (como um UUID) para cada operação, e o mesmo ao repeti-la.

unauthenticated = É necessária uma chave de API ou um token de acesso válido
    .missing = Envie sua chave em X-API-Key ou como token Bearer, ou entre na conta e envie o token de acesso.
    .malformed = Isto não é uma chave da forma nsk_live_… nem um token de acesso.
    .two_keys = A requisição tem duas chaves ou tokens diferentes. Envie apenas um.
    .unknown = A chave ou o token é desconhecido, foi revogado ou tem um erro de digitação.
    .expired = A chave expirou ou foi apagada. Crie uma nova nas configurações da conta.
    .session_ended = A sessão terminou. Entre novamente.

token_expired = O token de acesso expirou
    .detail = Envie o token de renovação a POST /api/v1/auth/refresh e repita a requisição com o novo token de
        acesso.

insufficient_funds = O saldo é insuficiente
    .detail = Adicione pelo menos ₵{ $missing } ou escolha uma oferta mais barata.

money_owed = Sua carteira deve dinheiro
    .detail = Um dos seus pagamentos foi contestado, e ₵{ $owed } dele não estavam na carteira. Recarregue pelo menos
        esse valor: as recargas o pagam primeiro.

origin_required = Este endereço não é para clientes
    .detail = Envie a requisição ao endereço público da API. Este só responde à nossa rede de distribuição.

missing_scope = Falta uma permissão à chave de API
    .detail = Esta chave não tem a permissão { $required_scope }. Use uma chave que a tenha.

sign_in_again = É preciso entrar novamente
    .detail = Entre novamente e repita isto com a nova sessão em até dez minutos.

network_not_allowed = Esta rede não é permitida
    .detail = Requisições do endereço { $address } não são permitidas aqui. Use uma rede permitida ou permita esta
        nas configurações da chave.

account_disabled = A conta não pode ser usada
    .detail = A conta está encerrada ou bloqueada. Fale com o suporte e informe o request_id.

live_only = Uma chave de teste não movimenta dinheiro real
    .detail = Pagamentos, vales e planos tratam de dinheiro real, e uma chave de teste não tem nenhum. Use uma chave
        real ou uma sessão.

not_found = Não encontrado
    .detail = Verifique o caminho e o identificador. Objetos de outras contas não são mostrados.

method_not_allowed = Este método não é permitido aqui
    .detail = Use um dos métodos do cabeçalho Allow; /api/docs os descreve.

in_progress = Uma requisição anterior ainda está em andamento
    .detail = Uma requisição anterior ainda não terminou. Espere o tempo indicado em Retry-After e envie esta
        novamente.

wrong_status = O estado atual não permite isto
    .detail = Isto não é possível no estado { $current_status }. Leia o objeto para ver o que é possível agora.

busy = Outra requisição está alterando estes dados
    .detail = Outras requisições estão alterando os mesmos dados. Espere o tempo indicado em Retry-After e envie
        esta novamente.

price_above_max = O preço está acima de max_price
    .detail = O preço atual é ₵{ $price }, acima do max_price de ₵{ $max_price }. Aumente max_price ou escolha
        outra operadora ou outro país.

no_offer = Isto não está à venda no momento
    .not_listed = Nenhum fornecedor vende isto. GET /api/v1/services/{"{"}service_name{"}"}/offers lista o que
        está à venda.
    .not_priced = O preço não é conhecido no momento. Tente outra operadora ou outro país.

no_numbers = Não há nenhum número no momento
    .out_of_stock = Nenhum número no momento. Tente outra operadora ou outro país, ou tente mais tarde.
    .sold_out = Nenhum número no momento. Nada foi cobrado. Tente outra operadora ou outro país, ou tente mais
        tarde.
    .price_rose = O preço do fornecedor passou do seu. Nada foi cobrado. Consulte o preço novamente.

service_blocked = Este serviço não é vendido
    .detail = Códigos de bancos, pagamentos, corretoras, governo e serviços de saúde não são vendidos, e um
        serviço novo só é vendido depois da nossa análise.

sales_paused = Isto não está sendo vendido no momento
    .detail = A venda está suspensa. Nada foi cobrado. Escolha outro serviço ou outro país, ou tente mais tarde.

body_too_large = O corpo é grande demais
    .detail = Envie no máximo 256 kB.

not_json = O corpo deve ser JSON
    .detail = Envie um objeto JSON com Content-Type: application/json.

validation_failed = A requisição tem campos inválidos
    .detail = Corrija os campos listados em `errors` e envie a requisição novamente.

idempotency_key_reused = A Idempotency-Key já foi usada em outra requisição
    .detail = Use uma nova chave para outra requisição, ou envie a primeira novamente sem alterações.

too_many_attempts = Houve tentativas demais
    .detail = Espere até { $until } e tente novamente.

rate_limited = Requisições demais
    .quota = O limite de { $policy } é { $limit } por minuto. Espere o tempo indicado em Retry-After. Chamadas
        recusadas também contam.
    .flood = Requisições demais ao mesmo tempo. Espere o tempo indicado em Retry-After.

internal = Algo deu errado do nosso lado
    .detail = Tente novamente. Se o erro continuar, envie o request_id ao suporte.

unavailable = O serviço não pode responder no momento
    .detail = Tente novamente em instantes, com a mesma Idempotency-Key.
