//! The filtered list of a wallet's entries.
//!
//! Entries are sorted by number, and no index has their times, orders or labels. A range of times is searched among the
//! numbers. The entries of an order are those that the order's timeline names. Labels belong to orders, so a page with a
//! label reads the orders of its entries.

use crate::{
    Books, Cursor, Page, Store, StoreError,
    filter::Conditions,
    item,
    keys::{self, ENTRY_PREFIX, Key},
    table::Consistency,
};
use domain::{
    EntrySeq, OrderId, Timestamp, UserId,
    access::Mode,
    ledger::{Entry, EntryKind},
    order::Order,
};
use serde::{Deserialize, de::DeserializeOwned};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
    time::Duration,
};

/// A filter of a wallet's entries.
#[derive(Clone, Debug, Default)]
pub struct EntryFilter {
    /// Only entries of this kind.
    pub kind: Option<EntryKind>,
    /// Only entries of this order.
    pub order: Option<OrderId>,
    /// Only entries of orders with this label.
    pub tag: Option<(String, String)>,
    /// Only entries at or after this time.
    pub from: Option<Timestamp>,
    /// Only entries before this time.
    pub before: Option<Timestamp>,
}

/// How far the times of entries may disagree with their numbers: an entry has the time at which its request began, and
/// waits for the wallet. No function runs longer.
const DISORDER: Duration = Duration::from_mins(15);

/// How many entries one step of a search reads. The steps take the time, the reads the money: seven find one entry of
/// 100,000 in six steps.
const PROBES: u64 = 7;

/// The entries that a page with a label reads, so that one batch has their orders.
const READ_WITH_ORDERS: usize = 100;

/// The time of an entry, without the rest of it.
#[derive(Deserialize)]
struct Moment {
    seq: EntrySeq,
    at: Timestamp,
}

/// The labels of an order, without the rest of it.
#[derive(Deserialize)]
struct Labelled {
    id: OrderId,
    request: LabelledRequest,
}

#[derive(Deserialize)]
struct LabelledRequest {
    tags: BTreeMap<String, String>,
}

impl EntryFilter {
    /// Whether a page reads more than it returns.
    pub fn reads_more(&self) -> bool {
        let by_time = self.from.is_some() || self.before.is_some();
        by_time || self.kind.is_some() || self.order.is_some() || self.tag.is_some()
    }

    /// What the list needs no other item for.
    fn matches(&self, entry: &Entry) -> bool {
        self.kind.is_none_or(|kind| entry.kind == kind)
            && self.order.as_ref().is_none_or(|order| entry.cause.verification_id() == Some(order))
            && self.from.is_none_or(|from| entry.at >= from)
            && self.before.is_none_or(|before| entry.at < before)
    }

    fn conditions(&self) -> Result<Conditions, StoreError> {
        let mut conditions = Conditions::default();
        if let Some(kind) = self.kind {
            conditions.equal(&["kind"], serde_dynamo::to_attribute_value(kind)?);
        }
        if self.tag.is_some() {
            conditions.exists(&["cause", "verification_id"]);
        }
        Ok(conditions)
    }
}

impl Store {
    /// A page of a wallet's entries, newest first. `newest` is the number of the newest one. A page may be shorter than
    /// `limit` and still have a next one.
    pub async fn filtered_entries(
        &self,
        (owner, mode): (&UserId, Mode),
        newest: EntrySeq,
        filter: &EntryFilter,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<Entry>, StoreError> {
        if after.is_some_and(|cursor| !cursor.is_within(ENTRY_PREFIX, "ENTRY#~")) {
            return Ok(Page::empty());
        }
        let books = self.ledger().of(mode);
        let page = if let Some(order) = &filter.order {
            self.entries_of_order(books, owner, order, after).await?
        } else {
            let (within, probes) = books.search(owner, newest, filter.from, filter.before, after).await?;
            let page = books.between(owner, &within, filter, limit, after).await?;
            Page { read: page.read + probes, ..page }
        };
        let mut page = self.with_label(page, owner, filter).await?;
        page.items.retain(|entry| filter.matches(entry));
        Ok(page.cut_to(limit, |entry| keys::entry_sk(entry.seq)))
    }

    /// The entries of an order after the cursor, newest first; none if the order does not exist.
    async fn entries_of_order(
        &self,
        books: Books<'_>,
        owner: &UserId,
        order: &OrderId,
        after: Option<&Cursor>,
    ) -> Result<Page<Entry>, StoreError> {
        if order.mode() != books.mode {
            return Ok(Page::empty());
        }
        let Some(order) = self.record::<Order>(owner, order).await? else { return Ok(Page::empty()) };
        let is_next = |seq: &EntrySeq| after.is_none_or(|cursor| keys::entry_sk(*seq).as_str() < cursor.sk());
        let seqs: BTreeSet<EntrySeq> = order.timeline.iter().filter_map(|item| item.entry).filter(is_next).collect();
        let mut items = books.numbered::<Entry>(owner, seqs).await?;
        items.sort_by_key(|entry| std::cmp::Reverse(entry.seq));
        Ok(Page { read: items.len() + 1, items, next: None })
    }

    /// The entries of the page whose orders have the filter's label.
    async fn with_label(
        &self,
        mut page: Page<Entry>,
        owner: &UserId,
        filter: &EntryFilter,
    ) -> Result<Page<Entry>, StoreError> {
        let Some((name, value)) = &filter.tag else { return Ok(page) };
        let orders: BTreeSet<_> = page.items.iter().filter_map(|entry| entry.cause.verification_id()).collect();
        let wanted: Vec<Key> = orders.iter().map(|id| keys::order(owner, id)).collect();
        let rows = self.orders().0.get_many(&wanted, Consistency::Strong).await?;
        page.read += wanted.len();
        let labelled: Vec<Labelled> = rows.into_iter().map(item::read).collect::<Result<_, _>>()?;
        let has_it = |order: &Labelled| order.request.tags.get(name) == Some(value);
        let matching: BTreeSet<OrderId> = labelled.into_iter().filter(has_it).map(|order| order.id).collect();
        page.items.retain(|entry| entry.cause.verification_id().is_some_and(|id| matching.contains(id)));
        Ok(page)
    }
}

impl Books<'_> {
    /// The numbers among which all entries of a range of times are, and how many entries were read to find them. With a
    /// cursor the end is known.
    async fn search(
        self,
        owner: &UserId,
        newest: EntrySeq,
        from: Option<Timestamp>,
        before: Option<Timestamp>,
        after: Option<&Cursor>,
    ) -> Result<(RangeInclusive<EntrySeq>, usize), StoreError> {
        let (mut first, mut last, mut probes) = (1, EntrySeq::MAX, 0);
        if let Some(from) = from {
            let (found, read) = self.first_since(owner, newest, from.minus(DISORDER)).await?;
            (first, probes) = (found, probes + read);
        }
        if let (Some(before), None) = (before, after) {
            let (found, read) = self.first_since(owner, newest, before.plus(DISORDER)).await?;
            (last, probes) = (found, probes + read);
        }
        Ok((first..=last, probes))
    }

    /// The number of the first entry at or after this time, as far as times follow numbers; the number after the newest
    /// one if all are older. Also returns how many entries it read.
    async fn first_since(
        self,
        owner: &UserId,
        newest: EntrySeq,
        at: Timestamp,
    ) -> Result<(EntrySeq, usize), StoreError> {
        // It is among these; those below are earlier.
        let (mut low, mut high, mut read) = (1, newest + 1, 0);
        while low < high {
            let probes = probes(low, high);
            let found: Vec<Moment> = self.numbered(owner, probes.clone()).await?;
            read += probes.len();
            // Entries about play money are deleted in time, so a missing one is an early one.
            let is_late = |seq: &EntrySeq| found.iter().any(|entry| entry.seq == *seq && entry.at >= at);
            match probes.iter().find(|seq| is_late(seq)) {
                Some(late) => {
                    low = probes.range(..late).next_back().map_or(low, |early| early + 1);
                    high = *late;
                }
                None => low = probes.last().map_or(high, |early| early + 1),
            }
        }
        Ok((low, read))
    }

    /// A page of the entries with these numbers that meet the filter's conditions.
    async fn between(
        self,
        owner: &UserId,
        within: &RangeInclusive<EntrySeq>,
        filter: &EntryFilter,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<Entry>, StoreError> {
        let highest = keys::entry_sk((*within.end()).min(keys::LAST_ENTRY));
        let lowest = keys::entry_sk(*within.start());
        // The database rejects a range that ends before it begins, and a cursor outside of it.
        if lowest > highest || after.is_some_and(|cursor| !cursor.is_within(&lowest, &highest)) {
            return Ok(Page::empty());
        }
        let conditions = filter.conditions()?;
        let most = if filter.tag.is_some() { READ_WITH_ORDERS } else { conditions.reads(limit) };
        let entries = self.table.query(keys::wallet(owner, self.mode)).between(&lowest, &highest);
        entries.filtered(conditions).after(after).newest_first().strong().page(most).await
    }

    /// The entries with these numbers, in any order. Missing ones are left out.
    async fn numbered<T: DeserializeOwned>(
        self,
        owner: &UserId,
        seqs: BTreeSet<EntrySeq>,
    ) -> Result<Vec<T>, StoreError> {
        let wanted: Vec<Key> = seqs.into_iter().map(|seq| keys::entry(owner, self.mode, seq)).collect();
        let rows = self.table.get_many(&wanted, Consistency::Strong).await?;
        rows.into_iter().map(item::read).collect()
    }
}

/// The numbers to look at between `low` and `high`, which is not among them: evenly spread, at least one.
fn probes(low: EntrySeq, high: EntrySeq) -> BTreeSet<EntrySeq> {
    let span = high.saturating_sub(low);
    let place = |n| low + u64::try_from(u128::from(span) * u128::from(n) / u128::from(PROBES + 1)).unwrap_or(span);
    (1..=PROBES).map(place).filter(|seq| *seq < high).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn probes_are_between_the_bounds_and_leave_an_eighth(low in 1_u64..1_000_000, span in 1_u64..1_000_000) {
            let high = low + span;
            let probes = probes(low, high);
            prop_assert!(!probes.is_empty() && probes.len() <= 7);
            prop_assert!(probes.iter().all(|seq| (low..high).contains(seq)));
            let mut places: Vec<_> = probes.into_iter().collect();
            places.insert(0, low);
            places.push(high);
            prop_assert!(places.windows(2).all(|pair| pair[1] - pair[0] <= span / 8 + 1), "{:?}", places);
        }
    }
}
