### Os problemas das exportações.

export_too_soon = A última exportação é recente demais
    .detail = A próxima exportação pode ser pedida a partir de { $from }. Até lá, use o link do nosso último e-mail.

export_not_available = A exportação não está disponível
    .detail = O link é antigo demais, não está completo ou pertence a outra conta. Peça uma nova exportação.
