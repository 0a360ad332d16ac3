### Les problèmes de tous les points d'accès. Seul l'anglais a `advice`, pour la référence de l'API.

bad_request = La requête est incompréhensible
    .unexpected = /api/docs décrit ce que cette requête peut contenir.
    .unreadable = La requête est illisible : sa méthode ou une séquence d'échappement est mal formée.
    .too_long = Le chemin et les paramètres sont trop longs.
    .not_base64 = Le corps n'est pas du base64 valide.
    .query_unreadable = Les paramètres de l'adresse sont illisibles.
    .parameter_repeated = Un paramètre de l'adresse est donné deux fois.
    .key_malformed = Envoyez un seul en-tête Idempotency-Key, de 1 à 128 caractères ASCII visibles, sans
        virgule.
    .not_an_object = Le corps doit être un objet JSON sans champ répété (ligne { $line }, colonne { $column }).
    .invalid_json = Le corps n'est pas du JSON valide (ligne { $line }, colonne { $column }).

idempotency_key_required = L'en-tête Idempotency-Key est obligatoire
    .detail = Envoyez une nouvelle chaîne unique (un UUID, par exemple) pour chaque opération, et la même
        si vous la répétez.

unauthenticated = Une clé d'API ou un jeton d'accès valide est nécessaire
    .missing = Envoyez votre clé dans X-API-Key ou comme jeton Bearer, ou connectez-vous et envoyez le jeton
        d'accès.
    .malformed = Ce n'est ni une clé de la forme nsk_live_… ni un jeton d'accès.
    .two_keys = La requête contient deux clés ou jetons différents. N'en envoyez qu'un.
    .unknown = La clé ou le jeton est inconnu, révoqué ou mal recopié.
    .expired = La clé a expiré ou a été supprimée. Créez-en une nouvelle dans les paramètres du compte.
    .session_ended = La session est terminée. Connectez-vous de nouveau.

token_expired = Le jeton d'accès a expiré
    .detail = Envoyez le jeton de renouvellement à POST /api/v1/auth/refresh, puis répétez la requête avec
        le nouveau jeton d'accès.

insufficient_funds = Le solde est insuffisant
    .detail = Rechargez au moins ₵{ $missing }, ou choisissez une offre moins chère.

money_owed = Votre portefeuille doit de l'argent
    .detail = Un de vos paiements a été contesté, et ₵{ $owed } n'étaient plus dans le portefeuille. Rechargez au moins
        autant : les recharges le remboursent d'abord.

origin_required = Cette adresse n'est pas destinée aux clients
    .detail = Envoyez la requête à l'adresse publique de l'API. Celle-ci ne répond qu'à notre réseau de
        diffusion.

missing_scope = Il manque une autorisation à la clé d'API
    .detail = Cette clé n'a pas l'autorisation { $required_scope }. Utilisez une clé qui l'a.

sign_in_again = Une nouvelle connexion est nécessaire
    .detail = Connectez-vous à nouveau, puis recommencez avec la nouvelle session dans les dix minutes.

network_not_allowed = Ce réseau n'est pas autorisé
    .detail = Les requêtes provenant de l'adresse { $address } ne sont pas autorisées ici. Utilisez un réseau
        autorisé, ou autorisez celui-ci dans les paramètres de la clé.

account_disabled = Le compte n'est pas utilisable
    .detail = Le compte est fermé ou bloqué. Contactez le support avec le request_id.

live_only = Une clé de test ne déplace pas d'argent réel
    .detail = Les paiements, les bons et les formules concernent de l'argent réel, et une clé de test n'en a pas.
        Utilisez une clé réelle ou une session.

not_found = Introuvable
    .detail = Vérifiez le chemin et l'identifiant. Les objets d'autres comptes ne sont pas affichés.

method_not_allowed = Cette méthode n'est pas autorisée ici
    .detail = Utilisez une des méthodes de l'en-tête Allow ; /api/docs les décrit.

in_progress = Une requête précédente est encore en cours
    .detail = Une requête précédente n'est pas terminée. Attendez le temps indiqué par Retry-After, puis
        renvoyez celle-ci.

wrong_status = L'état actuel ne le permet pas
    .detail = Ce n'est pas possible dans l'état { $current_status }. Lisez l'objet pour voir ce qui est
        possible maintenant.

busy = Une autre requête modifie ces données
    .detail = D'autres requêtes modifient les mêmes données. Attendez le temps indiqué par Retry-After, puis
        renvoyez celle-ci.

price_above_max = Le prix dépasse max_price
    .detail = Le prix est actuellement de ₵{ $price }, au-dessus du max_price de ₵{ $max_price }. Augmentez
        max_price, ou choisissez un autre opérateur ou un autre pays.

no_offer = Ce n'est pas en vente actuellement
    .not_listed = Aucun fournisseur ne vend cela. GET /api/v1/services/{"{"}service_name{"}"}/offers donne la
        liste de ce qui est en vente.
    .not_priced = Le prix n'est pas connu actuellement. Essayez un autre opérateur ou un autre pays.

no_numbers = Aucun numéro n'est disponible pour le moment
    .out_of_stock = Aucun numéro pour le moment. Essayez un autre opérateur ou un autre pays, ou réessayez plus
        tard.
    .sold_out = Aucun numéro pour le moment. Rien n'a été débité. Essayez un autre opérateur ou un autre pays,
        ou réessayez plus tard.
    .price_rose = Le prix du fournisseur a dépassé le vôtre. Rien n'a été débité. Demandez un nouveau prix.

service_blocked = Ce service n'est pas vendu
    .detail = Les codes de banques, de paiements, de plateformes d'échange, d'administrations et de services de
        santé ne sont pas vendus, et un nouveau service n'est vendu qu'après notre examen.

sales_paused = Ce n'est pas vendu pour le moment
    .detail = La vente est suspendue. Rien n'a été débité. Choisissez un autre service ou un autre pays, ou
        réessayez plus tard.

body_too_large = Le corps est trop grand
    .detail = Envoyez 256 ko au plus.

not_json = Le corps doit être du JSON
    .detail = Envoyez un objet JSON avec Content-Type: application/json.

validation_failed = La requête contient des champs non valides
    .detail = Corrigez les champs indiqués dans `errors`, puis renvoyez la requête.

idempotency_key_reused = L'Idempotency-Key a servi à une autre requête
    .detail = Utilisez une nouvelle clé pour une autre requête, ou renvoyez la première sans la modifier.

too_many_attempts = Il y a eu trop de tentatives
    .detail = Attendez jusqu'à { $until }, puis réessayez.

rate_limited = Trop de requêtes
    .quota = La limite de { $policy } est de { $limit } par minute. Attendez le temps indiqué par Retry-After.
        Les appels refusés comptent aussi.
    .flood = Beaucoup trop de requêtes à la fois. Attendez le temps indiqué par Retry-After.

internal = Une erreur s'est produite de notre côté
    .detail = Réessayez. Si l'erreur persiste, envoyez le request_id au support.

unavailable = Le service ne peut pas répondre pour le moment
    .detail = Réessayez dans un instant, avec la même Idempotency-Key.
