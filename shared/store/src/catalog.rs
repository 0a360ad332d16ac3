//! What is sold: services, countries, suppliers' offers, price rules, and how suppliers are.
//!
//! Offers are one item for each service, country and supplier, so that a purchase reads one of them and a refresh writes only
//! those that changed. The two long lists (services, countries) are one item each.

use crate::{
    Catalog, StoreError, item,
    keys::{self, Key},
    table::Consistency,
};
use domain::{
    CountryCode, OperatorName, ServiceName, SupplierId, SupplierMoney, Timestamp,
    pricing::{PriceRules, ServiceClass},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

const CATALOG: &str = "CATALOG";

/// A service that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceRow {
    /// Its slug.
    pub name: ServiceName,
    /// Its name for people.
    pub title: String,
    /// How hard its codes are to deliver.
    pub class: ServiceClass,
}

/// A country that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountryRow {
    /// ISO 3166-1 alpha-2.
    pub code: CountryCode,
    /// Its English name.
    pub name: String,
    /// Calling codes, each with `+`.
    pub prefixes: Vec<String>,
}

/// What one supplier sells for one service in one country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferRow {
    /// Where.
    pub country: CountryCode,
    /// Who sells.
    pub supplier: SupplierId,
    /// By operator, cheapest first.
    pub operators: Vec<OperatorOffer>,
    /// When the supplier said so.
    pub as_of: Timestamp,
}

/// The numbers of one operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorOffer {
    /// Whose numbers.
    pub operator: OperatorName,
    /// What one costs us.
    pub cost: SupplierMoney,
    /// How many there are.
    pub stock: u32,
}

/// The number of the catalog's contents: it grows with every refresh that changed something. Nothing yet is number 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CatalogVersion {
    /// The number.
    pub version: u64,
    /// When it was written.
    pub at: Timestamp,
}

/// Whether a supplier can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupplierState {
    /// It answers.
    Up,
    /// It does not, or it refuses our account.
    Down,
}

/// How a supplier is, as the sweep saw it last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplierHealth {
    /// Which supplier.
    pub supplier: SupplierId,
    /// Whether it can be used.
    pub state: SupplierState,
    /// The kind of its last error.
    pub error: Option<String>,
    /// What is left on our account there.
    pub balance: Option<SupplierMoney>,
    /// When this was seen.
    pub at: Timestamp,
}

/// All lists together, as one refresh writes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CatalogLists {
    /// Every service.
    pub services: Vec<ServiceRow>,
    /// Every country.
    pub countries: Vec<CountryRow>,
}

/// Everything a price is made from, read at once.
#[derive(Clone, Debug)]
pub struct QuoteBasis {
    /// The price rules.
    pub rules: PriceRules,
    /// The service; `None` where there is no such service.
    pub service: Option<ServiceRow>,
    /// What each supplier sells of it in the country.
    pub offers: Vec<OfferRow>,
}

#[derive(Serialize, Deserialize)]
struct List<T> {
    rows: Vec<T>,
}

fn catalog_key(sk: &str) -> Key {
    Key::new(CATALOG, sk)
}

fn service_key(name: &ServiceName) -> Key {
    Key::new(format!("SERVICE#{name}"), "SERVICE")
}

/// Where the catalog's number is kept.
pub(crate) fn version_key() -> Key {
    catalog_key(VERSION)
}

const HEALTH: &str = "HEALTH";
const VERSION: &str = "VERSION";
const RULES: &str = "RULES";
const SERVICES: &str = "SERVICES";
const COUNTRIES: &str = "COUNTRIES";

impl Catalog<'_> {
    /// Everything a price is made from, with one read. Without rules in the catalog the price list's defaults hold.
    pub async fn quote_basis(
        self,
        service: &ServiceName,
        country: &CountryCode,
        suppliers: &[SupplierId],
    ) -> Result<QuoteBasis, StoreError> {
        let offers = suppliers.iter().map(|supplier| keys::offer(service, country, supplier));
        self.basis([catalog_key(RULES), service_key(service)].into_iter().chain(offers)).await
    }

    async fn basis(self, wanted: impl IntoIterator<Item = Key>) -> Result<QuoteBasis, StoreError> {
        let wanted: Vec<_> = wanted.into_iter().collect();
        let rows = self.0.get_many(&wanted, Consistency::Eventual).await?;
        let mut basis = QuoteBasis { rules: PriceRules::default(), service: None, offers: Vec::new() };
        for row in rows {
            match item::text_of(&row, "sk") {
                Some(RULES) => basis.rules = item::read(row)?,
                Some("SERVICE") => basis.service = Some(item::read(row)?),
                _ => basis.offers.push(item::read(row)?),
            }
        }
        Ok(basis)
    }

    /// A service and the price rules in force, with one read; `None` where there is no such service.
    pub async fn service_terms(self, service: &ServiceName) -> Result<Option<(ServiceRow, PriceRules)>, StoreError> {
        let basis = self.basis([catalog_key(RULES), service_key(service)]).await?;
        Ok(basis.service.map(|row| (row, basis.rules)))
    }

    /// Every offer of a service, in one country or in all.
    pub async fn offers(
        self,
        service: &ServiceName,
        country: Option<&CountryCode>,
    ) -> Result<Vec<OfferRow>, StoreError> {
        let prefix = country.map_or(String::new(), |country| format!("{country}#"));
        let rows = self.0.query(keys::offers(service)).prefix(&prefix).all().await?;
        rows.into_iter().map(item::read).collect()
    }

    /// The catalog's number.
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

    /// Writes the lists, and a row for each service that is new or changed.
    pub async fn put_lists(self, before: &CatalogLists, after: &CatalogLists) -> Result<(), StoreError> {
        let table = self.0;
        for service in after.services.iter().filter(|service| !before.services.contains(service)) {
            table.put(&service_key(&service.name), service).await?;
        }
        table.put(&catalog_key(SERVICES), &List { rows: after.services.clone() }).await?;
        table.put(&catalog_key(COUNTRIES), &List { rows: after.countries.clone() }).await
    }

    /// Writes the price rules.
    pub async fn put_price_rules(self, rules: &PriceRules) -> Result<(), StoreError> {
        self.0.put(&catalog_key(RULES), rules).await
    }

    /// Writes how a supplier is.
    pub async fn put_supplier_health(self, health: &SupplierHealth) -> Result<(), StoreError> {
        self.0.put(&Key::new(HEALTH, health.supplier.as_str()), health).await
    }

    /// How each supplier is.
    pub async fn supplier_health(self) -> Result<Vec<SupplierHealth>, StoreError> {
        self.0.query(HEALTH).all().await?.into_iter().map(item::read).collect()
    }

    async fn list_row<T: DeserializeOwned>(self, sk: &str) -> Result<Option<T>, StoreError> {
        self.0.get(&catalog_key(sk), Consistency::Eventual).await
    }
}

impl QuoteBasis {
    /// Every operator's numbers, to choose from.
    pub fn candidates(&self) -> impl Iterator<Item = domain::offers::Candidate> {
        self.offers.iter().flat_map(|row| {
            row.operators.iter().map(|offer| domain::offers::Candidate {
                supplier: row.supplier.clone(),
                operator: offer.operator.clone(),
                cost: offer.cost,
                stock: offer.stock,
            })
        })
    }
}
