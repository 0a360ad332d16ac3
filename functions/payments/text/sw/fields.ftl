### Makosa ya sehemu za malipo.

not_in_limits = lazima iwe kuanzia { $least } hadi { $most } { $currency }
