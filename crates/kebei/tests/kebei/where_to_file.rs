//! `kebei where`: the path of questions for people without an instance that may back a filing.

use crate::run;

#[test]
fn every_situation_of_the_edition_has_a_question_and_its_answer() {
    let said = run(&["where", "--edition", "2020-10-16"]);
    assert_eq!(said.status, 0, "{}", said.err);
    for words in [
        "还没有服务器？\n  请先购买可以备案的产品之一：云服务器 ECS、",
        "服务器在其他服务商？",
        "服务器不在中国内地？\n  无需备案。但域名只要解析到中国内地的服务器，就需要先备案。",
        "使用云享主机？",
        "95187",
        "使用诚信通旺铺？",
        "创建备案许可号",
        "账号的名额用完了？",
        "实例是用别的账号买的？",
    ] {
        assert!(said.out.contains(words), "{words}\n{}", said.out);
    }
}

#[test]
fn an_older_edition_answers_with_its_own_products() {
    let old = run(&["where", "--at", "2018-06-01", "--lang", "en"]);
    assert!(old.out.starts_with("Alibaba Cloud, edition 2018-05-21"), "{}", old.out);
    assert!(!old.out.contains("NAT Gateway"), "{}", old.out);
    let too_old = run(&["where", "--at", "2018-01-01", "--lang", "en"]);
    assert!(too_old.status == 2 && too_old.err.contains("[no-edition]"), "{}", too_old.err);
}

#[test]
fn programs_read_the_stable_words() {
    let said = run(&["where", "--edition", "2020-10-16", "--format", "json", "--lang", "en"]);
    let told: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(told["edition"]["id"], "2020-10-16");
    let words: Vec<_> =
        told["situations"].as_array().unwrap().iter().map(|step| &step["situation"]).collect();
    assert_eq!(words.first().unwrap(), &"eligible");
    let no_server = told["situations"].as_array().unwrap().iter().find(|it| it["situation"] == "no-server");
    let products = no_server.unwrap()["products"].as_array().unwrap();
    assert!(products.iter().any(|it| it["product"] == "ecs" && it["name"] == "Elastic Compute Service"));
    assert!(!products.iter().any(|it| it["product"] == "shop"), "{products:?}");
}

#[test]
fn another_providers_rulebook_says_nothing_of_the_first() {
    let said = run(&["where", "--rulebook", "rulebooks/example-host.toml"]);
    assert_eq!(said.status, 0, "{}", said.err);
    for foreign in ["阿里云", "ECS", "95187", "聚石塔", "旺铺"] {
        assert!(!said.out.contains(foreign), "{foreign}\n{}", said.out);
    }
}
