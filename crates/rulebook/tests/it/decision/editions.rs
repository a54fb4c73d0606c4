//! Which edition decides.

use super::*;

#[test]
fn before_the_first_edition_nothing_is_decided() {
    let error = aliyun().in_force(at("2018-05-20T23:59:59+08:00")).unwrap_err();
    let wanted = NoEdition::Before {
        day: "2018-05-20".parse().unwrap(),
        first: "2018-05-21".into(),
        from: "2018-05-21".parse().unwrap(),
    };
    assert_eq!((error, NoEdition::CODE), (wanted, "no-edition"));
}

#[test]
fn the_first_edition_counts_from_its_midnight_in_shanghai() {
    assert_eq!(aliyun().in_force(at("2018-05-20T16:00:00Z")).unwrap().id, "2018-05-21");
}

#[test]
fn an_edition_named_explicitly_is_used_whatever_the_date() {
    for now in ["2000-01-01T00:00:00+08:00", NOW, "2099-01-01T00:00:00+08:00"] {
        for id in EDITIONS {
            assert_eq!(aliyun().edition_or_in_force(Some(id), at(now)).unwrap().id, id, "{now}");
        }
    }
}

#[test]
fn no_edition_named_means_the_newest_in_force() {
    assert_eq!(aliyun().edition_or_in_force(None, at(NOW)).unwrap().id, "2020-10-16");
}

#[test]
fn an_edition_that_does_not_exist_is_an_error_that_lists_the_others() {
    let error = aliyun().edition_or_in_force(Some("2020-10-17"), at(NOW)).unwrap_err();
    for lang in Lang::ALL {
        let message = error.message(lang);
        assert!(EDITIONS.into_iter().chain(["2020-10-17"]).all(|id| message.contains(id)), "{message}");
    }
}

#[test]
fn the_same_instance_is_decided_by_the_edition_of_its_day() {
    let mut facts = good("swas");
    term(&mut facts, "2020-08-16", "2020-11-16");
    let on = |now| Outcome::of(&decide(aliyun().in_force(at(now)).unwrap(), &facts, at(now), None)).codes;
    assert_eq!(on("2020-10-15T23:59:59+08:00"), [Code::RemainingTermShort]);
    assert_eq!(on("2020-10-16T00:00:00+08:00"), []);
}
