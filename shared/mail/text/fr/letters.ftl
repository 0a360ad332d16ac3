### Les lettres, en français.

page =
    .plain_link = Si le bouton ne fonctionne pas, ouvrez cette adresse :
    .account = Vous recevez cet e-mail parce que cette adresse appartient à un compte { $product }.
    .address = Vous recevez cet e-mail parce que cette adresse a été saisie sur { $product }.
    .former = Vous recevez cet e-mail parce que cette adresse appartenait à un compte { $product }.
    .unsubscribe = Ne plus recevoir ce type de rappel

fact =
    .at = Date et heure
    .device = Appareil
    .network = Réseau
    .passkey = Clé d’accès
    .key = Clé
    .last_four = Se termine par
    .new_email = Nouvelle adresse
    .coins_to = Destination
    .spent = Dépensé
    .budget = Budget
    .month_ends = Fin du mois
    .available = Disponible
    .phone = Numéro
    .ends_at = Fin
    .subject = Sujet
    .reference = Reçu
    .number = Document
    .amount = Montant
    .plan = Formule

link =
    .hours = Le lien est valable { $hours ->
        [one] une heure
       *[other] { $hours } heures
    }.
    .minutes = Le lien est valable { $minutes ->
        [one] une minute
       *[other] { $minutes } minutes
    }.

verify_email =
    .subject = Confirmez votre adresse e-mail
    .lead = Bienvenue chez { $product }
    .body = Confirmez que cette adresse est bien la vôtre. Votre compte sera alors prêt.

        { link.hours }
    .button = Confirmer cette adresse
    .note = Vous ne vous êtes pas inscrit ? Ignorez cet e-mail. Rien ne se passe tant que le lien n’est pas ouvert.

already_registered =
    .subject = Vous avez déjà un compte
    .lead = Vous avez déjà un compte { $product }
    .body = Quelqu’un, sans doute vous, a voulu s’inscrire avec cette adresse. Il vous suffit de vous connecter.
    .button = Se connecter
    .second = Mot de passe oublié ? Choisissez-en un nouveau
    .note = Ce n’était pas vous ? Rien n’a changé dans votre compte, et vous n’avez rien à faire.

reset_password =
    .subject = Choisissez un nouveau mot de passe
    .lead = Choisissez un nouveau mot de passe
    .body = Quelqu’un, vous sans doute, a demandé un nouveau mot de passe pour votre compte { $product }.

        { link.minutes }
    .button = Choisir un nouveau mot de passe
    .note = Ce n’était pas vous ? Ignorez cet e-mail : votre mot de passe reste le même.

password_changed =
    .subject = Votre mot de passe a été modifié
    .lead = Votre mot de passe a été modifié
    .body = Désormais, connectez-vous avec le nouveau. Vos clés d’accès, votre lien avec Google et vos clés API restent
        inchangés. Vérifiez-les dans les paramètres.
    .note = Ce n’était pas vous ? Choisissez tout de suite un nouveau mot de passe et répondez à cet e-mail.

new_sign_in =
    .subject = Nouvelle connexion à votre compte
    .lead = Une nouvelle connexion à votre compte a eu lieu
    .body = Si c’était vous, vous n’avez rien à faire.
    .note = Ce n’était pas vous ? Changez tout de suite votre mot de passe et répondez à cet e-mail.

two_factor_on =
    .subject = La connexion en deux étapes est activée
    .lead = La connexion en deux étapes est activée
    .body = Désormais, il faut votre mot de passe et une seconde étape pour se connecter. Votre compte est ainsi
        mieux protégé.
    .note = Ce n’était pas vous ? Changez tout de suite votre mot de passe et répondez à cet e-mail.

two_factor_off =
    .subject = La connexion en deux étapes est désactivée
    .lead = La connexion en deux étapes est désactivée
    .body = Votre compte n’est plus protégé par une seconde étape. Vous pouvez la réactiver dans les paramètres.
    .note = Ce n’était pas vous ? Changez tout de suite votre mot de passe et répondez à cet e-mail.

google_linked =
    .subject = Vous pouvez maintenant vous connecter avec Google
    .lead = Vous pouvez maintenant vous connecter avec Google
    .body = Votre compte est associé à un compte Google, qui permet désormais de s’y connecter.
    .note = Ce n’était pas vous ? Supprimez l’association dans les paramètres, changez tout de suite votre mot de passe et
        répondez à cet e-mail.

google_unlinked =
    .subject = La connexion avec Google est désactivée
    .lead = La connexion avec Google est désactivée
    .body = Votre compte n’est plus associé à un compte Google. Désormais, connectez-vous avec votre mot de passe.

passkey_added =
    .subject = Une clé d’accès a été ajoutée
    .lead = Une clé d’accès a été ajoutée
    .body = Elle permet de se connecter à votre compte sans mot de passe ni code.
    .note = Ce n’était pas vous ? Supprimez la clé d’accès dans les paramètres, changez votre mot de passe et répondez
        à cet e-mail.

passkey_removed =
    .subject = Une clé d’accès a été supprimée
    .lead = Une clé d’accès a été supprimée
    .body = Elle ne permet plus de se connecter à votre compte.
    .note = Ce n’était pas vous ? Changez tout de suite votre mot de passe et répondez à cet e-mail.

key_made =
    .subject = Une nouvelle clé API a été créée
    .lead = Une nouvelle clé API a été créée
    .body = Des programmes peuvent s’en servir pour agir au nom de votre compte : gardez-la secrète.
    .note = Ce n’était pas vous ? Supprimez la clé dans les paramètres, changez votre mot de passe et répondez à
        cet e-mail.

key_stopped =
    .subject = Votre clé API a été arrêtée
    .lead = Votre clé API a été arrêtée
    .body = Trop de commandes de suite sont restées sans message, la limite que vous avez fixée est atteinte. La clé n’achète
        rien tant que vous ne la relancez pas.
    .note = Regardez d’abord ses dernières commandes : un autre service ou un autre pays peut mieux marcher. Vous relancez la
        clé dans les paramètres.

confirm_new_email =
    .subject = Confirmez votre nouvelle adresse e-mail
    .lead = Confirmez votre nouvelle adresse e-mail
    .body = Confirmez que votre compte { $product } doit désormais utiliser cette adresse.

        { link.hours }
    .button = Confirmer cette adresse
    .note = Vous n’avez rien demandé ? Ignorez cet e-mail. Rien ne change tant que le lien n’est pas ouvert.

confirm_email_change =
    .subject = Confirmez le changement de votre adresse e-mail
    .lead = Voulez-vous changer d’adresse e-mail ?
    .body = Votre compte { $product } doit passer à l’adresse ci-dessous. Confirmez-le depuis cette boîte aux
        lettres, pour que personne d’autre ne puisse déplacer votre compte.

        { link.hours }
    .button = Confirmer le changement
    .note = Ce n’était pas vous ? N’ouvrez pas le lien. Changez tout de suite votre mot de passe et répondez à
        cet e-mail.

confirm_refund_address =
    .subject = Confirmez où vont vos cryptomonnaies
    .lead = Voulez-vous recevoir vos cryptomonnaies à cette adresse ?
    .body = Comparez l’adresse ci-dessous à celle de votre portefeuille, caractère par caractère. Ce qui est envoyé à
        une mauvaise adresse est perdu. Après votre confirmation, une personne vérifie le remboursement avant l’envoi.

        { link.hours }
    .button = Confirmer cette adresse
    .note = Ce n’était pas vous ? N’ouvrez pas le lien. Changez tout de suite votre mot de passe et vos clés d’API, et répondez à
        ce message.

email_changed =
    .subject = Votre adresse e-mail a été modifiée
    .lead = Votre adresse e-mail a été modifiée
    .body = Désormais, vous vous connectez avec la nouvelle adresse, et c’est à elle que nous écrivons.
    .note = Ce n’était pas vous ? Répondez tout de suite à cet e-mail.

export_ready =
    .subject = Vos données sont prêtes
    .lead = Vos données sont prêtes à être téléchargées
    .body = Vous avez demandé une copie de vos données. Gardez-la en lieu sûr, car elle est personnelle.

        { link.hours }
    .button = Télécharger
    .note = Vous n’avez rien demandé ? Changez tout de suite votre mot de passe et répondez à cet e-mail.

entries_ready =
    .subject = Les écritures de votre portefeuille sont prêtes
    .lead = Les écritures de votre portefeuille sont prêtes à être téléchargées
    .body = Vous avez demandé une copie des écritures de votre portefeuille, en CSV et en JSON.

        { link.hours }
    .button = Télécharger
    .note = Vous n’avez rien demandé ? Changez tout de suite votre mot de passe et répondez à cet e-mail.

account_deleted =
    .subject = Votre compte a été supprimé
    .lead = Votre compte { $product } a été supprimé
    .body = Merci pour le temps passé avec nous.
    .note = Ce n’était pas vous ? Répondez tout de suite à cet e-mail.

renewal_failed =
    .subject = Votre formule n’a pas pu être renouvelée
    .lead = Votre formule n’a pas pu être renouvelée
    .body = Votre solde ne suffit pas pour le mois suivant. Votre formule se poursuit pour l’instant, et nous
        réessayons chaque jour jusqu’à sa fin.
    .note = Ajoutez des crédits pour la garder. Inutile d’attendre le prochain essai : choisissez de nouveau la
        formule dans votre compte.

plan_ended =
    .subject = Votre formule a pris fin
    .lead = Votre formule a pris fin
    .body = Votre compte est de nouveau sur la formule gratuite. Les commandes en cours se poursuivent
        normalement.
    .note = Vous pouvez choisir une formule dans votre compte à tout moment.

budget_reached =
    .subject = { $percent } % de votre budget sont utilisés
    .lead = { $percent } % de votre budget sont utilisés
    .body = C’est ce que vos commandes de ce mois ont coûté au-delà des vérifications comprises dans votre formule.
        Vous pouvez changer le budget dans votre compte.

low_balance =
    .subject = Votre solde est bas
    .lead = Votre solde est bas
    .body = Il pourrait bientôt ne plus suffire pour votre prochain numéro. Vous pouvez ajouter des crédits dans
        votre compte à tout moment.

rental_ending =
    .subject = Votre location se termine bientôt
    .lead = Votre location se termine bientôt
    .body = Ensuite, le numéro ne recevra plus de messages pour vous. Si vous en avez encore besoin, prolongez la
        location à temps dans votre compte.

ticket_answered =
    .subject = Nous avons répondu : { $subject }
    .lead = Nous avons répondu à votre question
    .body = Vous pouvez lire la réponse dans votre compte et y répondre.
    .button = Lire la réponse

receipt =
    .subject = Votre reçu { $reference }
    .lead = Merci pour votre paiement
    .body = Conservez cet e-mail : c’est votre reçu.
    .note = Quelque chose ne va pas ? Répondez à cet e-mail.

invoice =
    .subject = Votre facture { $number }
    .lead = Merci pour votre paiement
    .body = Votre facture est prête. Vous pouvez la télécharger à tout moment dans votre compte.
    .button = Ouvrir la facture
    .note = Quelque chose ne va pas ? Répondez à cet e-mail.

credit_note =
    .subject = Votre avoir { $number }
    .lead = Votre avoir est prêt
    .body = Il annule une facture, en partie ou en totalité. Vous pouvez le télécharger à tout moment dans votre compte.
    .button = Ouvrir l’avoir
    .note = Quelque chose ne va pas ? Répondez à cet e-mail.
