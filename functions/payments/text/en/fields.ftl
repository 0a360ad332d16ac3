### The field errors of payments.

not_in_limits = must be from { $least } to { $most } { $currency }
