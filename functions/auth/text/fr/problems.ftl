### Les problèmes de la connexion.

invalid_credentials = L'adresse ou le mot de passe est incorrect
    .detail = Aucun compte n'a cette adresse et ce mot de passe. Corrigez-les, ou demandez un lien pour choisir
        un nouveau mot de passe.

wrong_password = Le mot de passe est incorrect
    .detail = Ce n'est pas votre mot de passe actuel.

email_not_verified = L'adresse e-mail n'est pas encore confirmée
    .detail = Ouvrez le lien de notre message, ou demandez-le de nouveau.

second_factor_required = Un code est nécessaire
    .detail = Le compte utilise la connexion en deux étapes. Envoyez le challenge et un code à
        POST /api/v1/auth/second-factor avant { $until }.

wrong_code = Le code est incorrect
    .detail = Ce code est incorrect ou a déjà servi. Attendez le suivant.

challenge_over = Le challenge n'est pas valide
    .detail = Le challenge a déjà servi, est trop ancien ou n'est pas complet. Connectez-vous de nouveau.

only_sign_in = C'est le seul moyen de se connecter
    .detail = Votre compte n'a pas de mot de passe. Choisissez-en un d'abord, sinon vous ne pourriez plus vous connecter.

staff_need_second_factor = L'équipe a besoin de la connexion en deux étapes
    .detail = Vous faites partie de l'équipe : la connexion en deux étapes reste activée.

code_required = Un code est nécessaire
    .detail = Le compte utilise la connexion en deux étapes. Envoyez un code avec le mot de passe.

passkey_challenge_over = Le challenge de la clé d'accès n'est plus valable
    .detail = Le challenge a déjà servi, est trop ancien ou appartient à une autre personne. Recommencez.

passkey_refused = La clé d'accès n'est pas acceptée
    .detail = La clé d'accès est inconnue ou n'a pas été utilisée comme il faut. Connectez-vous autrement.

passkey_taken = La clé d'accès appartient déjà à un compte
    .detail = Un compte a déjà cette clé d'accès. Utilisez-en une autre.

too_many_passkeys = Le compte n'a plus de place pour une clé d'accès
    .detail = Un compte a au plus { $most } clés d'accès. Supprimez-en une d'abord.

second_factor_on = La connexion en deux étapes est activée
    .detail = La connexion en deux étapes est déjà activée. Pour utiliser une autre application, désactivez-la
        d'abord.

second_factor_off = La connexion en deux étapes est désactivée
    .detail = La connexion en deux étapes est désactivée.

no_second_factor_proposed = Aucun secret n'attend son premier code
    .detail = Demandez d'abord un secret, puis confirmez-le dans les 15 minutes.

proof_of_work_required = Une preuve de travail est nécessaire
    .detail = Envoyez une nouvelle preuve de travail de { $bits } bits pour l’usage { $purpose } dans l’en-tête Proof-Of-Work.

google_not_configured = La connexion avec Google n'est pas disponible
    .detail = La connexion avec Google n'est pas disponible ici. Connectez-vous avec votre adresse et votre mot de passe.

google_sign_in_over = La connexion avec Google n'est pas valide
    .detail = Cette connexion a déjà abouti, a duré trop longtemps ou a commencé ailleurs. Recommencez.

google_refused = Google n'a pas confirmé qui vous êtes
    .code = Google n'accepte pas le code : il a déjà servi, est trop ancien ou vient d'une autre connexion. Recommencez.
    .token = Ce que Google a envoyé n'est pas valable pour cette connexion. Recommencez.
    .unverified = Google n'a pas vérifié votre adresse e-mail. Faites-la vérifier chez Google, ou inscrivez-vous avec un
        mot de passe.
    .not_vouched = Google ne peut pas dire à qui est cette adresse aujourd'hui. Inscrivez-vous avec un mot de passe, puis associez Google dans
        le compte.

link_account = Cette adresse a un compte
    .detail = Votre adresse chez Google a un compte ici, qui n'est pas associé à Google. Connectez-vous avec votre mot de
        passe et associez-le dans le compte. Sans mot de passe, demandez un lien pour en choisir un.

google_linked = Le compte est associé à Google
    .detail = Le compte est déjà associé à un compte Google. Pour en utiliser un autre, supprimez d'abord cette
        association.

google_taken = Ce compte Google est déjà utilisé
    .detail = Ce compte Google est associé à un autre compte. Choisissez-en un autre, ou supprimez d'abord cette
        association.

google_not_linked = Le compte n'est pas associé à Google
    .detail = Le compte n'est associé à aucun compte Google.

link_not_valid = Le lien n'est pas valide
    .detail = Le lien a déjà servi, est trop ancien ou n'est pas complet. Demandez-en un nouveau.

already_verified = Cette adresse a un compte
    .detail = L'adresse est déjà confirmée. Connectez-vous.

email_taken = La nouvelle adresse a un compte
    .detail = Un compte a été créé entre-temps avec la nouvelle adresse : le vôtre garde donc la sienne.

open_orders = Des commandes sont ouvertes
    .detail = Commandes ouvertes : { $open_orders }. Annulez-les ou attendez qu'elles se terminent, puis répétez la
        requête.

balance_left = Il reste de l'argent sur le solde
    .detail = Le solde est de ₵{ $available }. Dépensez-le, ou répétez la requête avec waive_balance pour y
        renoncer.

session_ended = La session est terminée
    .over = La session est terminée. Connectez-vous de nouveau.
    .reused = Un ancien jeton de renouvellement a été réutilisé : quelqu'un en a peut-être une copie. La session
        a été fermée. Connectez-vous de nouveau.
    .missing = Envoyez le jeton de renouvellement d'une session, dans le corps ou dans son cookie.

csrf_header_required = L'en-tête X-CSRF-Protection est obligatoire
    .detail = Le jeton de renouvellement est dans un cookie, ou doit y être placé. Envoyez aussi l'en-tête
        X-CSRF-Protection avec la valeur 1.
