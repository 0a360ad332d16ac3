### Matatizo ya funguo za API.

too_many_keys = Mpango hauruhusu funguo zaidi
    .detail = Mpango wako unaruhusu funguo { $limit }. Futa mmoja usiouhitaji, au hamia mpango wenye funguo zaidi.

key_ended = Ufunguo umeisha
    .detail = Muda wa ufunguo umeisha au umefutwa, hivyo hauwezi kubadilishwa. Tengeneza mpya.

key_replaced = Ufunguo mwingine umechukua nafasi ya huu
    .detail = { $replaced_by } umechukua nafasi ya ufunguo huu. Rekebisha ule au uubadilishe kwa mpya; huu unaweza
        kufutwa, na utaisha wenyewe.

too_many_new_keys = Funguo mpya ni nyingi mno kwa siku moja
    .detail = Umetengeneza funguo nyingi mno katika saa 24, zikiwemo zilizobadilishwa kwa mpya. Tengeneza unaofuata
        kuanzia { $until }.
