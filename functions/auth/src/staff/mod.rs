//! The sign-in of staff, which always has two steps. Its sessions are of a realm of their own.

pub mod confirm_factor;
pub mod enable_factor;
pub mod first_password;
pub mod login;
pub mod logout;
pub mod refresh;
pub mod second_step;
