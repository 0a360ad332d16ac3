### Matatizo ya usajili wa mipango.

already_on_plan = Una mpango huu tayari
    .detail = Mpango huu unaendelea au utafuata tayari, na hakuna kilichotozwa. GET /api/v1/subscription inaonyesha kinachofuata.

plan_granted = Wafanyakazi wetu waliweka mpango wako
    .detail = Mpango wako uliwekwa na wafanyakazi wetu, si kwa usajili. Omba huduma kwa wateja waubadilishe.
