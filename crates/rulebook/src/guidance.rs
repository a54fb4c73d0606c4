//! Where do I file? A short path of questions for people without an eligible instance, from the rules.

use crate::{
    edition::{CodeMade, Edition, Row, Scope, Stated, VerifiedBy},
    text::{Lang, Text},
};

/// A situation in which somebody asks where to file, with the rows that answer it.
#[derive(Clone, Debug, PartialEq)]
pub enum Situation<'e> {
    /// There is an instance that meets the rules.
    Eligible,
    /// There is no server yet.
    NoServer {
        /// What can be bought.
        products: Vec<&'e Row>,
    },
    /// The server stands with another provider.
    OtherProvider,
    /// The server stands outside the mainland.
    OutsideMainland,
    /// Products verified by the user name and password of the host, which are found at the same place.
    HostPassword(Vec<&'e Row>),
    /// Products that another system files.
    FiledElsewhere(Vec<&'e Row>),
    /// Products whose codes another system makes.
    CodesMadeElsewhere(Vec<&'e Row>),
    /// Products whose code exists from the purchase on.
    CodeOnPurchase(Vec<&'e Row>),
    /// The quota of an instance is used up.
    InstanceQuotaUsedUp {
        /// The products that have such a quota.
        products: Vec<&'e Row>,
    },
    /// The quota of an account is used up.
    AccountQuotaUsedUp {
        /// The products that have such a quota.
        products: Vec<&'e Row>,
    },
    /// Another account bought the instance.
    OtherAccount,
}

impl<'e> Situation<'e> {
    /// As answers carry it: a stable word for programs.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::NoServer { .. } => "no-server",
            Self::OtherProvider => "other-provider",
            Self::OutsideMainland => "outside-mainland",
            Self::HostPassword(_) => "host-password",
            Self::FiledElsewhere(_) => "filed-elsewhere",
            Self::CodesMadeElsewhere(_) => "codes-made-elsewhere",
            Self::CodeOnPurchase(_) => "code-on-purchase",
            Self::InstanceQuotaUsedUp { .. } => "instance-quota-used-up",
            Self::AccountQuotaUsedUp { .. } => "account-quota-used-up",
            Self::OtherAccount => "other-account",
        }
    }

    /// The products that it is about; none where it is about any.
    pub fn products(&self) -> &[&'e Row] {
        match self {
            Self::Eligible | Self::OtherProvider | Self::OutsideMainland | Self::OtherAccount => &[],
            Self::HostPassword(rows)
            | Self::FiledElsewhere(rows)
            | Self::CodesMadeElsewhere(rows)
            | Self::CodeOnPurchase(rows)
            | Self::NoServer { products: rows }
            | Self::InstanceQuotaUsedUp { products: rows }
            | Self::AccountQuotaUsedUp { products: rows } => rows,
        }
    }

    /// The situation, as the person in it would say it.
    pub fn question(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => crate::zh_page::question(self),
            Lang::En => crate::en_page::question(self),
        }
    }

    /// What to do.
    pub fn answer(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => crate::zh_page::answer(self),
            Lang::En => crate::en_page::answer(self),
        }
    }
}

/// The situations that the edition has an answer for.
pub fn guidance(edition: &Edition) -> Vec<Situation<'_>> {
    let rows = || edition.rows().iter();
    let with_quota =
        |scope| rows().filter(move |row| row.quota().is_some_and(|quota| quota.per == scope)).collect();
    let (per_instance, per_account): (Vec<_>, Vec<_>) =
        (with_quota(Scope::Instance), with_quota(Scope::Account));
    let mut found = vec![Situation::Eligible, Situation::NoServer { products: edition.fileable().collect() }];
    found.extend([Situation::OtherProvider, Situation::OutsideMainland]);
    let verified = |by| rows().filter(move |row| row.verified_by.value == by);
    found.extend(alike(verified(VerifiedBy::HostPassword)).into_iter().map(Situation::HostPassword));
    found.extend(alike(verified(VerifiedBy::Elsewhere)).into_iter().map(Situation::FiledElsewhere));
    let made = |by| rows().filter(move |row| row.code_made.value == by);
    found.extend(alike(made(CodeMade::Elsewhere)).into_iter().map(Situation::CodesMadeElsewhere));
    found.extend(alike(made(CodeMade::OnPurchase)).into_iter().map(Situation::CodeOnPurchase));
    if !per_instance.is_empty() {
        found.push(Situation::InstanceQuotaUsedUp { products: per_instance });
    }
    if !per_account.is_empty() {
        found.push(Situation::AccountQuotaUsedUp { products: per_account });
    }
    found.push(Situation::OtherAccount);
    found
}

/// Puts rows together that send people to the same place.
fn alike<'e>(rows: impl Iterator<Item = &'e Row>) -> Vec<Vec<&'e Row>> {
    let place = |row: &'e Row| {
        let text = |stated: &'e Option<Stated<Text>>| stated.as_ref().map(|stated| &stated.value);
        (text(&row.place), text(&row.credentials_from))
    };
    let mut groups: Vec<Vec<&Row>> = Vec::new();
    for row in rows {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| place(first) == place(row))) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups
}
