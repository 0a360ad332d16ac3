//! Calls that only read: an object, or a page of a list.

use super::{
    answer::pretty,
    charge::Charge,
    dispute::Dispute,
    event::Event,
    expand::Expansion,
    form::{Form, wrong_integer},
    intent::Intent,
    method::{Customer, Method},
    refund::Refund,
    refusal::Refusal,
    resource::Resource,
    session::Session,
    transaction::Transaction,
    world::{Shared, World},
};
use axum::{
    Extension, Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use http::StatusCode;
use serde_json::{Value, json};

const USUAL: i64 = 10;
const MOST: i64 = 100;

pub fn routes() -> Router<Shared> {
    Router::new()
        .merge(of::<Session>())
        .merge(of::<Intent>())
        .merge(of::<Charge>())
        .merge(of::<Refund>())
        .merge(of::<Dispute>())
        .merge(of::<Transaction>())
        .merge(of::<Customer>())
        .merge(of::<Event>())
        .route(&format!("{}/{{id}}", Method::PATH), get(retrieve::<Method>))
}

fn of<T: Resource>() -> Router<Shared> {
    Router::new().route(T::PATH, get(list::<T>)).route(&format!("{}/{{id}}", T::PATH), get(retrieve::<T>))
}

async fn retrieve<T: Resource>(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Extension(mut form): Extension<Form>,
) -> Result<Response, Refusal> {
    let expansion = Expansion::read(&mut form, T::OBJECT, false)?;
    form.finish()?;
    answer::<T>(&shared.lock(), &id, &expansion)
}

/// An object that exists, expanded.
pub fn answer<T: Resource>(world: &World, id: &str, expansion: &Expansion) -> Result<Response, Refusal> {
    let object = T::table(world).get(id).ok_or_else(|| Refusal::missing(T::NAME, id, T::PARAM))?;
    let mut shown = object.json(world.now());
    expansion.apply(world, &mut shown);
    Ok(pretty(StatusCode::OK, &shown))
}

async fn list<T: Resource>(
    State(shared): State<Shared>,
    Extension(mut form): Extension<Form>,
) -> Result<Response, Refusal> {
    let expansion = Expansion::read(&mut form, T::OBJECT, true)?;
    let wanted = Wanted::read::<T>(&mut form)?;
    form.finish()?;
    let world = shared.lock();
    let mut shown = wanted.page::<T>(&world)?;
    expansion.apply(&world, &mut shown);
    Ok(pretty(StatusCode::OK, &shown))
}

/// The part of a list that a call asks for.
struct Wanted {
    limit: usize,
    after: Option<String>,
    before: Option<String>,
    /// First and last second.
    from: i64,
    to: i64,
    /// Fields and their values.
    filters: Vec<(&'static str, String)>,
    /// Types of events; `charge.*` is all of charges.
    types: Vec<String>,
}

impl Wanted {
    fn read<T: Resource>(form: &mut Form) -> Result<Self, Refusal> {
        let limit = form.integer_from("limit", 1)?.unwrap_or(USUAL);
        if limit > MOST {
            let message = format!("This value must be less than or equal to {MOST} (it currently is '{limit}').");
            return Err(wrong_integer("limit", message));
        }
        let (after, before) = (form.text("starting_after")?, form.text("ending_before")?);
        if after.is_some() && before.is_some() {
            let message = "You may only specify one of these parameters: ending_before, starting_after.";
            return Err(Refusal::invalid(message));
        }
        let exactly = form.integer("created")?;
        let mut bound = |name: &str| form.integer(&format!("created[{name}]"));
        let lowest = [exactly, bound("gte")?, bound("gt")?.map(|second| second.saturating_add(1))];
        let highest = [exactly, bound("lte")?, bound("lt")?.map(|second| second.saturating_sub(1))];
        let mut filters = Vec::new();
        for field in T::FILTERS {
            filters.extend(form.text(field)?.map(|value| (*field, value)));
        }
        let mut types = vec![];
        if T::OBJECT == Event::OBJECT {
            types = form.list("types")?;
            types.extend(form.text("type")?);
        }
        Ok(Self {
            limit: usize::try_from(limit).unwrap_or_default(),
            after,
            before,
            from: lowest.into_iter().flatten().max().unwrap_or(i64::MIN),
            to: highest.into_iter().flatten().min().unwrap_or(i64::MAX),
            filters,
            types,
        })
    }

    fn page<T: Resource>(&self, world: &World) -> Result<Value, Refusal> {
        let objects = T::table(world).newest().filter(|object| (self.from..=self.to).contains(&object.created()));
        let shown = objects.map(|object| object.json(world.now()));
        let mut fitting: Vec<_> = shown.filter(|object| self.has(object)).collect();
        if let Some(after) = &self.after {
            fitting.drain(..=place::<T>(&fitting, after, "starting_after")?);
        }
        if let Some(before) = &self.before {
            // The page ends right before it.
            fitting.truncate(place::<T>(&fitting, before, "ending_before")?);
            let has_more = fitting.len() > self.limit;
            fitting.drain(..fitting.len().saturating_sub(self.limit));
            return Ok(listed::<T>(&fitting, has_more));
        }
        let has_more = fitting.len() > self.limit;
        fitting.truncate(self.limit);
        Ok(listed::<T>(&fitting, has_more))
    }

    fn has(&self, object: &Value) -> bool {
        let is_wanted = |kind: &str| {
            self.types.is_empty()
                || self.types.iter().any(|wanted| match wanted.strip_suffix('*') {
                    Some(start) => kind.starts_with(start),
                    None => wanted == kind,
                })
        };
        self.filters.iter().all(|(field, value)| object[*field] == *value)
            && is_wanted(object["type"].as_str().unwrap_or_default())
    }
}

/// Where an object is in a list.
fn place<T: Resource>(objects: &[Value], id: &str, param: &str) -> Result<usize, Refusal> {
    let place = objects.iter().position(|object| object["id"] == id);
    place.ok_or_else(|| Refusal::missing(T::NAME, id, param).status(StatusCode::BAD_REQUEST))
}

fn listed<T: Resource>(data: &[Value], has_more: bool) -> Value {
    json!({ "object": "list", "data": data, "has_more": has_more, "url": T::PATH })
}
