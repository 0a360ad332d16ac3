//! The pages that a person sees. Everything that comes from a request is escaped.

use super::{
    person::Person,
    request::{Refusal, SignIn},
};
use crate::page::{escaped, page};
use axum::response::Response;
use http::StatusCode;

/// What all pages say at their end.
const NOTE: &str = "This is the local identity provider in place of Google's. It asks for no password.";

/// The page on which a person signs in: one form for each known person, and one for any other.
pub fn sign_in(client: &str, request: &SignIn, persons: &[Person], complaint: Option<&str>) -> Response {
    let alert = |text: &str| format!("<p role=\"alert\">{}</p>\n", escaped(text));
    let choice = |person: &Person| {
        let (email, name) = (escaped(&person.email), escaped(&person.name));
        format!(
            "<form method=\"post\"><input type=\"hidden\" name=\"name\" value=\"{name}\">\
             <button class=\"person\" name=\"email\" value=\"{email}\"><b>{name}</b> {email}</button></form>\n"
        )
    };
    let content = format!(
        "<h1>Sign in</h1>\n<p>to continue to <strong>{client}</strong>, which gets: {scopes}.</p>\n{alert}{choices}\
         <form method=\"post\"><h2>Somebody else</h2>\n\
         <label>E-mail <input name=\"email\" type=\"email\" required value=\"{hint}\" autocomplete=\"off\"></label>\n\
         <label>Name <input name=\"name\" autocomplete=\"off\" placeholder=\"optional\"></label>\n\
         <button>Continue</button></form>\n\
         <form method=\"post\"><button class=\"cancel\">Cancel</button></form>\n",
        client = escaped(client),
        scopes = escaped(&request.scopes.join(", ")),
        alert = complaint.map(alert).unwrap_or_default(),
        choices = persons.iter().map(choice).collect::<String>(),
        hint = escaped(request.login_hint.as_deref().unwrap_or_default()),
    );
    page(StatusCode::OK, "Sign in", &content, NOTE)
}

/// The page for a request that is refused.
pub fn refused(refusal: &Refusal) -> Response {
    let title = format!("Error {}: {}", refusal.status, refusal.error);
    let content = format!("<h1>{title}</h1>\n<p>{}</p>\n", escaped(&refusal.reason));
    page(StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST), &title, &content, NOTE)
}
