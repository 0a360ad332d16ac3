//! The catalog's table: services, countries, offers, price rules, and the health of suppliers.
//!
//! Each service, country and supplier has one item of offers. So a purchase reads one item per supplier,
//! and a refresh writes only items that changed. The lists of services and countries are one item each.

use crate::{
    Catalog, OfferChange, StoreError,
    item::{self, Item},
    keys::{self, COUNTRIES, HEALTH, Key, RULES, SERVICE, SERVICES, VERSION},
    table::Consistency,
};
use domain::{
    CountryCode, Currency, OperatorName, Rating, ServiceName, SupplierId, SupplierMoney, Timestamp,
    access::Mode,
    offers::{self, NothingToBuy, OfferRequest, SelectedOffer},
    pricing::ServiceClass,
    sandbox,
    selling::SalesRules,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;

/// A service of the catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceRow {
    /// Slug.
    pub name: ServiceName,
    /// Display name.
    pub title: String,
    /// Price class.
    pub class: ServiceClass,
}

/// A country of the catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountryRow {
    /// ISO 3166-1 alpha-2.
    pub code: CountryCode,
    /// English name.
    pub name: String,
    /// Calling codes, each with `+`.
    pub prefixes: Vec<String>,
}

/// The offers of one supplier for one service in one country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferRow {
    /// The country.
    pub country: CountryCode,
    /// The supplier.
    pub supplier: SupplierId,
    /// The currency of its prices.
    pub currency: Currency,
    /// Offers by operator, cheapest first.
    pub operators: Vec<OperatorOffer>,
    /// Time of the supplier's price list.
    pub as_of: Timestamp,
}

/// The offer of one operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorOffer {
    /// The operator.
    pub operator: OperatorName,
    /// The supplier's price for one number.
    pub cost: SupplierMoney,
    /// Numbers in stock.
    pub stock: u32,
    /// Whether the supplier itself reports that its numbers get no messages.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_dead: bool,
}

impl OfferRow {
    /// The cheapest offer whose cost is known.
    pub fn cheapest(&self) -> Option<&OperatorOffer> {
        self.operators.iter().filter(|offer| offer.cost.micros() > 0).min_by_key(|offer| offer.cost)
    }
}

/// The catalog version. It increases with every refresh that changes something; 0 before the first one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CatalogVersion {
    /// The version.
    pub version: u64,
    /// Time of the change.
    pub at: Timestamp,
}

/// Whether a supplier can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupplierState {
    /// The supplier answers.
    Up,
    /// The supplier does not answer, or rejects our account.
    Down,
}

/// The health of a supplier, as of the last sweep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplierHealth {
    /// The supplier.
    pub supplier: SupplierId,
    /// Whether it can be used.
    pub state: SupplierState,
    /// Kind of the last error.
    pub error: Option<String>,
    /// Balance of our account.
    pub balance: Option<SupplierMoney>,
    /// Rating of our account.
    #[serde(default)]
    pub rating: Option<Rating>,
    /// Time of the check.
    pub at: Timestamp,
}

/// The lists that a refresh writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CatalogLists {
    /// Every service.
    pub services: Vec<ServiceRow>,
    /// Every country.
    pub countries: Vec<CountryRow>,
}

/// Everything that a quote depends on, read at once.
#[derive(Clone, Debug, Default)]
pub struct QuoteBasis {
    /// The rules of selling.
    pub rules: SalesRules,
    /// The service; `None` if it does not exist.
    pub service: Option<ServiceRow>,
    /// Each supplier's offers for it in the country.
    pub offers: Vec<OfferRow>,
    /// Our rating at each supplier that has ratings, as of the last sweep.
    pub ratings: BTreeMap<SupplierId, Rating>,
}

#[derive(Serialize, Deserialize)]
struct List<T> {
    rows: Vec<T>,
}

impl Catalog<'_> {
    /// Everything that a quote of this moment depends on, with one read. Offers are in the order of `suppliers`. Without
    /// stored rules, the defaults of the price list apply.
    pub async fn quote_basis(
        self,
        service: &ServiceName,
        country: &CountryCode,
        suppliers: &[SupplierId],
        now: Timestamp,
    ) -> Result<QuoteBasis, StoreError> {
        let offers = suppliers.iter().map(|supplier| keys::offer(service, country, supplier));
        let health = suppliers.iter().map(keys::supplier_health);
        let rules_and_service = [keys::catalog(RULES), keys::service(service)];
        let mut basis = self.basis(rules_and_service.into_iter().chain(offers).chain(health), now).await?;
        // A batch read has no order, but of two equal offers the better supplier's is chosen.
        basis.offers.sort_by_key(|row| suppliers.iter().position(|supplier| *supplier == row.supplier));
        Ok(basis)
    }

    async fn basis(self, wanted: impl IntoIterator<Item = Key>, now: Timestamp) -> Result<QuoteBasis, StoreError> {
        let wanted: Vec<_> = wanted.into_iter().collect();
        let rows = self.0.get_many(&wanted, Consistency::Eventual).await?;
        let mut basis = QuoteBasis::default();
        for row in rows {
            match item::text_of(&row, "sk") {
                Some(RULES) => basis.rules = item::read::<SalesRules>(row)?.at(now),
                Some(SERVICE) => basis.service = Some(item::read(row)?),
                _ if item::text_of(&row, "pk") == Some(HEALTH) => basis.ratings.extend(readable_rating(row)),
                _ => basis.offers.extend(readable_offer(row)),
            }
        }
        Ok(basis)
    }

    /// A service and the rules of selling at this moment, with one read; `None` if the service does not exist.
    pub async fn service_terms(
        self,
        service: &ServiceName,
        now: Timestamp,
    ) -> Result<Option<(ServiceRow, SalesRules)>, StoreError> {
        let basis = self.basis([keys::catalog(RULES), keys::service(service)], now).await?;
        Ok(basis.service.map(|row| (row, basis.rules)))
    }

    /// The stored offers of a service, in one country or in all.
    pub async fn offers(
        self,
        service: &ServiceName,
        country: Option<&CountryCode>,
    ) -> Result<Vec<OfferRow>, StoreError> {
        let prefix = country.map_or(String::new(), |country| format!("{country}#"));
        Ok(self.stored_offers(service, &prefix).await?.0)
    }

    /// The stored offers of a service, and the removals of damaged rows.
    pub async fn offers_and_damage(
        self,
        service: &ServiceName,
    ) -> Result<(Vec<OfferRow>, Vec<OfferChange>), StoreError> {
        self.stored_offers(service, "").await
    }

    async fn stored_offers(
        self,
        service: &ServiceName,
        prefix: &str,
    ) -> Result<(Vec<OfferRow>, Vec<OfferChange>), StoreError> {
        let (mut offers, mut damage) = (Vec::new(), Vec::new());
        for row in self.0.query(keys::offers(service)).prefix(prefix).all().await? {
            let sk = item::text_of(&row, "sk").unwrap_or_default().to_owned();
            match item::read(row) {
                Ok(offer) => offers.push(offer),
                Err(error) => {
                    tracing::error!(%error, %service, sk, "a damaged offer");
                    damage.extend(removal(service, &sk));
                }
            }
        }
        Ok((offers, damage))
    }

    /// The catalog version.
    pub async fn version(self) -> Result<CatalogVersion, StoreError> {
        Ok(self.list_row(VERSION).await?.unwrap_or_default())
    }

    /// Every service, by name.
    pub async fn services(self) -> Result<Vec<ServiceRow>, StoreError> {
        Ok(self.list_row::<List<_>>(SERVICES).await?.map_or_else(Vec::new, |list| list.rows))
    }

    /// Every country, by code.
    pub async fn countries(self) -> Result<Vec<CountryRow>, StoreError> {
        Ok(self.list_row::<List<_>>(COUNTRIES).await?.map_or_else(Vec::new, |list| list.rows))
    }

    /// Writes the lists, and an item for each new or changed service.
    pub async fn put_lists(self, before: &CatalogLists, after: &CatalogLists) -> Result<(), StoreError> {
        let table = self.0;
        for service in after.services.iter().filter(|service| !before.services.contains(service)) {
            table.put(&keys::service(&service.name), service).await?;
        }
        table.put(&keys::catalog(SERVICES), &List { rows: after.services.clone() }).await?;
        table.put(&keys::catalog(COUNTRIES), &List { rows: after.countries.clone() }).await
    }

    /// Writes the health of a supplier.
    pub async fn put_supplier_health(self, health: &SupplierHealth) -> Result<(), StoreError> {
        self.0.put(&keys::supplier_health(&health.supplier), health).await
    }

    /// The health of each supplier.
    pub async fn supplier_health(self) -> Result<Vec<SupplierHealth>, StoreError> {
        self.0.query(HEALTH).all().await?.into_iter().map(item::read).collect()
    }

    async fn list_row<T: DeserializeOwned>(self, sk: &str) -> Result<Option<T>, StoreError> {
        self.0.get(&keys::catalog(sk), Consistency::Eventual).await
    }
}

/// An offer, or `None` if it can't be read: one damaged row must not stop the sale of others. The next refresh
/// removes it.
fn readable_offer(row: Item) -> Option<OfferRow> {
    item::read(row).inspect_err(|error| tracing::warn!(%error, "an offer can't be read")).ok()
}

/// The rating in a supplier's health, or `None` without one or if the row can't be read. The next sweep
/// writes it again.
fn readable_rating(row: Item) -> Option<(SupplierId, Rating)> {
    let health = item::read::<SupplierHealth>(row);
    let health = health.inspect_err(|error| tracing::warn!(%error, "a supplier's health can't be read")).ok()?;
    Some((health.supplier, health.rating?))
}

/// The removal of a damaged row, by its key.
fn removal(service: &ServiceName, sk: &str) -> Option<OfferChange> {
    let (country, supplier) = sk.split_once('#')?;
    let (country, supplier) = (country.parse().ok()?, SupplierId::new(supplier));
    Some(OfferChange::Remove { service: service.clone(), country, supplier })
}

impl QuoteBasis {
    /// The offer to buy for callers of this mode, with its price. Quotes and purchases get theirs here.
    pub fn choose(&self, mode: Mode, request: OfferRequest<'_>) -> Result<SelectedOffer, NothingToBuy> {
        let class = self.service.as_ref().map(|service| service.class);
        match mode {
            Mode::Live => offers::choose(&self.rules, class, request, self.candidates()),
            Mode::Test => sandbox::offer(&self.rules.prices, class, request),
        }
    }

    /// The offers of all operators, as candidates for a purchase.
    fn candidates(&self) -> impl Iterator<Item = domain::offers::Candidate> {
        self.offers.iter().flat_map(|row| {
            row.operators.iter().map(|offer| domain::offers::Candidate {
                supplier: row.supplier.clone(),
                operator: offer.operator.clone(),
                cost: offer.cost,
                currency: row.currency.clone(),
                stock: offer.stock,
                is_dead: offer.is_dead,
            })
        })
    }
}
