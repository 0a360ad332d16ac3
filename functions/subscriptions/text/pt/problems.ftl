### Os problemas das assinaturas.

already_on_plan = Você já tem este plano
    .detail = Este plano continua ou já virá em seguida, e nada foi cobrado. GET /api/v1/subscription mostra o que vem em seguida.

plan_granted = Nossa equipe definiu o seu plano
    .detail = O seu plano foi definido pela nossa equipe, e não por uma assinatura. Peça ao suporte para mudá-lo.
