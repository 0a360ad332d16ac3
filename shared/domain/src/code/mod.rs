//! Reading verification codes out of message texts.
