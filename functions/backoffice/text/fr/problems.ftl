### Les problèmes de l'administration.

account_off_limits = Vous ne pouvez pas modifier ce compte
    .own = C'est votre propre compte. Adressez-vous à un propriétaire.
    .colleague = C'est le compte d'un collègue. Seul un propriétaire peut le modifier.

second_person_needed = Une autre personne doit approuver
    .detail = Vous avez proposé cette correction. Elle dépasse la limite : une seconde personne doit l'approuver.

no_second_factor = Cette personne n'utilise pas la connexion en deux étapes
    .detail = Les membres de l'équipe ont besoin de la connexion en deux étapes. Demandez d'abord à cette personne
        de l'activer.

voucher_code_taken = Un autre bon a ce code
    .detail = Un autre bon a déjà ce code. Choisissez-en un autre, ou omettez-le pour en recevoir un au hasard.
