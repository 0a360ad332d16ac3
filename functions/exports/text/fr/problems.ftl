### Les problèmes des exports.

export_too_soon = Le dernier export est trop récent
    .detail = Le prochain export peut être demandé à partir de { $from }. D'ici là, utilisez le lien de notre
        dernier message.

export_not_available = L'export n'est pas disponible
    .detail = Le lien est trop ancien, n'est pas complet ou appartient à un autre compte. Demandez un nouvel export.
