//! Every sentence about what threatens a number in Chinese. `en_risk.rs` says the same in English.

use super::{Coming, Risk};
use jiff::civil::Date;
use std::net::IpAddr;

pub(super) fn risk(risk: &Risk) -> String {
    match risk {
        Risk::Released { instance, since } => {
            format!("网站所在的产品实例 {instance} 已于 {}释放，该处接入可能被取消。", on(*since))
        }
        Risk::Expired { instance, since } => {
            format!("网站所在的产品实例 {instance} 已于 {}到期。不续费的，该处接入可能被取消。", on(*since))
        }
        Risk::Ending { instance, on: end } => {
            format!(
                "网站所在的产品实例 {instance} 将于 {}到期。到期后不续费的，该处接入可能被取消。",
                on(*end)
            )
        }
        Risk::Unfit { instance } => {
            format!("网站所在的产品实例 {instance} 已不符合现行的备案规则，不能再用于新的备案。")
        }
        Risk::HostedNowhere { since } => {
            format!("网站最迟自 {}起没有在本服务商接入。长期没有接入的，管局可能会注销备案号。", on(*since))
        }
        Risk::Untrue { mend_by, hosted } => format!(
            "备案信息经核查不真实、不准确或缺失，须在 {}前（含当日）改正。逾期未改正的，{}。",
            on(*mend_by),
            if *hosted { "接入可能被取消" } else { "管局可能注销备案号" }
        ),
        Risk::DomainEnding { domain, on: end } => {
            format!("域名 {domain} 将于 {}到期。过期被删除后，新的持有者可以申请注销备案号。", on(*end))
        }
        Risk::DomainEnded { domain, on: end } => {
            format!("域名 {domain} 已于 {}到期。被删除后，新的持有者可以申请注销备案号。", on(*end))
        }
        Risk::DomainGone { domain, since } => {
            format!("自 {}起，各域名解析服务器都查不到域名 {domain}，域名可能已经停用或被删除。", on(*since))
        }
        Risk::PointsElsewhere { domain, since, seen } => format!(
            "自 {}起，域名 {domain} 没有解析到本服务商{}。网站实际接入与备案的接入服务商不一致的，管局可能注销备案号。",
            on(*since),
            addresses(seen)
        ),
        Risk::NumberNotShown { since } => {
            format!("自 {}起，网站首页底部没有标明备案号。主管部门可能责令改正。", on(*since))
        }
    }
}

/// The same in a few words.
pub(super) fn brief(risk: &Risk) -> String {
    match risk {
        Risk::Released { since, .. } => format!("产品实例已于 {since} 释放"),
        Risk::Expired { since, .. } => format!("产品实例已于 {since} 到期"),
        Risk::Ending { on, .. } => format!("产品实例将于 {on} 到期"),
        Risk::Unfit { .. } => "产品实例不再符合备案规则".to_owned(),
        Risk::HostedNowhere { since } => format!("自 {since} 起没有接入"),
        Risk::Untrue { mend_by, .. } => format!("备案信息有误，最晚 {mend_by} 改正"),
        Risk::DomainEnding { on, .. } => format!("域名将于 {on} 到期"),
        Risk::DomainEnded { on, .. } => format!("域名已于 {on} 到期"),
        Risk::DomainGone { since, .. } => format!("自 {since} 起查不到域名"),
        Risk::PointsElsewhere { since, .. } => format!("自 {since} 起域名没有解析到本服务商"),
        Risk::NumberNotShown { since } => format!("自 {since} 起首页没有标明备案号"),
    }
}

fn addresses(seen: &[IpAddr]) -> String {
    let seen: Vec<_> = seen.iter().map(ToString::to_string).collect();
    if seen.is_empty() { String::new() } else { format!("，而是 {}", seen.join("、")) }
}

pub(super) const fn about_risk(risk: &Risk) -> &'static str {
    match risk {
        Risk::Released { .. } => "请购买新的产品实例，并尽快办理接入备案。",
        Risk::Expired { .. } => "请立即续费；不再使用的，请将网站迁走，并在新的服务商办理接入备案。",
        Risk::Ending { .. } => "请在到期前续费；不再使用的，请提前将网站迁走，并在新的服务商办理接入备案。",
        Risk::Unfit { .. } => "请在实例详情中查看原因和处理方法。",
        Risk::HostedNowhere { .. } => {
            "请尽快在本服务商或新的服务商办理接入备案；已由其他服务商接入的，请在备案号页面登记；网站不再使用的，请申请注销。"
        }
        Risk::Untrue { .. } => "请办理变更备案，改正有误的信息。变更备案办结后，由服务商重新核查。",
        Risk::DomainEnding { .. } => "请在到期前向域名注册商续费；域名不再使用的，请办理变更备案或申请注销。",
        Risk::DomainEnded { .. } => {
            "请立即向域名注册商续费或赎回；域名不再使用的，请办理变更备案或申请注销。"
        }
        Risk::DomainGone { .. } => "请向域名注册商核实域名的状态；域名不再使用的，请办理变更备案或申请注销。",
        Risk::PointsElsewhere { .. } => {
            "请将域名解析到备案时验证的产品实例；网站已迁走的，请在新的服务商办理接入备案。"
        }
        Risk::NumberNotShown { .. } => "请在首页底部标明备案号，并链接到 https://beian.miit.gov.cn/。",
    }
}

pub(super) const fn coming(coming: Coming) -> &'static str {
    match coming {
        Coming::AccessDropped => "系统取消该处接入",
        Coming::AccessMayBeDropped => "服务商可以取消接入",
        Coming::BureauMayCancel => "管局可能注销备案号",
        Coming::OthersMayRegister => "域名可能被删除，新的持有者可以申请注销备案号",
        Coming::AuthorityMayDemand => "主管部门可能责令改正",
        Coming::NoNewFiling => "不能用于新的备案",
    }
}

fn on(day: Date) -> String {
    format!("{} 年 {} 月 {} 日", day.year(), day.month(), day.day())
}
