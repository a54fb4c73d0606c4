//! Taking in codes that another system made, or that came with the purchase.

use crate::desk::{BUYER, NOW, at, but, good, stored, today, words};
use filing::{
    Refusal,
    codes::{Arrival, Arriving, Import, State, import},
};
use rulebook::{Facts, Lang, Rulebook, decide};

const BOUND: Import = Import::Taken(match filing::codes::Stored::ALL {
    [_, bound, ..] => bound,
});

fn imported(facts: &Facts, taken: u32, code: Arriving) -> Result<Import, Vec<&'static str>> {
    let decision = today(facts);
    import(&Arrival { decision: &decision, taken, code }).map_err(|refused| words(&refused))
}

/// The path, the action and what is told of the only reason.
fn told(facts: &Facts, taken: u32, code: Arriving) -> [String; 4] {
    let decision = today(facts);
    let refused = import(&Arrival { decision: &decision, taken, code }).unwrap_err();
    let [reason] = refused.reasons() else { panic!("{refused:?}") };
    let says = |lang| format!("{} {}", reason.message(lang), reason.suggestion(lang));
    [reason.path().into(), reason.action().into(), says(Lang::Zh), says(Lang::En)]
}

#[test]
fn a_code_of_another_system_is_taken_in_while_there_are_places() {
    let facts = good("jushita-ecs");
    assert_eq!(imported(&facts, 4, Arriving::New), Ok(BOUND));
    assert_eq!(imported(&facts, 5, Arriving::New), Err(vec!["no-place-left"]));
    let [path, action, zh, en] = told(&facts, 5, Arriving::New);
    assert_eq!([path, action], ["instance", "release-code"]);
    assert!(zh.starts_with("没有名额了：该实例最多有 5 个备案服务号，已有 5 个。"), "{zh}");
    assert!(en.starts_with("This instance can have at most 5 service codes, and it has 5."), "{en}");
}

#[test]
fn a_code_that_came_with_the_purchase_is_made_by_the_desk_when_none_is_named() {
    let facts = good("site-builder");
    assert_eq!(imported(&facts, 0, Arriving::Unmade), Ok(BOUND));
    assert_eq!(imported(&facts, 0, Arriving::New), Ok(BOUND));
    // Its place is taken although it is not used: the fact `codes_issued` is still 0.
    assert_eq!(facts.codes_issued, 0);
    assert_eq!(imported(&facts, 1, Arriving::Unmade), Err(vec!["no-place-left"]));
    // And used or not, it is places that are guarded.
    assert_eq!(imported(&but("site-builder", |facts| facts.codes_issued = 1), 0, Arriving::New), Ok(BOUND));
}

#[test]
fn nobody_but_the_other_system_makes_its_codes() {
    assert_eq!(imported(&good("jushita-ecs"), 0, Arriving::Unmade), Err(vec!["code-missing"]));
    let [path, action, ..] = told(&good("jushita-ecs"), 0, Arriving::Unmade);
    assert_eq!([path, action], ["code", "give-code"]);
}

#[test]
fn the_same_code_on_the_same_instance_is_no_error_even_when_its_own_place_was_the_last() {
    let known = Arriving::Known { stored: stored(State::Bound, true), here: true };
    assert_eq!(imported(&good("site-builder"), 1, known), Ok(Import::Before));
}

#[test]
fn a_code_known_elsewhere_is_told_beside_everything_else() {
    let known = Arriving::Known { stored: stored(State::Recorded, true), here: false };
    let forgotten = but("jushita-ecs", |facts| facts.account = None);
    assert_eq!(imported(&forgotten, 5, known), Err(vec!["known-code", "no-place-left", "unknown-buyer"]));
    let [path, action, zh, en] = told(&good("jushita-ecs"), 0, known);
    assert_eq!([path, action], ["code", "check-code"]);
    assert!(zh.starts_with("该备案服务号已经存在，状态是“已备案”，不能再次导入。"), "{zh}");
    assert!(en.contains("\"filed\"; it cannot be imported again."), "{en}");
}

#[test]
fn products_without_codes_from_elsewhere_take_none_in() {
    for (product, word, action) in [
        ("ecs", "issued-here", "have-it-issued"),
        ("web-hosting", "no-code-needed", "none-needed"),
        ("shop", "filed-elsewhere", "none-needed"),
        ("oss", "product-not-fileable", "check-product"),
    ] {
        // However many places are taken, and whether a code is named: it is of no use to tell that too.
        for code in [Arriving::New, Arriving::Unmade] {
            assert_eq!(imported(&good(product), 9, code), Err(vec![word]), "{product}");
        }
        assert_eq!(told(&good(product), 9, Arriving::New)[..2], ["instance", action], "{product}");
    }
}

#[test]
fn a_code_is_taken_in_although_its_instance_could_not_back_a_filing_today() {
    let expired = but("jushita-ecs", |facts| facts.expires_at = Some(at("2020-10-20T00:00:00+08:00")));
    assert_eq!(imported(&expired, 0, Arriving::New), Ok(BOUND));
    let abroad = but("site-builder", |facts| facts.region = Some("us-west-1".into()));
    assert_eq!(imported(&abroad, 0, Arriving::Unmade), Ok(BOUND));
}

#[test]
fn a_quota_for_the_whole_account_says_so() {
    let each = "quota = { codes = 5, per = \"instance\", assumed";
    assert!(rulebook::ALIYUN.contains(each));
    let text = rulebook::ALIYUN.replace(each, &each.replace("instance", "account"));
    let book = Rulebook::parse_bytes(text.as_bytes()).unwrap();
    let facts = good("jushita-ecs");
    let decision = decide(book.edition("2020-10-16").unwrap(), &facts, at(NOW), Some(BUYER));
    let refused = import(&Arrival { decision: &decision, taken: 5, code: Arriving::New }).unwrap_err();
    let message = |lang| refused.reasons()[0].message(lang);
    assert!(message(Lang::Zh).contains("该账号下的全部"), "{}", message(Lang::Zh));
    assert!(message(Lang::En).starts_with("All Jushita ECS instances"), "{}", message(Lang::En));
}
