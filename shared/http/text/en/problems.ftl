### The problems of all endpoints. A message is the title of a code, and `advice` is its text in the
### reference. Every other attribute is the detail of an answer.

bad_request = The request can't be understood
    .advice = Read the detail: the JSON, the query string or a header is malformed. Correct it; the
        same request fails again.
    .unexpected = /api/docs describes what this request may contain.
    .unreadable = The request can't be read: its method or an escape is malformed.
    .too_long = The path and the query are too long.
    .not_base64 = The body is not valid base64.
    .query_unreadable = The query string can't be read.
    .parameter_repeated = A query parameter is given twice.
    .key_malformed = Send one Idempotency-Key header, of 1 to 128 visible ASCII characters
        without commas.
    .not_an_object = The body must be a JSON object without duplicate fields (line { $line },
        column { $column }).
    .invalid_json = The body is not valid JSON (line { $line }, column { $column }).

idempotency_key_required = An Idempotency-Key header is required
    .advice = Send a new unique string (such as a UUID) as Idempotency-Key, and the same one when
        you repeat the request.
    .detail = Send a new unique string (such as a UUID) for each operation, and the same one when you
        repeat it.

unauthenticated = A valid API key or access token is required
    .advice = Send your key as X-API-Key or as Authorization: Bearer, or the access token of a
        session as Authorization: Bearer. Keys are created in the account's settings.
    .missing = Send your key as X-API-Key or as a bearer token, or sign in and send the access token.
    .malformed = This is neither a key of the form nsk_live_… nor an access token.
    .two_keys = The request has two different keys or tokens. Send one.
    .unknown = The key or token is unknown, revoked or mistyped.
    .expired = The key has expired or was deleted. Create a new one in the account's settings.
    .session_ended = The session has ended. Sign in again.

token_expired = The access token has expired
    .advice = Send the refresh token to POST /api/v1/auth/refresh, and repeat the request with the new
        access token.
    .detail = Send the refresh token to POST /api/v1/auth/refresh, and repeat the request with the new
        access token.

insufficient_funds = There is not enough money in the wallet
    .advice = Top up the amount in `missing`, or choose a cheaper offer.
    .detail = Top up at least ₵{ $missing }, or choose a cheaper offer.

money_owed = Your wallet owes money
    .advice = Top up at least the amount in `owed`. Top-ups pay it first.
    .detail = A payment of yours was disputed, and ₵{ $owed } of it was not in the wallet. Top up at least as much:
        top-ups pay it first.

origin_required = This address is not for clients
    .advice = Send the request to the public address of the API. This one answers only our content
        delivery network.
    .detail = Send the request to the public address of the API. This one answers only our content
        delivery network.

missing_scope = The API key lacks a scope
    .advice = Use a key that has the scope in `required_scope`.
    .detail = This key lacks the scope { $required_scope }. Use a key that has it.

sign_in_again = A fresh sign-in is needed
    .advice = This is for the owner of the account alone. Sign in again, and repeat the request with the
        new session within ten minutes.
    .detail = Sign in again, and repeat this with the new session within ten minutes.

network_not_allowed = This network is not allowed
    .advice = Send the request from a network that the key allows, or add the network to the key in the
        account's settings.
    .detail = Requests from the address { $address } are not allowed here. Use a network that is, or
        allow this one in the settings of the key.

account_disabled = The account can't be used
    .advice = Contact support with the request_id.
    .detail = The account is closed or blocked. Contact support with the request_id.

live_only = A test key moves no real money
    .advice = Use a live key or a session. Test keys have play money, which fills up by itself.
    .detail = Payments, vouchers and plans are about real money, and a test key has none. Use a
        live key or a session.

not_found = Not found
    .advice = Check the path and the identifier. Objects of other accounts are not shown.
    .detail = Check the path and the identifier. Objects of other accounts are not shown.

method_not_allowed = This method is not allowed here
    .advice = Use one of the methods in the Allow header.
    .detail = Use one of the methods in the Allow header; /api/docs describes them.

in_progress = An earlier request is still in progress
    .advice = Wait as long as Retry-After says, then repeat the request with the same
        Idempotency-Key, or read the object.
    .detail = An earlier request has not finished yet. Wait as long as Retry-After says, then send
        this one again.

wrong_status = The current status does not allow this
    .advice = Read the object: its status, and its `actions` if it has them, show what is possible now.
    .detail = This is not possible in the status { $current_status }. Read the object to see what is
        possible now.

busy = Another request is changing this
    .advice = Wait as long as Retry-After says, then repeat the request with the same
        Idempotency-Key. Send fewer requests at once.
    .detail = Other requests are changing the same data. Wait as long as Retry-After says, then send
        this one again.

price_above_max = The price is above max_price
    .advice = Raise max_price to at least the current quote, or leave it out.
    .detail = The price is ₵{ $price } at present, above the max_price of ₵{ $max_price }. Raise
        max_price, or choose another operator or country.

no_offer = This is not on sale at present
    .advice = Look for another country or operator among the service's offers.
    .not_listed = No supplier sells this. GET /api/v1/services/{"{"}service_name{"}"}/offers lists what
        is on sale.
    .not_priced = The price of this is not known at present. Try another operator or country.

no_numbers = There is no number at the moment
    .advice = Try again in a minute, or with another country or operator. Nothing was charged.
    .out_of_stock = No number at the moment. Try another operator or country, or try again later.
    .sold_out = No number at the moment. Nothing was charged. Try another operator or country, or
        try again later.
    .price_rose = The supplier's price rose above yours. Nothing was charged. Request a new quote.

service_blocked = This service is not sold
    .advice = Choose another service, because this one is not sold.
    .detail = Codes of banks, payments, exchanges, government and health services are not sold, and
        a new service is sold only after we have reviewed it.

sales_paused = This is not sold at the moment
    .advice = Choose another service or country, or try again later. Nothing was charged.
    .detail = Sales of this are paused. Nothing was charged. Choose another service or country, or try
        again later.

body_too_large = The body is too large
    .advice = Send at most 256 kB.
    .detail = Send at most 256 kB.

not_json = The body must be JSON
    .advice = Send a JSON object with Content-Type: application/json.
    .detail = Send a JSON object with Content-Type: application/json.

validation_failed = The request has invalid fields
    .advice = Correct the fields listed in `errors` and send the request again.
    .detail = Correct the fields listed in `errors` and send the request again.

idempotency_key_reused = The Idempotency-Key was used for another request
    .advice = Use a new key. This one belongs to a request with another body or path.
    .detail = Use a new key for another request, or send the first request again unchanged.

too_many_attempts = There were too many attempts
    .advice = Wait until the time in `until`. Others in your network may have caused it.
    .detail = Wait until { $until }, then try again.

rate_limited = Too many requests
    .advice = Wait as long as Retry-After says. Rejected calls count, too. The RateLimit header
        shows the remaining quota. Customers raise theirs by a higher plan.
    .quota = The limit of { $policy } is { $limit } per minute. Wait as long as Retry-After says.
        Rejected calls count, too.
    .flood = Far too many requests at once. Wait as long as Retry-After says.

internal = Something went wrong on our side
    .advice = Repeat the request once with the same Idempotency-Key. If it fails again, send support
        the request_id.
    .detail = Try again. If it fails again, send support the request_id.

unavailable = The service can't answer at the moment
    .advice = Repeat the request after Retry-After with the same Idempotency-Key. Nothing is done
        twice.
    .detail = Try again in a moment, with the same Idempotency-Key.
