### Makosa ya sehemu za funguo za API.

in_the_past = lazima iwe wakati ujao
