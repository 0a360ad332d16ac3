### Os erros dos campos das chaves de API.

in_the_past = deve estar no futuro
