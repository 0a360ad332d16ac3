### Os erros dos campos. Cada texto continua o nome do campo.

required = é obrigatório
unknown_field = não é um campo conhecido

wrong_type =
    .text = deve ser um texto
    .object = deve ser um objeto
    .list = deve ser uma lista
    .boolean = deve ser true ou false
    .number = deve ser um número

unknown_value = deve ser um destes valores: { $allowed }

out_of_range =
    .number = deve ser um número inteiro de { $least } a { $most }
    .items = deve ter de { $least } a { $most } itens
    .labels = deve ter no máximo { $most } etiquetas

malformed =
    .name = deve ter de 1 a 40 letras minúsculas, dígitos, '_', '-' ou '.'
    .country_code = deve ter duas letras maiúsculas (ISO 3166-1 alfa-2), como GH
    .amount = deve ser um valor como "12.50": dígitos, no máximo quatro casas decimais, e no máximo 999999.9999
    .currency_amount = deve ser um valor como "25.00", como texto: dígitos, e no máximo duas casas decimais
    .identifier = deve ser um identificador válido
    .email = deve ser um endereço de e-mail como name@example.com
    .key_name = deve ter de 1 a 60 caracteres visíveis, em uma única linha
    .network_range = deve ser uma faixa de endereços como 198.51.100.0/24 ou 2001:db8::/32
    .password = deve ter de 1 a 256 caracteres, sem caracteres de controle
    .code = deve ter seis dígitos ou ser um código reserva de 16 letras e dígitos
    .token = deve ser o token completo, como foi enviado a você
    .local_path = deve ser um caminho deste site, como /account: caracteres ASCII visíveis, com uma única barra no início
    .terms = deve ser uma versão dos termos, como 2026-11-01
    .referral_code = deve ser um código de indicação de oito letras e dígitos
    .time = deve ser um horário como 2026-11-21T10:00:00Z (RFC 3339)
    .cursor = deve ser o next_cursor da página anterior, sem alterações
    .label = deve ter um nome e um valor de 1 a 64 caracteres visíveis cada
    .reason = deve ser uma única linha de 1 a 200 caracteres
    .line = deve ter de 1 a 120 caracteres visíveis, em uma única linha
    .tag = deve ter a forma nome:valor
    .voucher_code = deve ser um código de 6 a 40 letras e dígitos
