//! A decision as JSON.

use super::*;

fn line(edition_id: &str, facts: &Facts, now: &str, asker: Option<&str>) -> String {
    let decision = decide(edition(edition_id), facts, at(now), asker);
    serde_json::to_string(&decision.report(Lang::Zh)).unwrap()
}

#[test]
fn a_decision_reads_as_the_promised_line_byte_for_byte() {
    let mut facts = good("swas");
    facts.id = "i-bp1…".into();
    zoned(&mut facts, "2020-10-15T00:00:00+08:00", "2020-11-15T00:00:00+08:00");
    let wanted = r#"{"instance":"i-bp1…","product":"swas","edition":"2020-10-16","at":"2020-11-01T00:00:00+08:00","verdict":"ineligible","verified_by":"service-code","quota":{"limit":5,"per":"instance","used":0,"left":5},"derived":[],"findings":[{"code":"purchased-term-short","blocking":true,"required":3,"actual":1,"remedy":{"action":"renew","months":2,"until":"2021-01-15T00:00:00+08:00"},"source":["004"],"message":""#;
    let line = line(E, &facts, "2020-11-01T00:00:00+08:00", None);
    assert_eq!(line.get(..wanted.len()), Some(wanted), "{line}");
    assert!(line.ends_with("\"}]}"), "{line}");
}

#[test]
fn an_eligible_decision_is_whole_and_omits_nothing() {
    let wanted = r#"{"instance":"i-1","product":"premium-hosting","edition":"2020-10-16","at":"2020-11-01T12:00:00+08:00","verdict":"eligible","verified_by":"host-password","quota":null,"derived":[],"findings":[]}"#;
    assert_eq!(line(E, &good("premium-hosting"), NOW, None), wanted);
}

#[test]
fn an_unknown_product_has_its_nulls() {
    let line = line(E, &good("toaster"), NOW, None);
    let wanted = r#"{"instance":"i-1","product":"toaster","edition":"2020-10-16","at":"2020-11-01T12:00:00+08:00","verdict":"ineligible","verified_by":null,"quota":null,"derived":[],"findings":[{"code":"product-not-fileable","blocking":true,"required":null,"actual":"toaster","remedy":{"action":"buy","products":["ecs",""#;
    assert_eq!(line.get(..wanted.len()), Some(wanted), "{line}");
}

#[test]
fn the_moment_is_told_in_shanghai_however_it_was_asked() {
    assert!(
        line(E, &good("ecs"), "2020-11-01T04:00:00Z", None).contains(r#""at":"2020-11-01T12:00:00+08:00""#)
    );
}

#[test]
fn a_renewal_beyond_the_calendar_says_null_and_is_not_omitted() {
    let mut facts = good("swas");
    zoned(&mut facts, "9999-12-20T00:00:00+08:00", "9999-12-21T00:00:00+08:00");
    assert!(line(E, &facts, "9999-12-01T00:00:00+08:00", None).contains(r#""until":null}"#));
}

#[test]
fn derived_facts_are_repeated_in_order() {
    let mut facts = good("ecs");
    facts.derived = [Fact::ExpiresAt, Fact::PurchasedAt].into_iter().collect::<FactSet>();
    assert!(line(E, &facts, NOW, None).contains(r#""derived":["purchased_at","expires_at"]"#));
}

#[test]
fn the_place_of_a_filing_elsewhere_follows_the_language() {
    let facts = good("shop");
    let decision = decide(edition(E), &facts, at(NOW), None);
    let place =
        |lang| serde_json::to_value(decision.report(lang)).unwrap()["findings"][0]["remedy"]["where"].clone();
    assert!(place(Lang::Zh).as_str().unwrap().contains("旺铺备案系统"));
    assert!(place(Lang::En).as_str().unwrap().contains("shop filing system"));
}

#[test]
fn quotation_marks_and_controls_in_facts_stay_inside_their_strings() {
    let mut facts = good("ecs");
    facts.id = "\"\\\n\u{7}".into();
    facts.region = Some("\"},{\"".into());
    let value: Value = serde_json::from_str(&line(E, &facts, NOW, None)).unwrap();
    assert_eq!(
        (&value["instance"], &value["findings"][0]["actual"]),
        (&json!("\"\\\n\u{7}"), &json!("\"},{\""))
    );
}
