### The field errors of API keys.

in_the_past = must be in the future
