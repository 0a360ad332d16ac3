//! API keys that customers make for their programs: made, changed, replaced, ended.
//!
//! The endpoints share `view` (the public form of a key) and `problems` (the public form of errors). What a key may do
//! is enforced where it is used: in `api` and in `orders`.

mod access;
pub mod change;
mod codes;
pub mod create;
pub mod end;
mod fresh;
pub mod get;
mod limits;
pub mod list;
mod problems;
pub mod rotate;
mod view;

pub use view::{KeyView, MadeKeyView};

use api::{Domain, endpoint};

/// The endpoints of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "keys",
    about: "Keys for your programs, with limits of their own.",
    codes: codes::CODES,
    endpoints: &[
        endpoint!("list", list::list).other_methods(&["POST"]).role("KeysReadRole"),
        endpoint!("create", create::create).role("KeysChangeRole"),
        endpoint!("get", get::get).other_methods(&["DELETE", "PATCH"]).role("KeysReadRole"),
        endpoint!("change", change::change).role("KeysChangeRole"),
        endpoint!("end", end::end).role("KeysChangeRole"),
        endpoint!("rotate", rotate::rotate).role("KeysChangeRole"),
    ],
    workers: &[],
};
