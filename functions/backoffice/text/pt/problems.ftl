### Os problemas da administração.

account_off_limits = Você não pode alterar esta conta
    .own = Esta é a sua própria conta. Peça a um proprietário.
    .colleague = Esta é a conta de um colega. Só um proprietário pode alterá-la.

second_person_needed = Outra pessoa precisa aprovar
    .detail = Você propôs esta correção. Ela está acima do limite, por isso uma segunda pessoa precisa aprová-la.

no_second_factor = Esta pessoa não usa a verificação em duas etapas
    .detail = Os membros da equipe precisam da verificação em duas etapas. Peça primeiro a esta pessoa que a ative.

voucher_code_taken = Outro vale tem este código
    .detail = Outro vale já tem este código. Escolha outro, ou omita o código para receber um aleatório.
