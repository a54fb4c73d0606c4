//! The English document (003): it dates nothing and sets no number, so it gives rise to no edition of its own.

use crate::desk::{EDITIONS, aliyun, ask, term};
use rulebook::Code;

#[test]
fn the_english_document_is_listed_but_no_row_rests_on_it_alone() {
    assert!(aliyun().document("003").is_some());
    for edition in &aliyun().editions {
        assert!(!edition.source.contains(&"003".to_owned()), "{}", edition.id);
    }
}

#[test]
fn an_ecs_instance_is_verified_by_a_service_code_in_every_edition() {
    for id in EDITIONS {
        assert_eq!(ask(id, "ecs", |_| ()).json["verified_by"], "service-code", "{id}");
    }
}

#[test]
fn an_exhausted_ecs_instance_is_replaced_by_another_in_every_edition() {
    for id in EDITIONS {
        let told = ask(id, "ecs", |f| f.codes_issued = 5);
        assert_eq!(told.remedy(Code::QuotaExhausted)["action"], "buy", "{id}");
    }
}

#[test]
fn an_expired_ecs_instance_gives_no_code_in_any_edition() {
    for id in EDITIONS {
        let told = ask(id, "ecs", |f| term(f, "2019-10-31", "2020-10-31"));
        assert_eq!(told.codes, [Code::Expired], "{id}");
    }
}
