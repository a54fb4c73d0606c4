//! Where do I file? A short path of questions for people without an eligible instance (SPEC 8), from the rules.

use crate::{
    edition::{CodeMade, Edition, Row, Scope, VerifiedBy},
    text::Lang,
};

/// A situation in which somebody asks where to file, with the rows that answer it; never without a row to name.
#[derive(Clone, Debug, PartialEq)]
pub enum Situation<'e> {
    /// There is no server yet.
    NoServer {
        /// What can be bought.
        products: Vec<&'e Row>,
    },
    /// The server stands with another provider.
    OtherProvider,
    /// The server stands outside the mainland.
    OutsideMainland,
    /// A product verified by the user name and password of the host.
    HostPassword(&'e Row),
    /// A product that another system files.
    FiledElsewhere(&'e Row),
    /// A product whose codes another system makes.
    CodesMadeElsewhere(&'e Row),
    /// A product whose code exists from the purchase on.
    CodeOnPurchase(&'e Row),
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

impl Situation<'_> {
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
    let mut found = vec![Situation::NoServer { products: edition.fileable().collect() }];
    found.extend([Situation::OtherProvider, Situation::OutsideMainland]);
    let verified = |by| rows().filter(move |row| row.verified_by.value == by);
    found.extend(verified(VerifiedBy::HostPassword).map(Situation::HostPassword));
    found.extend(verified(VerifiedBy::Elsewhere).map(Situation::FiledElsewhere));
    let made = |by| rows().filter(move |row| row.code_made.value == by);
    found.extend(made(CodeMade::Elsewhere).map(Situation::CodesMadeElsewhere));
    found.extend(made(CodeMade::OnPurchase).map(Situation::CodeOnPurchase));
    if !per_instance.is_empty() {
        found.push(Situation::InstanceQuotaUsedUp { products: per_instance });
    }
    if !per_account.is_empty() {
        found.push(Situation::AccountQuotaUsedUp { products: per_account });
    }
    found.push(Situation::OtherAccount);
    found
}
