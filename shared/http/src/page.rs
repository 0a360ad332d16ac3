//! Lists: `?limit=&cursor=` in, `{items, next_cursor}` out.

use crate::{Fields, FromFields, Problem};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::fmt;
use store::{Cursor, Page};
use utoipa::{IntoParams, ToSchema};

const DEFAULT_LIMIT: u32 = 50;
const HIGHEST_LIMIT: u32 = 100;

/// Which part of a list is wanted.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageParams {
    /// How many items at most, 1 to 100; 50 without it.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
    /// Where to go on: the `next_cursor` of the page before.
    #[param(value_type = Option<String>)]
    pub cursor: Option<Cursor>,
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed<T> {
    /// What is in it.
    pub items: Vec<T>,
    /// Give it as `cursor` to go on; null at the end. A page may be shorter than `limit` and still go on.
    pub next_cursor: Option<String>,
}

/// A cursor's text as clients send it.
struct CursorText(Cursor);

/// The text is not one of our cursors.
struct NotACursor;

impl fmt::Display for NotACursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Give the next_cursor of the page before, unchanged.")
    }
}

impl std::str::FromStr for CursorText {
    type Err = NotACursor;

    fn from_str(text: &str) -> Result<Self, NotACursor> {
        Cursor::decode(text).map(Self).ok_or(NotACursor)
    }
}

impl PageParams {
    /// Takes `limit` and `cursor`, for endpoints that have more parameters.
    pub fn take(fields: &mut Fields) -> Self {
        let limit = fields.bounded("limit", 1..=HIGHEST_LIMIT);
        Self { limit, cursor: fields.optional::<CursorText>("cursor").map(|text| text.0) }
    }

    /// How many items at most.
    pub fn limit(&self) -> usize {
        self.limit.unwrap_or(DEFAULT_LIMIT) as usize
    }
}

impl FromFields for PageParams {
    fn from_fields(mut fields: Fields) -> Result<Self, Problem> {
        let page = Self::take(&mut fields);
        fields.done(|| Some(page))
    }
}

impl<T> From<Page<T>> for Listed<T> {
    fn from(page: Page<T>) -> Self {
        Self { items: page.items, next_cursor: page.next.map(|cursor| cursor.encode()) }
    }
}

impl<T> Listed<T> {
    /// The page with its items shown in another form.
    pub fn map<U>(self, view: impl FnMut(T) -> U) -> Listed<U> {
        Listed { items: self.items.into_iter().map(view).collect(), next_cursor: self.next_cursor }
    }
}

impl<T: Serialize> IntoResponse for Listed<T> {
    fn into_response(self) -> Response {
        axum::Json(self).into_response()
    }
}
