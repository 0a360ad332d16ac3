//! `POST /api/v1/unsubscribe` - ends the reminders of a kind, by the link of one of them (RFC 8058). `GET` returns a
//! page that asks first, because mail programs and firewalls open links by themselves.

use api::{
    AddressLimit, Language, PageLanguage, Params, Parse, Problem,
    axum::{
        extract::State,
        response::{Html, IntoResponse},
    },
    codes::NotFound,
};
use domain::account::OneTimeText;
use http::header::{CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY};
use runtime::Context;
use utoipa::IntoParams;

api::texts! {
    /// The title of the page.
    struct Title;

    /// What the button does.
    struct Question;

    /// The button.
    struct Button;

    /// What was done.
    struct Done;
}

/// Allows a form that is sent to the page itself, and nothing else.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The token of a link.
#[derive(IntoParams, Parse)]
#[parse(problems(NotFound))]
#[into_params(parameter_in = Query)]
pub struct Unsubscription {
    /// The token in the link of the mail. It is valid for 60 days.
    #[param(value_type = String, example = "nso_00000000000000000000000000000000")]
    pub token: OneTimeText,
}

/// Get the page to unsubscribe
///
/// Returns an HTML page with a button. It changes nothing, and does not tell whether the link is valid.
#[utoipa::path(
    get, path = "/api/v1/unsubscribe", operation_id = "get_unsubscribe_page", tag = "account", params(Unsubscription),
    responses((status = 200, description = "The page.", body = String, content_type = "text/html")),
)]
pub async fn page(
    _limit: AddressLimit,
    PageLanguage(language): PageLanguage,
    _link: Params<Unsubscription>,
) -> impl IntoResponse {
    let button = Button.text(language);
    html(language, Question.text(language), &format!("<form method=\"post\"><button>{button}</button></form>"))
}

/// Unsubscribe from reminders
///
/// Ends the reminders of the mail's kind by mail, for the account that got it. Mail programs send it with one click
/// (RFC 8058); the body is not read. Repeating it has no effect.
#[utoipa::path(
    post, path = "/api/v1/unsubscribe", operation_id = "unsubscribe", tag = "account", params(Unsubscription),
    responses((status = 200, description = "No more such mails are sent.", body = String, content_type = "text/html")),
)]
pub async fn unsubscribe(
    State(context): State<Context>,
    _limit: AddressLimit,
    PageLanguage(language): PageLanguage,
    Params(Unsubscription { token }): Params<Unsubscription>,
) -> Result<impl IntoResponse, Problem> {
    if accounts::unsubscribe(&context, &token).await? {
        Ok(html(language, Done.text(language), ""))
    } else {
        Err(NotFound.into())
    }
}

/// A page of these texts, which need no escapes.
fn html(language: Language, text: &str, form: &str) -> impl IntoResponse + use<> {
    let (title, direction) = (Title.text(language), language.direction().as_str());
    let page = format!(
        "<!doctype html><html lang=\"{language}\" dir=\"{direction}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <h1>{title}</h1><p>{text}</p>{form}</html>\n"
    );
    ([(CONTENT_SECURITY_POLICY, POLICY), (CONTENT_LANGUAGE, language.code())], Html(page))
}
