### Matatizo ya usimamizi.

account_off_limits = Huwezi kubadilisha akaunti hii
    .own = Hii ni akaunti yako mwenyewe. Mwombe mmiliki aibadilishe.
    .colleague = Hii ni akaunti ya mfanyakazi mwenzako. Ni mmiliki pekee anayeweza kuibadilisha.

second_person_needed = Mtu mwingine lazima aidhinishe
    .detail = Wewe ndiye uliyependekeza marekebisho haya. Yanazidi kikomo, kwa hiyo mtu wa pili lazima ayaidhinishe.

no_second_factor = Mtu huyu hatumii kuingia kwa hatua mbili
    .detail = Wafanyakazi wanahitaji kuingia kwa hatua mbili. Mwombe kwanza mtu huyu awashe njia hii.

voucher_code_taken = Vocha nyingine ina msimbo huu
    .detail = Vocha nyingine tayari ina msimbo huu. Chagua mwingine, au uache ili upate wa nasibu.
