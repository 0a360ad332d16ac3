### Les problèmes des abonnements.

already_on_plan = Vous avez déjà cette formule
    .detail = Cette formule se poursuit ou suivra déjà, et rien n'a été débité. GET /api/v1/subscription montre ce qui suit.

plan_granted = Notre équipe a fixé votre formule
    .detail = Votre formule a été fixée par notre équipe et non par un abonnement. Demandez à l'assistance de la changer.
