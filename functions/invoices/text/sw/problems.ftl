### Matatizo ya ankara.

invoice_not_ready = Faili ya ankara bado haiko tayari
    .detail = PDF inatengenezwa. Rudia ombi baada ya sekunde chache.
