//! Pages of lists: `?limit=&cursor=` in, `{items, next_cursor}` out.

use crate::parse::{At, Between, Malformed, Parse, Value};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use store::{Cursor, Page};
use utoipa::{IntoParams, ToSchema};

const DEFAULT_LIMIT: usize = 50;

/// The requested page of a list.
#[derive(Debug, Default, IntoParams, Parse)]
#[into_params(parameter_in = Query)]
pub struct PageParams {
    /// Maximum number of items, 1 to 100. Defaults to 50.
    #[param(inline)]
    pub limit: Option<Between<1, 100>>,
    /// `next_cursor` of the previous page.
    #[param(value_type = Option<String>)]
    pub cursor: Option<Cursor>,
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed<T> {
    /// Items of the page.
    pub items: Vec<T>,
    /// Send it as `cursor` to get the next page; null at the end. A page may be shorter than `limit` even if
    /// more pages follow.
    pub next_cursor: Option<String>,
}

impl Parse for Cursor {
    fn parse(value: Value, at: &mut At) -> Option<Self> {
        let text = at.text(value)?;
        Self::decode(&text).or_else(|| at.wrong(Malformed::Cursor))
    }
}

impl PageParams {
    /// The maximum number of items.
    pub fn limit(&self) -> usize {
        self.limit.map_or(DEFAULT_LIMIT, |limit| limit.get() as usize)
    }
}

impl<T> From<Page<T>> for Listed<T> {
    fn from(page: Page<T>) -> Self {
        Self { items: page.items, next_cursor: page.next.map(|cursor| cursor.encode()) }
    }
}

impl<T> Listed<T> {
    /// Maps each item.
    pub fn map<U>(self, view: impl FnMut(T) -> U) -> Listed<U> {
        Listed { items: self.items.into_iter().map(view).collect(), next_cursor: self.next_cursor }
    }
}

impl<T: Serialize> IntoResponse for Listed<T> {
    fn into_response(self) -> Response {
        axum::Json(self).into_response()
    }
}
