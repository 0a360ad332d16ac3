### The field errors of sign-in.

weak_password =
    .too_short = must have at least ten characters
    .easy_to_guess = is too easy to guess: use several words, or more unusual characters

not_a_credential = must be a credential as its toJSON() returns it

code_or_credential = is needed unless there is a credential, and not both

same_email = is the address of the account already

outdated_terms = must be { $current }, the version of the terms that applies now
