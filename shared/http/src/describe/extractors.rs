//! Descriptions of the shared extractors, and of all extractors of a handler together.

use super::{Describe, Description};
use crate::{
    body::{Idempotent, Json, Params, PathId, PathIds},
    codes::{
        BadRequest, BodyTooLarge, IdempotencyKeyRequired, IdempotencyKeyReused, InProgress, NotFound, NotJson,
        ValidationFailed,
    },
    language::PageLanguage,
    parse::Fields,
};
use axum::extract::State;
use http::HeaderMap;

/// The extractors of a handler.
pub trait Extractors {
    /// Their description together.
    fn description() -> Description;
}

impl<T: Fields> Describe for Params<T> {
    fn describe(description: &mut Description) {
        description.reads_query = true;
        description.may_refuse(T::PROBLEMS.iter().copied());
    }
}

impl<T> Describe for PathId<T> {
    fn describe(description: &mut Description) {
        description.may_refuse([NotFound::CODE]);
    }
}

impl<A, B> Describe for PathIds<A, B> {
    fn describe(description: &mut Description) {
        description.may_refuse([NotFound::CODE]);
    }
}

impl<T> Describe for axum::extract::Path<T> {
    fn describe(description: &mut Description) {
        description.may_refuse([NotFound::CODE]);
    }
}

impl<T: Fields> Describe for Json<T> {
    fn describe(description: &mut Description) {
        description.may_refuse([BadRequest::CODE, BodyTooLarge::CODE, NotJson::CODE, ValidationFailed::CODE]);
        description.may_refuse(T::PROBLEMS.iter().copied());
    }
}

impl<T: Fields> Describe for Idempotent<T> {
    fn describe(description: &mut Description) {
        Json::<T>::describe(description);
        description.is_idempotent = true;
        description.may_refuse([IdempotencyKeyRequired::CODE, IdempotencyKeyReused::CODE, InProgress::CODE]);
    }
}

impl<S> Describe for State<S> {}
impl Describe for HeaderMap {}
impl Describe for PageLanguage {}

/// A handler without extractors.
impl Extractors for ((),) {
    fn description() -> Description {
        Description::default()
    }
}

macro_rules! extractors {
    ($($extractor:ident)+) => {
        impl<Marker, $($extractor: Describe),+> Extractors for (Marker, $($extractor,)+) {
            fn description() -> Description {
                let mut description = Description::default();
                $($extractor::describe(&mut description);)+
                description
            }
        }
    };
}

extractors!(A);
extractors!(A B);
extractors!(A B C);
extractors!(A B C D);
extractors!(A B C D E);
extractors!(A B C D E F);
