### The problems of invoices.

invoice_not_ready = The file of the invoice is not ready yet
    .advice = Repeat the request after `Retry-After`; it is usually ready within seconds.
    .detail = The PDF is being made. Repeat the request in a few seconds.
