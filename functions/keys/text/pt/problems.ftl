### Os problemas das chaves de API.

too_many_keys = O plano não permite mais chaves
    .detail = O limite de chaves do seu plano é { $limit }. Apague uma de que você não precisa ou mude para um plano
        com mais chaves.

key_ended = A chave não vale mais
    .detail = A chave expirou ou foi apagada, por isso não pode ser alterada. Crie uma nova.

key_replaced = Outra chave substitui esta
    .detail = { $replaced_by } substitui esta chave. Altere ou substitua aquela; esta pode ser apagada e termina
        sozinha.

too_many_new_keys = Chaves novas demais em um dia
    .detail = Você criou chaves demais em 24 horas, incluindo substituições. Crie a próxima a partir de { $until }.
