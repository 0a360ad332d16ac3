### The problems of exports.

export_too_soon = The last export was too short a time ago
    .advice = Use the link in our last mail, or wait until the time in `from`.
    .detail = The next export may be asked for from { $from }. Until then, use the link in our last mail.

export_not_available = The export is not available
    .advice = Sign in to the account that asked for it, or ask for a new export. A link works for three days, and
        a newer export ends it.
    .detail = The link is too old, is not complete, or belongs to another account. Ask for a new export.
