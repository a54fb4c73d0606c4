//! One row of an edition: what is written, laid over what the edition below says.

use super::{
    Read,
    tree::{Fields, Node, Noted},
};
use crate::{
    edition::{CodeMade, Condition, DocumentId, Limits, Quota, Row, Scope, Stated, VerifiedBy, Word, needed},
    fault::{Expected, FaultKind},
    text::Text,
};

/// A hundred years: nobody sells a longer term, and months stay far from the end of the calendar.
const MAX_MONTHS: u32 = 1200;
/// No instance backs more websites.
const MAX_CODES: u32 = 1_000_000;

/// What an edition does to a row.
pub(super) enum Change {
    /// It stands like this.
    Set(Box<Row>),
    /// The product may no longer back a filing.
    Withdrawn,
    /// It could not be read; the faults are noted.
    Faulty,
}

/// Reads the row of `product`; `base` is what the edition below says of it.
pub(super) fn change(
    product: &str,
    node: &Node<'_, '_>,
    noted: &mut Noted<'_>,
    listed: &[&str],
    base: Option<&Row>,
) -> Change {
    let Some(mut fields) = node.fields(noted, Expected::Table) else { return Change::Faulty };
    let source = fields.get("source").map(|node| node.documents(noted, listed)).unwrap_or_default();
    let assumed = fields.get("assumed").and_then(|node| node.truth(noted)).unwrap_or(false);
    if source.is_empty() && !assumed {
        fields.note(noted, FaultKind::NoSource);
    }
    if fields.get("withdrawn").and_then(|node| node.truth(noted)) == Some(true) {
        if base.is_none() {
            fields.note(noted, FaultKind::UnknownProduct(product.to_owned()));
        }
        fields.finish(noted);
        return Change::Withdrawn;
    }
    let reader = RowReader { listed, source: &source };
    let name = match (fields.get("name"), base) {
        (Some(node), _) => node.both_languages(noted),
        (None, Some(base)) => Some(base.name.clone()),
        (None, None) => {
            fields.note(noted, FaultKind::Missing { key: "name", expected: Expected::BothLanguages });
            None
        }
    };
    let aliases =
        fields.get("aliases").map(|node| node.texts(noted).into_iter().map(|(alias, _)| alias.to_owned()));
    let aliases = aliases.map(Iterator::collect).or_else(|| base.map(|base| base.aliases.clone()));
    let conditions = reader.conditions(&mut fields, noted, base);
    let verified_by = reader.word(&mut fields, noted, "verified_by", base.map(|base| &base.verified_by));
    let code_made = reader.word(&mut fields, noted, "code_made", base.map(|base| &base.code_made));
    let place = reader.text(&mut fields, noted, "where", base.and_then(|base| base.place.as_ref()));
    let credentials = base.and_then(|base| base.credentials_from.as_ref());
    let credentials_from = reader.text(&mut fields, noted, "credentials_from", credentials);
    let Some(name) = name else {
        fields.finish(noted);
        return Change::Faulty;
    };
    let conditions = with_term(conditions, &source);
    let row = Row {
        product: product.to_owned(),
        name,
        aliases: aliases.unwrap_or_default(),
        limits: Limits::of(&conditions),
        needed: needed(&conditions),
        conditions,
        source,
        assumed,
        verified_by,
        code_made,
        place,
        credentials_from,
    };
    sensible(&row, &fields, noted);
    fields.finish(noted);
    Change::Set(Box::new(row))
}

/// Adds the condition that every row asks and none writes down, and puts all in the order of reporting.
fn with_term(mut conditions: Vec<Stated<Condition>>, source: &[DocumentId]) -> Vec<Stated<Condition>> {
    conditions.retain(|stated| stated.value != Condition::InTerm);
    conditions.push(Stated { value: Condition::InTerm, source: source.to_vec(), assumed: false, note: None });
    conditions.sort_by_key(|stated| stated.value);
    conditions
}

/// Notes what can be written but makes no sense.
fn sensible(row: &Row, fields: &Fields<'_, '_>, noted: &mut Noted<'_>) {
    let sets = |of: fn(&Condition) -> bool| row.conditions.iter().any(|stated| of(&stated.value));
    let subscription = sets(|condition| *condition == Condition::Subscription);
    let term = sets(|c| matches!(c, Condition::PurchasedMonths(_) | Condition::RemainingMonths(_)));
    if term && !subscription {
        fields.note(noted, FaultKind::TermWithoutBilling);
    }
    let mut contradiction = |one, other| fields.note(noted, FaultKind::Contradiction { one, other });
    let elsewhere = row.verified_by.value == VerifiedBy::Elsewhere;
    let password = row.verified_by.value == VerifiedBy::HostPassword;
    let made = row.code_made.value;
    if elsewhere && sets(|condition| matches!(condition, Condition::Quota(_))) {
        contradiction("verified_by = \"elsewhere\"", "quota");
    }
    if elsewhere && sets(|condition| !matches!(condition, Condition::Quota(_) | Condition::InTerm)) {
        contradiction("verified_by = \"elsewhere\"", "billing, public_…, min_…");
    }
    if elsewhere && made != CodeMade::OnRequest {
        contradiction("verified_by = \"elsewhere\"", "code_made");
    }
    if password && made != CodeMade::OnRequest {
        contradiction("verified_by = \"host-password\"", "code_made");
    }
    if made == CodeMade::OnPurchase && row.quota().is_some_and(|quota| quota.per == Scope::Account) {
        contradiction("code_made = \"on-purchase\"", "quota.per = \"account\"");
    }
    if !password && row.credentials_from.is_some() {
        contradiction("credentials_from", "verified_by other than \"host-password\"");
    }
    let mut needs = |one, other| fields.note(noted, FaultKind::Needs { one, other });
    if elsewhere && row.place.is_none() {
        needs("verified_by = \"elsewhere\"", "where");
    }
    if made == CodeMade::Elsewhere && row.place.is_none() {
        needs("code_made = \"elsewhere\"", "where");
    }
    if password && row.credentials_from.is_none() {
        needs("verified_by = \"host-password\"", "credentials_from");
    }
    if made == CodeMade::OnPurchase && row.quota().is_none() {
        needs("code_made = \"on-purchase\"", "quota");
    }
}

fn word<T: Word>(node: &Node<'_, '_>, noted: &mut Noted<'_>) -> Option<T> {
    node.word(noted, T::WORDS, T::from_word)
}

/// Reads values that may carry a source of their own; without one the row's counts.
pub(super) struct RowReader<'r> {
    pub(super) listed: &'r [&'r str],
    pub(super) source: &'r [DocumentId],
}

/// The keys of conditions, in the order of reporting.
const CONDITIONS: [&str; 8] = [
    "billing",
    "public_bandwidth",
    "public_ip",
    "min_purchased_months",
    "min_remaining_months",
    "min_first_purchase_months",
    "min_order_amount",
    "quota",
];

/// The key under which rulebooks set a condition; `None` for the one that none writes down.
pub(crate) const fn key(condition: Condition) -> Option<&'static str> {
    Some(match condition {
        Condition::Subscription => "billing",
        Condition::PublicBandwidth => "public_bandwidth",
        Condition::PublicIp => "public_ip",
        Condition::PurchasedMonths(_) => "min_purchased_months",
        Condition::RemainingMonths(_) => "min_remaining_months",
        Condition::FirstPurchaseMonths(_) => "min_first_purchase_months",
        Condition::OrderAmount(_) => "min_order_amount",
        Condition::Quota(_) => "quota",
        Condition::InTerm => return None,
    })
}

impl RowReader<'_> {
    /// The conditions of the base, less those dropped, with those written here.
    fn conditions(
        &self,
        fields: &mut Fields<'_, '_>,
        noted: &mut Noted<'_>,
        base: Option<&Row>,
    ) -> Vec<Stated<Condition>> {
        let mut conditions = base.map(|base| base.conditions.clone()).unwrap_or_default();
        for (dropped, node) in fields.get("without").map(|node| node.texts(noted)).unwrap_or_default() {
            let before = conditions.len();
            conditions.retain(|stated| key(stated.value) != Some(dropped));
            if conditions.len() == before || fields.has(dropped) {
                node.note(noted, FaultKind::NothingToDrop(dropped.to_owned()));
            }
        }
        for (confirmed, node) in fields.get("confirms").map(|node| node.texts(noted)).unwrap_or_default() {
            match conditions.iter_mut().find(|stated| key(stated.value) == Some(confirmed)) {
                Some(stated) if !fields.has(confirmed) => stated.source = self.source.to_vec(),
                _ => node.note(noted, FaultKind::NothingToConfirm(confirmed.to_owned())),
            }
        }
        for name in CONDITIONS {
            let Some(node) = fields.get(name) else { continue };
            if let Some(stated) = self.condition(name, &node, noted) {
                conditions.retain(|other| key(other.value) != Some(name));
                conditions.extend(stated);
            }
        }
        conditions
    }

    /// One condition; `Some(None)` where it is written that it is not asked.
    fn condition(&self, key: &str, node: &Node<'_, '_>, noted: &mut Noted<'_>) -> Option<Read<Condition>> {
        if key == "quota" {
            return self.quota(node, noted).map(|quota| Some(quota.map(Condition::Quota)));
        }
        let stated = self.stated(node, noted, |node, noted| match key {
            "billing" => node.word(noted, &["subscription"], |word| {
                (word == "subscription").then_some(Some(Condition::Subscription))
            }),
            "public_bandwidth" => node.truth(noted).map(|asked| asked.then_some(Condition::PublicBandwidth)),
            "public_ip" => node.truth(noted).map(|asked| asked.then_some(Condition::PublicIp)),
            "min_order_amount" => node.amount(noted).map(Condition::OrderAmount).map(Some),
            "min_purchased_months" => node.whole(noted, MAX_MONTHS).map(Condition::PurchasedMonths).map(Some),
            "min_remaining_months" => node.whole(noted, MAX_MONTHS).map(Condition::RemainingMonths).map(Some),
            _ => node.whole(noted, MAX_MONTHS).map(Condition::FirstPurchaseMonths).map(Some),
        })?;
        let Stated { value, source, assumed, note } = stated;
        Some(value.map(|value| Stated { value, source, assumed, note }))
    }

    /// A value by itself, or `{ value = …, source = […], assumed = true, note = {…} }`.
    fn stated<T>(
        &self,
        node: &Node<'_, '_>,
        noted: &mut Noted<'_>,
        read: impl Fn(&Node<'_, '_>, &mut Noted<'_>) -> Option<T>,
    ) -> Read<T> {
        if !node.is_table() {
            let value = read(node, noted)?;
            return Some(Stated { value, source: self.source.to_vec(), assumed: false, note: None });
        }
        let mut fields = node.fields(noted, Expected::Table)?;
        let value = fields.need(noted, "value", Expected::Value);
        let value = value.and_then(|node| read(&node, noted));
        self.finish(fields, noted, value)
    }

    fn quota(&self, node: &Node<'_, '_>, noted: &mut Noted<'_>) -> Read<Quota> {
        let mut fields = node.fields(noted, Expected::Table)?;
        let codes = fields.need(noted, "codes", Expected::WholeNumber(MAX_CODES));
        let codes = codes.and_then(|node| node.whole(noted, MAX_CODES));
        let scopes = || Expected::OneOf(Scope::WORDS.to_vec());
        let per = fields.need(noted, "per", scopes()).and_then(|node| word(&node, noted));
        self.finish(fields, noted, codes.zip(per).map(|(codes, per)| Quota { codes, per }))
    }

    /// A text in both languages, which may carry a source as well; what the base has where it is not written.
    fn text(
        &self,
        fields: &mut Fields<'_, '_>,
        noted: &mut Noted<'_>,
        key: &'static str,
        base: Option<&Stated<Text>>,
    ) -> Read<Text> {
        let Some(node) = fields.get(key) else { return base.cloned() };
        let mut fields = node.fields(noted, Expected::BothLanguages)?;
        let text = fields.languages(noted);
        self.finish(fields, noted, text)
    }

    /// A word; what the base has, or the default, where it is not written.
    fn word<T: Word + Default>(
        &self,
        fields: &mut Fields<'_, '_>,
        noted: &mut Noted<'_>,
        key: &'static str,
        base: Option<&Stated<T>>,
    ) -> Stated<T> {
        let written = fields.get(key).and_then(|node| self.stated(&node, noted, word));
        written.or_else(|| base.cloned()).unwrap_or_else(|| Stated {
            value: T::default(),
            source: self.source.to_vec(),
            assumed: false,
            note: None,
        })
    }

    /// A word that the edition or its base must give.
    pub(super) fn policy<T: Word>(
        &self,
        fields: &mut Fields<'_, '_>,
        noted: &mut Noted<'_>,
        key: &'static str,
        base: Option<&Stated<T>>,
    ) -> Read<T> {
        match (fields.get(key), base) {
            (Some(node), _) => self.stated(&node, noted, word),
            (None, Some(base)) => Some(base.clone()),
            (None, None) => {
                let expected = Expected::OneOf(T::WORDS.to_vec());
                fields.note(noted, FaultKind::Missing { key, expected });
                None
            }
        }
    }

    /// Where a value is stated: its own documents, or none when it is assumed, or the row's.
    fn finish<T>(&self, mut fields: Fields<'_, '_>, noted: &mut Noted<'_>, value: Option<T>) -> Read<T> {
        let source = fields.get("source").map(|node| node.documents(noted, self.listed));
        let assumed = fields.get("assumed").and_then(|node| node.truth(noted)).unwrap_or(false);
        let note = fields.get("note").and_then(|node| node.both_languages(noted));
        if !assumed && source.as_ref().is_some_and(Vec::is_empty) {
            fields.note(noted, FaultKind::NoSource);
        }
        fields.finish(noted);
        let source = source.unwrap_or_else(|| if assumed { Vec::new() } else { self.source.to_vec() });
        Some(Stated { value: value?, source, assumed, note })
    }
}
