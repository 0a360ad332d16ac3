//! The catalog's lists of services and countries, made of the suppliers' price lists. Pure.

use crate::price_list::PriceList;
use domain::{CountryCode, ServiceName, catalog, pricing::ServiceClass};
use std::collections::{BTreeMap, BTreeSet};
use store::{CatalogLists, Classes, CountryRow, ServiceRow};

/// The lists after a refresh that read these price lists, of the best supplier first. `complete` says
/// whether every supplier has one, and `classes` are those that operators gave.
pub(crate) fn merged(before: &CatalogLists, read: &[PriceList], complete: bool, classes: &Classes) -> CatalogLists {
    CatalogLists {
        services: services(&before.services, read.iter().flat_map(|list| list.sold.keys()), classes),
        countries: countries(if complete { &[] } else { &before.countries }, read),
    }
}

/// Every service, stored or new. A service that is not sold at the moment stays, and each service keeps its
/// class: a blocked service must not come back unblocked. The class that an operator gave comes before all.
fn services<'a>(
    before: &'a [ServiceRow],
    sold: impl Iterator<Item = &'a ServiceName>,
    given: &Classes,
) -> Vec<ServiceRow> {
    let class_before: BTreeMap<&ServiceName, ServiceClass> = before.iter().map(|row| (&row.name, row.class)).collect();
    let stored = |name: &ServiceName| class_before.get(name).filter(|class| **class != ServiceClass::Unreviewed);
    let names: BTreeSet<&ServiceName> = class_before.keys().copied().chain(sold).collect();
    let row = |name: &ServiceName| ServiceRow {
        name: name.clone(),
        title: catalog::title(name).to_owned(),
        class: given.get(name).or_else(|| stored(name)).copied().unwrap_or_else(|| catalog::first_class(name)),
    };
    names.into_iter().map(row).collect()
}

/// Every country that a supplier sells, as its best supplier describes it. The countries of `kept` stay
/// as they are: a supplier without a list may still sell them.
fn countries(kept: &[CountryRow], read: &[PriceList]) -> Vec<CountryRow> {
    let mut by_code = BTreeMap::<&CountryCode, &CountryRow>::new();
    for row in kept.iter().chain(read.iter().flat_map(|list| &list.countries)) {
        by_code.entry(&row.code).or_insert(row);
    }
    by_code.into_values().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changes::ByCountry;
    use domain::SupplierId;

    fn name(text: &str) -> ServiceName {
        text.parse().unwrap()
    }

    fn service(text: &str, class: ServiceClass) -> ServiceRow {
        ServiceRow { name: name(text), title: catalog::title(&name(text)).to_owned(), class }
    }

    fn country(code: &str, name: &str) -> CountryRow {
        CountryRow { code: code.parse().unwrap(), name: name.to_owned(), prefixes: Vec::new() }
    }

    fn list(countries: &[(&str, &str)], services: &[&str]) -> PriceList {
        PriceList {
            supplier: SupplierId::new("any"),
            countries: countries.iter().map(|(code, name)| country(code, name)).collect(),
            sold: services.iter().map(|service| (name(service), ByCountry::new())).collect(),
        }
    }

    fn after(before: &CatalogLists, read: &[PriceList], complete: bool) -> (Vec<String>, Vec<String>) {
        let CatalogLists { services, countries } = merged(before, read, complete, &Classes::new());
        (
            services.into_iter().map(|row| row.name.to_string()).collect(),
            countries.into_iter().map(|row| row.name).collect(),
        )
    }

    #[test]
    fn services_stay_with_their_class_and_new_ones_begin_with_the_table_s() {
        let before = [service("discord", ServiceClass::Blocked), service("gone", ServiceClass::Hard)];
        let sold = [name("whatsapp"), name("paypal"), name("discord")];
        let expected = [
            service("discord", ServiceClass::Blocked),
            service("gone", ServiceClass::Hard),
            service("paypal", ServiceClass::Blocked),
            service("whatsapp", ServiceClass::Common),
        ];
        assert_eq!(services(&before, sold.iter(), &Classes::new()), expected);
    }

    #[test]
    fn an_operator_s_class_comes_before_all_and_a_new_service_waits_for_one() {
        let before = [service("discord", ServiceClass::Blocked), service("newly", ServiceClass::Unreviewed)];
        let sold = [name("brand-new")];
        let row = |text, class| service(text, class);
        let waiting = [
            row("brand-new", ServiceClass::Unreviewed),
            row("discord", ServiceClass::Blocked),
            row("newly", ServiceClass::Unreviewed),
        ];
        assert_eq!(services(&before, sold.iter(), &Classes::new()), waiting);
        let given = Classes::from([
            (name("brand-new"), ServiceClass::Hard),
            (name("discord"), ServiceClass::Common),
            (name("newly"), ServiceClass::Blocked),
        ]);
        let classed = [
            row("brand-new", ServiceClass::Hard),
            row("discord", ServiceClass::Common),
            row("newly", ServiceClass::Blocked),
        ];
        assert_eq!(services(&before, sold.iter(), &given), classed);
    }

    #[test]
    fn services_have_titles_for_people() {
        let sold = ["whatsapp", "brand-new"].map(name);
        let titles: Vec<_> = services(&[], sold.iter(), &Classes::new()).into_iter().map(|row| row.title).collect();
        assert_eq!(titles, ["brand-new", "WhatsApp"]);
    }

    #[test]
    fn the_catalog_has_what_any_supplier_sells_and_the_best_one_names_it() {
        let read = [
            list(&[("KE", "Kenya"), ("GH", "Ghana")], &["whatsapp"]),
            list(&[("GH", "Republic of Ghana"), ("NG", "Nigeria")], &["discord", "whatsapp"]),
        ];
        let (services, countries) = after(&CatalogLists::default(), &read, true);
        assert_eq!(services, ["discord", "whatsapp"]);
        assert_eq!(countries, ["Ghana", "Kenya", "Nigeria"]);
    }

    #[test]
    fn a_country_goes_only_when_every_supplier_was_read() {
        let before = CatalogLists {
            services: vec![service("discord", ServiceClass::Common)],
            countries: vec![country("GH", "Ghana"), country("KE", "Kenya")],
        };
        let read = [list(&[("GH", "Republic of Ghana"), ("NG", "Nigeria")], &["whatsapp"])];
        let (services, countries) = after(&before, &read, false);
        assert_eq!(services, ["discord", "whatsapp"]);
        assert_eq!(countries, ["Ghana", "Kenya", "Nigeria"], "the supplier without a list may sell Kenya");
        let (services, countries) = after(&before, &read, true);
        assert_eq!(services, ["discord", "whatsapp"], "services stay with their class");
        assert_eq!(countries, ["Republic of Ghana", "Nigeria"]);
    }
}
