//! What single bureaus want beyond the common rules: dated rows, each with its source. Operators replace them; those that ship are
//! `data/provinces.toml`.

use super::data_file::{self, Expected, Fields, FileFault, Noted, Wrong, day, text, whole};
use crate::{orders::Kind, tables::PROVINCES};
use jiff::civil::Date;
use rulebook::Text;
use std::sync::{Arc, LazyLock};
use toml::de::DeValue;

/// The rules of the provinces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provinces(Arc<Vec<ProvinceRule>>);

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvinceRule {
    /// The province, six digits; 0 for all of them.
    pub region: u32,
    /// What is wanted.
    pub rule: Rule,
    /// Of whom.
    pub whom: Whom,
    /// For which kinds of orders; all of them where it is empty.
    pub orders: Vec<Kind>,
    /// From which day on.
    pub from: Date,
    /// Until which day, the first on which it stands no more.
    pub until: Option<Date>,
    /// Who says so.
    pub source: Text,
}

/// What a bureau can want.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The person who files has that many years.
    MinAge {
        /// How many.
        years: u32,
    },
    /// The address of letters and that of the certificate are in one city.
    SameCity,
    /// The ID card is one of the province.
    LocalIdCard,
    /// Whoever has an ID card of another province has a residence permit of this one.
    ResidencePermit,
    /// An order has that many domains at most.
    MostDomains {
        /// How many.
        count: u32,
        /// Only where the subject has more websites than that already.
        filed_above: Option<u32>,
    },
    /// A website has one domain.
    OneDomainPerWebsite,
    /// Domains end as those of the state do.
    Suffixes,
    /// The mobile phone is one of the province.
    LocalMobile,
    /// The person in charge is the legal representative.
    LegalRepresentative,
    /// The person in charge of every website is that of the subject.
    SamePerson,
    /// The person in charge has a resident ID card.
    MainlandPerson,
    /// Nobody files with the passport or the permanent residence of a foreigner.
    NoForeigners,
    /// From so many websites on, this order's included, a plan of them is added (网站建设方案书).
    WebsitePlan {
        /// How many.
        websites: u32,
    },
    /// The office for establishments approves beforehand (机构编制办公室).
    EstablishmentOffice,
}

/// Of whom something is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Whom {
    /// Of everybody.
    Everybody,
    /// Of those who file for themselves.
    Individuals,
    /// Of all others.
    Organisations,
    /// Of public institutions (事业单位).
    PublicInstitutions,
    /// Of bodies of the government (政府机关).
    GovernmentBodies,
}

/// The words of the rules in the file.
const RULES: [&str; 14] = [
    "min-age",
    "same-city",
    "local-id-card",
    "residence-permit",
    "most-domains",
    "one-domain-per-website",
    "suffixes",
    "local-mobile",
    "legal-representative",
    "same-person",
    "mainland-person",
    "no-foreigners",
    "website-plan",
    "establishment-office",
];
/// The words of those of whom something is wanted.
const WHOM: [&str; 5] =
    ["everybody", "individuals", "organisations", "public-institutions", "government-bodies"];
/// The words of the kinds of orders.
const ORDERS: [&str; 7] = [
    "first-filing",
    "add-website",
    "add-access",
    "change",
    "cancel-subject",
    "cancel-website",
    "cancel-access",
];

static SHIPPED: LazyLock<Provinces> = LazyLock::new(|| {
    // A test reads the file that ships.
    Provinces::parse(include_str!("../../data/provinces.toml")).unwrap_or_else(|_| Provinces(Arc::default()))
});

impl Provinces {
    /// Reads a file of rules. It is taken whole or not at all: any fault refuses it, and all are told together.
    pub fn parse(file: &str) -> Result<Self, Vec<FileFault>> {
        data_file::read(file, rows).map(|rows| Self(Arc::new(rows)))
    }

    /// Every row.
    pub fn rows(&self) -> &[ProvinceRule] {
        &self.0
    }

    /// The rows that stand on a day in a province: one for each rule and those of whom it is wanted.
    pub fn in_force(&self, province: u32, today: Date) -> impl Iterator<Item = &ProvinceRule> {
        let stands = move |row: &&ProvinceRule| {
            (row.region == 0 || row.region == province)
                && row.from <= today
                && row.until.is_none_or(|until| today < until)
        };
        self.0.iter().filter(stands).filter(move |row| {
            let mut others = self.0.iter().filter(stands);
            !others.any(|other| {
                other.is_about_the_same(row) && (other.region, other.from) > (row.region, row.from)
            })
        })
    }
}

impl ProvinceRule {
    fn is_about_the_same(&self, other: &Self) -> bool {
        std::mem::discriminant(&self.rule) == std::mem::discriminant(&other.rule) && self.whom == other.whom
    }
}

impl Default for Provinces {
    /// The rules that ship.
    fn default() -> Self {
        SHIPPED.clone()
    }
}

fn rows(mut file: Fields<'_, '_>, noted: &mut Noted<'_>) -> Option<Vec<ProvinceRule>> {
    let sources = file.texts_by_key(noted, "sources");
    let tables = file.tables(noted, "rules");
    file.finish(noted);
    let mut rows: Vec<ProvinceRule> = Vec::with_capacity(tables.len());
    let mut whole = true;
    for mut table in tables {
        let read = row(&mut table, noted, &sources);
        if let Some(row) = &read
            && rows.iter().any(|other| {
                other.is_about_the_same(row) && (other.region, other.from) == (row.region, row.from)
            })
        {
            table.note(noted, Wrong::Twice(format!("{:06} {}", row.region, row.rule.word())));
        }
        table.finish(noted);
        whole &= read.is_some();
        rows.extend(read);
    }
    whole.then_some(rows)
}

fn row(table: &mut Fields<'_, '_>, noted: &mut Noted<'_>, sources: &[(&str, Text)]) -> Option<ProvinceRule> {
    let region = table.need(noted, "region", Expected::Province, |value| {
        whole(value)
            .filter(|region| *region == 0 || PROVINCES.iter().any(|province| province.region == *region))
    });
    let word = table.need(noted, "rule", Expected::OneOf(&RULES), |value| {
        text(value).filter(|word| RULES.contains(word))
    });
    let rule = word.and_then(|word| rule(word, table, noted));
    let whom =
        table.need(noted, "whom", Expected::OneOf(&WHOM), |value| text(value).and_then(Whom::from_word));
    let orders = table.may(noted, "orders", Expected::OneOf(&ORDERS), orders);
    let from = table.need(noted, "from", Expected::Day, day);
    let until = table.may(noted, "until", Expected::Day, day);
    let source = table.need(noted, "source", Expected::Source, |value| {
        let id = text(value)?;
        sources.iter().find(|(known, _)| *known == id).map(|(_, text)| text.clone())
    });
    Some(ProvinceRule {
        region: region?,
        rule: rule?,
        whom: whom?,
        orders: orders.unwrap_or_default(),
        from: from?,
        until,
        source: source?,
    })
}

fn rule(word: &str, table: &mut Fields<'_, '_>, noted: &mut Noted<'_>) -> Option<Rule> {
    let number = |value: &DeValue<'_>| whole(value).filter(|number| *number > 0);
    Some(match word {
        "min-age" => Rule::MinAge { years: table.need(noted, "years", Expected::Number, number)? },
        "same-city" => Rule::SameCity,
        "local-id-card" => Rule::LocalIdCard,
        "residence-permit" => Rule::ResidencePermit,
        "most-domains" => {
            let filed_above = table.may(noted, "filed_above", Expected::Number, number);
            Rule::MostDomains { count: table.need(noted, "count", Expected::Number, number)?, filed_above }
        }
        "one-domain-per-website" => Rule::OneDomainPerWebsite,
        "suffixes" => Rule::Suffixes,
        "local-mobile" => Rule::LocalMobile,
        "legal-representative" => Rule::LegalRepresentative,
        "same-person" => Rule::SamePerson,
        "mainland-person" => Rule::MainlandPerson,
        "no-foreigners" => Rule::NoForeigners,
        "website-plan" => {
            Rule::WebsitePlan { websites: table.need(noted, "websites", Expected::Number, number)? }
        }
        "establishment-office" => Rule::EstablishmentOffice,
        _ => return None,
    })
}

fn orders(value: &DeValue<'_>) -> Option<Vec<Kind>> {
    let DeValue::Array(list) = value else { return None };
    list.iter().map(|word| text(word.get_ref()).and_then(Kind::from_word)).collect()
}

impl Rule {
    /// As the file has it.
    pub const fn word(self) -> &'static str {
        let [
            min_age,
            same_city,
            local_id_card,
            residence_permit,
            most_domains,
            one_domain,
            suffixes,
            local_mobile,
            legal_representative,
            same_person,
            mainland_person,
            no_foreigners,
            website_plan,
            establishment_office,
        ] = RULES;
        match self {
            Self::MinAge { .. } => min_age,
            Self::SameCity => same_city,
            Self::LocalIdCard => local_id_card,
            Self::ResidencePermit => residence_permit,
            Self::MostDomains { .. } => most_domains,
            Self::OneDomainPerWebsite => one_domain,
            Self::Suffixes => suffixes,
            Self::LocalMobile => local_mobile,
            Self::LegalRepresentative => legal_representative,
            Self::SamePerson => same_person,
            Self::MainlandPerson => mainland_person,
            Self::NoForeigners => no_foreigners,
            Self::WebsitePlan { .. } => website_plan,
            Self::EstablishmentOffice => establishment_office,
        }
    }
}

impl Whom {
    fn from_word(word: &str) -> Option<Self> {
        let all = [
            Self::Everybody,
            Self::Individuals,
            Self::Organisations,
            Self::PublicInstitutions,
            Self::GovernmentBodies,
        ];
        WHOM.into_iter().zip(all).find(|(known, _)| *known == word).map(|(_, whom)| whom)
    }

    /// Whether a subject of that nature is one of them: a number of [`crate::tables::NATURES`].
    pub const fn has(self, nature: u16) -> bool {
        match self {
            Self::Everybody => true,
            Self::Individuals => nature == crate::tables::INDIVIDUAL,
            Self::Organisations => nature != crate::tables::INDIVIDUAL,
            Self::PublicInstitutions => nature == 3,
            Self::GovernmentBodies => nature == 2,
        }
    }
}
