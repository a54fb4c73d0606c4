//! Every sentence about what threatens a number in English. `zh_risk.rs` says the same in Chinese.

use super::{Coming, Risk};
use std::net::IpAddr;

pub(super) fn risk(risk: &Risk) -> String {
    match risk {
        Risk::Released { instance, since } => {
            format!(
                "The instance {instance}, which hosts the website, was released on {since}. That access may be dropped."
            )
        }
        Risk::Expired { instance, since } => format!(
            "The instance {instance}, which hosts the website, expired on {since}. Unless it is renewed, that access may be dropped."
        ),
        Risk::Ending { instance, on } => format!(
            "The instance {instance}, which hosts the website, expires on {on}. Unless it is renewed, that access may be dropped afterwards."
        ),
        Risk::Unfit { instance } => format!(
            "The instance {instance}, which hosts the website, no longer meets the rules in force: it can back no new filing."
        ),
        Risk::HostedNowhere { since } => format!(
            "The website has not been hosted here since {since} at the latest. The bureau may cancel a number that is hosted nowhere for long."
        ),
        Risk::Untrue { mend_by, hosted } => format!(
            "What is filed was found untrue, inaccurate or missing, and has to be mended by {mend_by}. If it is not, {}.",
            if *hosted { "the access may be dropped" } else { "the bureau may cancel the number" }
        ),
        Risk::DomainEnding { domain, on } => format!(
            "The domain {domain} expires on {on}. Once it is deleted, its next holder can have the number cancelled."
        ),
        Risk::DomainEnded { domain, on } => format!(
            "The domain {domain} expired on {on}. Once it is deleted, its next holder can have the number cancelled."
        ),
        Risk::DomainGone { domain, since } => format!(
            "No resolver has found the domain {domain} since {since}: it may be suspended or deleted."
        ),
        Risk::PointsElsewhere { domain, since, seen } => format!(
            "The domain {domain} has not led to this provider since {since}{}. The bureau may cancel the number of a website that is not where it is filed.",
            addresses(seen)
        ),
        Risk::NumberNotShown { since } => format!(
            "The number has not been at the foot of the home page since {since}. The authority may demand that it be put there."
        ),
    }
}

/// The same in a few words.
pub(super) fn brief(risk: &Risk) -> String {
    match risk {
        Risk::Released { since, .. } => format!("Instance released on {since}"),
        Risk::Expired { since, .. } => format!("Instance expired on {since}"),
        Risk::Ending { on, .. } => format!("Instance expires on {on}"),
        Risk::Unfit { .. } => "Instance no longer meets the rules".to_owned(),
        Risk::HostedNowhere { since } => format!("Hosted nowhere since {since}"),
        Risk::Untrue { mend_by, .. } => format!("Something filed is untrue: mend it by {mend_by}"),
        Risk::DomainEnding { on, .. } => format!("Domain expires on {on}"),
        Risk::DomainEnded { on, .. } => format!("Domain expired on {on}"),
        Risk::DomainGone { since, .. } => format!("Domain not found since {since}"),
        Risk::PointsElsewhere { since, .. } => format!("Domain has led elsewhere since {since}"),
        Risk::NumberNotShown { since } => format!("Number not on the home page since {since}"),
    }
}

fn addresses(seen: &[IpAddr]) -> String {
    let seen: Vec<_> = seen.iter().map(ToString::to_string).collect();
    if seen.is_empty() { String::new() } else { format!(", but to {}", seen.join(", ")) }
}

pub(super) const fn about_risk(risk: &Risk) -> &'static str {
    match risk {
        Risk::Released { .. } => "Buy another instance and file the access on it soon.",
        Risk::Expired { .. } => {
            "Renew it now; or move the website elsewhere and file the access with the new provider."
        }
        Risk::Ending { .. } => {
            "Renew it before that day; or move the website in time and file the access with the new provider."
        }
        Risk::Unfit { .. } => "See the reasons and remedies with the instance.",
        Risk::HostedNowhere { .. } => {
            "File the access here or with another provider soon; if another provider hosts it already, say so with the number; if the website is no longer needed, have it cancelled."
        }
        Risk::Untrue { .. } => {
            "File a change that puts right what is wrong. Once it is filed, the provider checks again."
        }
        Risk::DomainEnding { .. } => {
            "Renew it with its registrar before that day; if it is no longer needed, file a change or have the number cancelled."
        }
        Risk::DomainEnded { .. } => {
            "Renew or redeem it with its registrar now; if it is no longer needed, file a change or have the number cancelled."
        }
        Risk::DomainGone { .. } => {
            "Ask its registrar what became of it; if it is no longer needed, file a change or have the number cancelled."
        }
        Risk::PointsElsewhere { .. } => {
            "Point it at the instance that was verified for the filing; if the website has moved, file the access with the new provider."
        }
        Risk::NumberNotShown { .. } => {
            "Put the number at the foot of the home page, with a link to https://beian.miit.gov.cn/."
        }
    }
}

pub(super) const fn coming(coming: Coming) -> &'static str {
    match coming {
        Coming::AccessDropped => "the desk drops that access",
        Coming::AccessMayBeDropped => "the provider may drop the access",
        Coming::BureauMayCancel => "the bureau may cancel the number",
        Coming::OthersMayRegister => {
            "the domain may be deleted; whoever registers it then can have the number cancelled"
        }
        Coming::AuthorityMayDemand => "the authority may demand that it be mended",
        Coming::NoNewFiling => "it backs no new filing",
    }
}
