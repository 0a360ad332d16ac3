//! The [`Supplier`] implementation for 5SIM: maps each operation to a request.
//!
//! It knows neither the transport nor the format of answers. Requests that change something are
//! sent once.

use super::{
    Account,
    names::slug_of,
    transport::{BuildError, Deadlines, Length, Transport},
    wire::{self, Answer, Call, OrderAction},
};
use crate::{
    error::{Fault, SupplierError},
    offer::{SupplierCountry, SupplierOffer, SupplierProfile},
    order::{BuyRequest, OrderList, SupplierOrder},
    supplier::{Supplier, Terms},
};
use async_trait::async_trait;
use domain::{CountryCode, ServiceName, SupplierId, SupplierOrderId, Timestamp};
use runtime::StaleFlag;
use secrecy::SecretString;
use std::{cmp::Reverse, collections::HashSet};

/// The public base URL of 5SIM.
pub const DEFAULT_BASE_URL: &str = "https://5sim.net/v1";

/// Page size of the order list, and the most pages that are read for one call.
const PAGE: usize = 100;
const MOST_PAGES: usize = 10;
/// The divisor of the page size after a page that was too large to read.
const SMALLER: usize = 10;

/// A client of 5SIM for one account.
#[derive(Clone, Debug)]
pub struct FiveSim(Transport);

impl FiveSim {
    /// Makes a client for the account with this key. `http` must come from [`crate::http_client`],
    /// which follows no redirects and never retries.
    pub fn new(base_url: &str, api_key: &SecretString, http: reqwest::Client) -> Result<Self, BuildError> {
        Transport::new(base_url, api_key, http).map(Self)
    }

    /// Returns the client as that of an account; by default it is the first one's.
    #[must_use]
    pub const fn of(mut self, account: Account) -> Self {
        self.0.supplier = account.id;
        self
    }

    /// Returns the client with other deadlines.
    #[must_use]
    pub const fn with_deadlines(mut self, deadlines: Deadlines) -> Self {
        self.0.deadlines = deadlines;
        self
    }

    /// Returns the client with a flag that it raises when 5SIM rejects the key.
    #[must_use]
    pub fn reporting_to(mut self, stale_key: StaleFlag) -> Self {
        self.0.stale_key = stale_key;
        self
    }

    async fn act_on(&self, action: OrderAction, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError> {
        let path = wire::action_path(action, id);
        let parse =
            |answer: &Answer<'_>| wire::parse_action(answer).and_then(|order| wire::about(id, order, Call::Action));
        self.0.act(action.as_str(), path, Call::Action, self.0.deadlines.action, parse).await
    }
}

#[async_trait]
impl Supplier for FiveSim {
    fn id(&self) -> SupplierId {
        SupplierId::new(self.0.supplier)
    }

    fn terms(&self) -> Terms {
        super::TERMS
    }

    async fn profile(&self) -> Result<SupplierProfile, SupplierError> {
        let path = Ok(wire::profile_path().to_owned());
        self.0.read("profile", Length::Short, path, wire::parse_profile).await
    }

    async fn countries(&self) -> Result<Vec<SupplierCountry>, SupplierError> {
        self.0.read("countries", Length::List, Ok(wire::countries_path().to_owned()), wire::parse_countries).await
    }

    async fn prices(
        &self,
        country: Option<&CountryCode>,
        service: Option<&ServiceName>,
    ) -> Result<Vec<SupplierOffer>, SupplierError> {
        if is_unsold(country) {
            return Ok(Vec::new());
        }
        let path = wire::prices_path(country, service);
        self.0.read("prices", Length::List, path, |answer| wire::parse_prices(answer, country, service)).await
    }

    async fn buy(&self, request: &BuyRequest) -> Result<SupplierOrder, SupplierError> {
        self.0.act("buy", wire::buy_path(request), Call::Buy, self.0.deadlines.buy, wire::parse_buy).await
    }

    async fn check(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError> {
        let parse =
            |answer: &Answer<'_>| wire::parse_check(answer).and_then(|order| wire::about(id, order, Call::Read));
        self.0.read("check", Length::Short, wire::check_path(id), parse).await
    }

    async fn finish(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError> {
        self.act_on(OrderAction::Finish, id).await
    }

    async fn cancel(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError> {
        self.act_on(OrderAction::Cancel, id).await
    }

    async fn ban(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError> {
        self.act_on(OrderAction::Ban, id).await
    }

    /// Reads pages until one ends before `since`. That is sufficient only while the list is sorted
    /// newest first; otherwise all of it is read. An order made meanwhile shifts the rest to the
    /// next page, so none is skipped. An order with too many messages does not hide the others: the
    /// client reads smaller pages around it.
    async fn orders(&self, since: Timestamp) -> Result<OrderList, SupplierError> {
        let mut list = OrderList { orders: Vec::new(), complete: true };
        let mut seen = HashSet::new();
        let mut offset = 0;
        let mut newest_first = true;
        let mut size = PAGE;
        for _ in 0..MOST_PAGES {
            let path = Ok(wire::orders_path(size, offset));
            let parse = |answer: &Answer<'_>| wire::parse_orders_page(answer, since);
            let page = match self.0.read("orders", Length::Page, path, parse).await {
                Err(SupplierError::Unavailable { fault: Fault::TooLarge }) if size > 1 => {
                    size = (size / SMALLER).max(1);
                    continue;
                }
                Err(SupplierError::Unavailable { fault: Fault::TooLarge }) => {
                    (list.complete, size, offset) = (false, PAGE, offset + 1);
                    continue;
                }
                page => page?,
            };
            size = PAGE;
            offset += page.entries;
            list.complete &= page.unreadable == 0;
            newest_first &= page.orders.is_sorted_by(|a, b| a.created_at >= b.created_at);
            let behind = newest_first && page.orders.last().is_some_and(|order| order.created_at < since);
            let at_end = page.entries == 0 || page.total.is_some_and(|total| total >= page.entries && offset >= total);
            let wanted = page.orders.into_iter().filter(|order| order.created_at >= since);
            list.orders.extend(wanted.filter(|order| seen.insert(order.id.clone())));
            if behind || at_end {
                list.orders.sort_by_key(|order| Reverse(order.created_at));
                return Ok(list);
            }
        }
        list.orders.sort_by_key(|order| Reverse(order.created_at));
        Ok(OrderList { complete: false, ..list })
    }
}

/// Whether 5SIM does not sell the country, so that no request is needed.
fn is_unsold(country: Option<&CountryCode>) -> bool {
    country.is_some_and(|country| slug_of(country).is_none())
}
