//! Products verified by the credentials of their host.

use super::*;

#[test]
fn an_eligible_virtual_host_says_that_no_code_is_needed_and_where_its_password_is() {
    for id in EDITIONS {
        let [zh, en] = ask(id, "web-hosting", |_| ()).summary;
        assert!(zh.contains("不需要备案服务号") && zh.contains("账号信息"), "{zh}");
        assert!(en.contains("No service code is needed") && en.contains("Account information"), "{en}");
    }
}

#[test]
fn an_eligible_server_says_how_many_codes_are_left() {
    let [zh, en] = ask(E, "ecs", |f| f.codes_issued = 2).summary;
    assert!(zh.contains("3 个备案服务号"), "{zh}");
    assert!(en.contains("3 more service codes"), "{en}");
}

#[test]
fn an_eligible_virtual_host_says_how_many_sites_are_left() {
    let [zh, en] = ask(E, "web-hosting", |f| f.codes_issued = 2).summary;
    assert!(zh.contains("还剩 3 个网站的名额"), "{zh}");
    assert!(en.contains("3 more websites"), "{en}");
}

#[test]
fn an_eligible_jushita_instance_says_where_its_codes_are_made() {
    let [zh, en] = ask(E, "jushita-ecs", |_| ()).summary;
    assert!(zh.contains("创建备案许可号"), "{zh}");
    assert!(en.contains("Jushita console"), "{en}");
}
