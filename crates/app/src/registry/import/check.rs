//! What can be told of a subject by itself, before the desk is asked. Of the checks of orders those count that hold for whatever was
//! filed, whenever it was: forms, suffixes and services that are asked for today were not always.

use super::{FiledBefore, Trouble, WebsiteBefore, WhatTrouble};
use crate::accounts::is_name;
use filing::{
    checks::{Checking, FilingNumber, Known, TargetFault, Wanted, What, check, lookups, registrable},
    orders::{FiledNumber, Form, Kind, MOST_ADDRESSES, MOST_DOMAINS},
    registry::State,
};
use jiff::civil::Date;
use std::net::IpAddr;

/// Websites of one subject that are imported at most: its transaction stays short.
pub const MOST_WEBSITES_FILED: usize = 200;

/// Codes of checks that count for imports, too.
const CHECKED: [&str; 9] = [
    "nature-unknown",
    "certificate-kind-unknown",
    "region-form",
    "region-unknown",
    "service-unknown",
    "language-unknown",
    "access-method-unknown",
    "pre-approval-unknown",
    "domain-twice",
];

/// Something of which there is one: no other line of a file may have it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Claim {
    /// Where it stands.
    pub path: String,
    /// What it is.
    pub what: Claimed,
}

/// What there is one of. Personal data: it goes into no log.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Claimed {
    /// The number of a subject.
    Number(String),
    /// A domain, or the certificate of a subject.
    Named(Wanted),
}

impl FiledBefore {
    /// As it is kept: what was typed is tidied as that of an order is, and what is written in full and stands for nothing is left out.
    #[must_use]
    pub(super) fn tidied(self) -> Self {
        let Self { number, state, account, subject, websites } = self;
        let (mut sites, mut rest) = (Vec::new(), Vec::new());
        for WebsiteBefore { state, mut site, mut accesses } in websites {
            for address in accesses.iter_mut().flat_map(|access| &mut access.addresses) {
                *address = address.trim().to_owned();
            }
            site.addresses = accesses.iter().flat_map(|access| access.addresses.clone()).collect();
            sites.push(site);
            rest.push((state, accesses));
        }
        let target = Some(FiledNumber { number: Some(number) });
        let form = Form { target, subject: Some(subject), websites: sites, ..Form::default() }.tidied();
        let websites = form.websites.into_iter().zip(rest);
        Self {
            number: form.target.and_then(|target| target.number).unwrap_or_default(),
            state,
            account,
            subject: form.subject.unwrap_or_default(),
            websites: websites
                .map(|(site, (state, accesses))| WebsiteBefore { state, site, accesses })
                .collect(),
        }
    }

    /// What there is only one of, as lines of one file are held against each other. What is cancelled has its number alone.
    pub fn claims(&self) -> Vec<Claim> {
        let tidied = self.clone().tidied();
        let number = Claim { path: "number".to_owned(), what: Claimed::Number(tidied.number.clone()) };
        let mut claims = vec![number];
        let wanted =
            lookups(Kind::FirstFiling, &tidied.form()).into_iter().filter(|lookup| match lookup.wanted {
                Wanted::Certificate { .. } => !tidied.state.is_final(),
                Wanted::Domain(_) => lookup
                    .website()
                    .and_then(|nth| tidied.websites.get(nth))
                    .is_some_and(|website| !website.state.is_final()),
                Wanted::SubjectName(_) | Wanted::WebsiteName(_) => false,
            });
        claims.extend(wanted.map(|lookup| Claim { path: lookup.path, what: Claimed::Named(lookup.wanted) }));
        claims
    }

    /// As an order would have it.
    pub(super) fn form(&self) -> Form {
        let websites = self.websites.iter().map(|website| website.site.clone()).collect();
        Form { subject: Some(self.subject.clone()), websites, ..Form::default() }
    }

    /// Everything that is wrong with it by itself, once it is tidied.
    pub(super) fn troubles(&self, today: Date) -> Vec<Trouble> {
        let mut found = Vec::new();
        let mut push = |path: String, what| found.push(Trouble { path, what });
        if !is_name(&self.account) {
            push("account".to_owned(), WhatTrouble::BadAccount);
        }
        if self.state == State::AccessDropped {
            push("state".to_owned(), WhatTrouble::NoSuchState);
        }
        if self.websites.len() > MOST_WEBSITES_FILED {
            push("websites".to_owned(), WhatTrouble::TooMany { most: MOST_WEBSITES_FILED });
            return found;
        }
        match own_number(&self.number) {
            Err(what) => push("number".to_owned(), what),
            Ok(number) => {
                let region = self.subject.region.as_deref().and_then(|region| region.parse::<u32>().ok());
                if region.is_some_and(|region| region / 10_000 != number.province / 10_000) {
                    push("subject.region".to_owned(), WhatTrouble::OtherProvince);
                }
            }
        }
        for (nth, website) in self.websites.iter().enumerate() {
            for (path, what) in self.of_website(nth, website) {
                push(format!("websites[{nth}].{path}"), what);
            }
        }
        let known = Known::default();
        let faults = check(Checking { kind: Kind::FirstFiling, form: &self.form(), known: &known, today });
        let counting = faults.into_iter().filter(|fault| CHECKED.contains(&fault.what.code()));
        found
            .extend(counting.map(|fault| Trouble { path: fault.path, what: WhatTrouble::Check(fault.what) }));
        found
    }

    fn of_website(&self, nth: usize, website: &WebsiteBefore) -> Vec<(String, WhatTrouble)> {
        let WebsiteBefore { state, site, accesses } = website;
        let mut found = Vec::new();
        let number = site.number.as_deref().unwrap_or_default();
        let earlier = self.websites.iter().take(nth);
        let what = match FilingNumber::read(number) {
            _ if number.is_empty() => Some(WhatTrouble::NoNumber),
            Err(fault) => Some(of_check(fault)),
            Ok(read) if read.website.is_none() => Some(of_check(TargetFault::NotAWebsite)),
            Ok(read) if read.subject != self.number => Some(WhatTrouble::OfAnotherSubject),
            Ok(_) if earlier.clone().any(|other| other.site.number == site.number) => {
                Some(WhatTrouble::NumberTwice)
            }
            Ok(_) => None,
        };
        found.extend(what.map(|what| ("number".to_owned(), what)));
        if self.state.is_final() && !state.is_final() {
            found.push(("state".to_owned(), WhatTrouble::SubjectCancelled));
        }
        if *state != State::Active && !accesses.is_empty() {
            found.push(("accesses".to_owned(), WhatTrouble::HostedNowhere));
        }
        for (list, most, many) in [
            ("domains", MOST_DOMAINS, site.domains.len()),
            ("accesses", MOST_ADDRESSES, site.addresses.len().max(accesses.len())),
        ] {
            if many > most {
                found.push((list.to_owned(), WhatTrouble::TooMany { most }));
            }
        }
        for (at, domain) in site.domains.iter().enumerate() {
            let faults = registrable(domain).err().unwrap_or_default();
            found.extend(
                faults.into_iter().map(|fault| (format!("domains[{at}]"), WhatTrouble::Check(fault.into()))),
            );
        }
        for (at, access) in accesses.iter().enumerate() {
            for (which, address) in access.addresses.iter().enumerate() {
                if address.parse::<IpAddr>().is_err() {
                    found.push((format!("accesses[{at}].addresses[{which}]"), WhatTrouble::NoAddress));
                }
            }
        }
        found
    }
}

fn own_number(number: &str) -> Result<FilingNumber, WhatTrouble> {
    if number.is_empty() {
        return Err(WhatTrouble::NoNumber);
    }
    let read = FilingNumber::read(number).map_err(of_check)?;
    match read.website {
        None => Ok(read),
        Some(_) => Err(of_check(TargetFault::NotASubject { subject: read.subject })),
    }
}

fn of_check(fault: TargetFault) -> WhatTrouble {
    WhatTrouble::Check(What::from(fault))
}
