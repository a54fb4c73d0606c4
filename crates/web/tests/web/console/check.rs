//! Where do I file? One question, for anybody.

use crate::Given;
use testbed::Engine;

#[tokio::test]
async fn one_question_leads_to_an_answer_that_has_an_address() {
    let given = Given::on(Engine::Sqlite).await;
    let question = given.reader().opens("/check").await;
    question.says(&["我能备案吗？", "您的网站放在哪里", "云服务器 ECS", "聚石塔 ECS"]);
    for (at, says) in [
        ("no-server", &["请先购买可以备案的产品之一", "云服务器 ECS"][..]),
        ("other-provider", &["备案要在服务器所在的服务商提交"]),
        ("outside-mainland", &["无需备案", "需要先备案"]),
        (
            "ecs",
            &[
                "点击实例旁的“申请备案服务号”",
                "购买时长（含续费）至少 3 个月",
                "每个实例 5 个备案服务号",
                "请另购一个实例",
            ],
        ),
        ("elastic-web", &["请换一个账号，并在那个账号下购买实例", "请登录购买该实例的账号"]),
        ("web-hosting", &["不需要备案服务号", "账号信息"]),
        ("premium-hosting", &["不需要备案服务号", "95187"]),
        ("site-builder", &["购买时已经生成", "查看"]),
        ("jushita-ecs", &["备案服务号在其他系统生成", "聚石塔控制台"]),
        ("shop", &["不在这里备案", "旺铺备案系统"]),
        ("unsure", &["粘贴或上传"]),
    ] {
        let answer = given.reader().opens(&format!("/check?at={at}")).await;
        assert_eq!(answer.status, 200, "{at}");
        answer.says(says);
        answer.says(&["2020-10-16"]);
    }
    let english = given.reader().english().opens("/check?at=ecs").await;
    english.says(&[
        "How do I file with Elastic Compute Service?",
        "What the product must meet",
        "Buy another instance",
    ]);
}

#[tokio::test]
async fn who_files_elsewhere_is_not_told_what_a_product_must_meet_here() {
    let given = Given::on(Engine::Sqlite).await;
    let shop = given.reader().opens("/check?at=shop").await.text();
    assert!(!shop.contains("产品要满足什么") && !shop.contains("登录后"), "{shop}");
    let host = given.reader().opens("/check?at=web-hosting").await.text();
    assert!(!host.contains("点击实例旁的“申请备案服务号”"), "{host}");
}

#[tokio::test]
async fn an_answer_that_cannot_be_is_asked_for_again() {
    let given = Given::on(Engine::Sqlite).await;
    for at in ["", "none", "%3Cb%3E"] {
        let again = given.reader().opens(&format!("/check?at={at}")).await;
        assert_eq!(again.status, 422, "{at}");
        again.says(&["请选择网站所在的位置或产品"]);
        assert!(again.html.contains("<title>错误：") && !again.html.contains("<b>"), "{}", again.html);
    }
}
