//! The rulebook as operators keep it: a draft is looked at before it is proposed, nothing happens by looking, and another publishes it.

use super::browser::Browser;
use crate::{Given, rulebook::longer};
use app::{Operator, access::Role, rulebooks::PublishRulebook};
use axum::http::StatusCode;
use rulebook::ALIYUN;
use testbed::Engine;

const BOUNDARY: &str = "----story";
const FORM: &str = "application/x-www-form-urlencoded";

impl Browser<'_> {
    /// Sends a draft as the form on the page does: pasted, or as a file.
    async fn shows_draft(&mut self, pasted: &str, file: &[u8]) {
        self.goes_to("/rulebook").await;
        let token = self.hidden("token");
        self.shows_draft_with(&token, pasted, file).await;
    }

    /// The page of the proposal of that draft.
    async fn proposes(&mut self, draft: &str) -> String {
        self.shows_draft(draft, b"").await;
        self.sends(&[]).await;
        self.address.strip_suffix("?done=proposed").unwrap_or_else(|| panic!("{}", self.html)).to_owned()
    }

    async fn shows_draft_with(&mut self, token: &str, pasted: &str, file: &[u8]) {
        let parts: [(&str, &[u8]); 3] = [
            ("name=\"token\"", token.as_bytes()),
            ("name=\"text\"", pasted.as_bytes()),
            ("name=\"file\"; filename=\"draft.toml\"", file),
        ];
        let mut body = Vec::new();
        for (head, content) in parts {
            let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; {head}\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        self.posts("/rulebook/draft", "multipart/form-data; boundary=----story", body).await;
    }
}

/// A draft by which no server may back a filing any more, with lines that end as browsers end them.
fn stricter() -> String {
    let text = longer() + "[editions.products.ecs]\nsource = [\"004\"]\nmin_purchased_months = 120\n";
    text.replace('\n', "\r\n")
}

impl Given {
    /// Whoever has the machine publishes that.
    async fn published_alone(&self, text: &str) {
        let operator = Operator::parse("wei").unwrap();
        let publish = PublishRulebook { text: text.as_bytes().to_vec(), operator, dry_run: false };
        self.desk.publish_rulebook(publish).await.unwrap();
    }

    async fn second_operator(&self) -> Browser<'_> {
        self.user("pei", Role::Operator, None).await;
        self.browser_of("pei").await
    }

    async fn text_in_force(&self) -> Vec<u8> {
        self.seen(Role::Operator, "/api/v1/rulebook").await.bytes
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_sees_who_loses_by_a_draft_and_proposes_what_he_saw_once() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.operator().await;
    browser.goes_to("/rulebook").await;
    for words in ["2020-10-16 版，自 2020-10-16 起适用", "当前适用", "与 2020-01-01 版比较", "下载当前规则集"]
    {
        browser.reads(words);
    }
    browser.shows_draft(&stricter(), b"").await;
    assert_eq!(browser.status, StatusCode::OK, "{}", browser.html);
    for words in [
        "草稿的影响：从 2020-10-16 版到 2020-12-01 版",
        "2020-12-01 版，自 2020-12-01 起适用",
        "购买时长（含续费）至少 120 个月",
        "1 个账号有实例不再可备案，0 个账号有实例变为可备案",
        "i-7",
        "acc-7",
        "可备案 → 不可备案",
        "未使用的 0 个",
        "要由另一名管理员复核同意，才会发布",
    ] {
        browser.reads(words);
    }
    let form = browser.body_with(&[]).into_bytes();
    let mut proposals = Vec::new();
    for click in 1..=2 {
        browser.posts("/rulebook/propose", FORM, form.clone()).await;
        assert!(browser.address.ends_with("?done=proposed"), "click {click}: {}", browser.html);
        proposals.push(browser.address.clone());
    }
    assert_eq!(proposals[0], proposals[1], "sent twice, it is proposed once");
    browser.reads("已提请发布");
    assert_eq!(given.text_in_force().await, ALIYUN.as_bytes(), "nothing is published yet");
    browser.goes_to("/rulebook").await;
    browser.reads("等待复核的规则集");
    browser.shows_draft(&stricter(), b"").await;
    browser.sends(&[]).await;
    browser.reads("ou 已经提请发布同样的规则集");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_operator_reads_what_changes_and_publishes_it_once() {
    let given = Given::on(Engine::Sqlite).await;
    let mut proposer = given.operator().await;
    let at = proposer.proposes(&stricter()).await;
    proposer.goes_to("/proposals").await;
    proposer.reads("发布规则集：新增 2020-12-01 版");
    proposer.reads("您提出的");
    let mut other = given.second_operator().await;
    other.goes_to("/proposals").await;
    assert!(other.html.contains(&format!("href=\"{at}\"")), "{}", other.html);
    other.goes_to(&at).await;
    for words in [
        "ou",
        "待复核",
        "规则有哪些变化：从 2020-10-16 版到 2020-12-01 版",
        "购买时长（含续费）至少 120 个月",
        "全文有哪些改动",
        "发布后不能撤销",
    ] {
        other.reads(words);
    }
    let line = "</b> min_purchased_months = 120</ins>";
    assert!(other.html.contains(line), "{}", other.html);
    other.goes_to(&format!("{at}/draft.toml")).await;
    assert_eq!(other.bytes, stricter().replace("\r\n", "\n").into_bytes());
    other.goes_to(&format!("{at}/impact")).await;
    other.reads("提请发布的规则集的影响：从 2020-10-16 版到 2020-12-01 版");
    other.reads("1 个账号有实例不再可备案，0 个账号有实例变为可备案");
    other.goes_to(&at).await;
    other.sends_that_with("同意，立即发布", &[("confirmation", "2020-10-16")]).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    other.reads("输入的内容不一致，没有发布");
    assert_eq!(given.text_in_force().await, ALIYUN.as_bytes(), "not confirmed");
    let (address, body) = other.form_with("同意，立即发布", &[("confirmation", " ２０２０－12-01 ")]);
    for click in 1..=2 {
        other.posts(&address, FORM, body.clone().into_bytes()).await;
        assert_eq!(other.address, format!("{at}?done=agreed"), "click {click}: {}", other.html);
    }
    other.reads("规则集已发布");
    assert!(!other.html.contains("/agree\""), "{}", other.html);
    assert_eq!(given.text_in_force().await, stricter().replace("\r\n", "\n").into_bytes());
    proposer.shows_draft("", stricter().as_bytes()).await;
    proposer.reads("这就是当前的规则集，不用发布");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_belongs_to_no_edition_is_read_line_by_line_and_confirmed_by_the_digest() {
    let given = Given::on(Engine::Sqlite).await;
    let mut proposer = given.operator().await;
    let at = proposer.proposes(&format!("# 地区以后再补\n{ALIYUN}")).await;
    let mut other = given.second_operator().await;
    other.goes_to(&at).await;
    assert!(other.html.contains("<ins><b>+ 1</b> # 地区以后再补</ins>"), "{}", other.html);
    assert!(!other.html.contains("<del>"), "{}", other.html);
    other.sends_that_with("同意，立即发布", &[("confirmation", "2020-10-16")]).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = other.text();
    let asked = text.split("输入校验值的前 8 位 ").nth(1).unwrap();
    let digest: String = asked.chars().take(8).collect();
    other.sends_that_with("同意，立即发布", &[("confirmation", &digest)]).await;
    other.reads("规则集已发布");
    assert!(given.text_in_force().await.starts_with("# 地区以后再补".as_bytes()));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_proposed_a_draft_cannot_agree_and_takes_it_back() {
    let given = Given::on(Engine::Sqlite).await;
    let mut proposer = given.operator().await;
    let at = proposer.proposes(&stricter()).await;
    proposer.goes_to(&at).await;
    proposer.reads("这是您提请的，不能由您自己同意，用您的其他密钥也不行");
    assert!(!proposer.html.contains("/agree\""), "{}", proposer.html);
    let body = proposer.body_with(&[("confirmation", "2020-12-01")]).into_bytes();
    proposer.posts(&format!("{at}/agree"), FORM, body).await;
    assert_eq!(proposer.status, StatusCode::UNPROCESSABLE_ENTITY);
    proposer.reads("不能同意自己的提议");
    proposer.sends_that_with("撤回提议", &[]).await;
    assert_eq!(proposer.address, format!("{at}?done=declined"));
    proposer.reads("已撤回");
    let mut english = proposer.english();
    english.goes_to(&at).await;
    english.reads("taken back");
    english.goes_to("/proposals").await;
    assert!(!english.html.contains(&at), "{}", english.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_declined_with_a_reason_in_english() {
    let given = Given::on(Engine::Sqlite).await;
    let mut proposer = given.operator().await;
    let at = proposer.proposes(&stricter()).await;
    let mut other = given.second_operator().await.english();
    other.goes_to(&at).await;
    for words in
        ["Publish a rulebook: with 2020-12-01", "waiting", "Agree, and publish it now", "Why it is declined"]
    {
        other.reads(words);
    }
    other.sends_that_with("/decline\"", &[("reason", " ")]).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    other.reads("It is not said why it is declined.");
    other.sends_that_with("/decline\"", &[("reason", "The day <b>is</b> wrong.")]).await;
    assert_eq!(other.address, format!("{at}?done=declined"), "{}", other.html);
    other.reads("Nothing was published, and it is over");
    proposer.goes_to(&at).await;
    proposer.reads("已否决");
    assert!(proposer.html.contains("The day &#60;b&#62;is"), "{}", proposer.html);
    assert_eq!(given.text_in_force().await, ALIYUN.as_bytes());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_something_else_was_published_after_cannot_be_agreed_to() {
    let given = Given::on(Engine::Sqlite).await;
    let mut proposer = given.operator().await;
    let at = proposer.proposes(&stricter()).await;
    given.published_alone(&format!("{ALIYUN}\n# a note\n")).await;
    let mut other = given.second_operator().await;
    other.goes_to(&at).await;
    other.reads("不能再按提请时的内容发布");
    other.reads("提请发布之后，又有别的规则集发布");
    assert!(!other.html.contains("/agree\""), "{}", other.html);
    let body = other.body_with(&[("confirmation", "2020-12-01")]).into_bytes();
    other.posts(&format!("{at}/agree"), FORM, body).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_ne!(given.text_in_force().await, stricter().replace("\r\n", "\n").into_bytes());
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_and_orders_that_a_draft_hits_are_told() {
    let given = Given::on(Engine::Sqlite).await;
    let lin = given.filled(given.key(Role::Customer), "i-7", 1).await;
    given.sent_to_bureau(&lin).await;
    let mut browser = given.operator().await.english();
    browser.shows_draft(&stricter(), b"").await;
    for words in ["and 1 that orders under way use", "Orders under way that are hit: 1.", "First filing"] {
        browser.reads(words);
    }
    assert!(browser.html.contains("href=\"/review/"), "{}", browser.html);
}

#[tokio::test]
async fn every_mistake_is_told_with_its_line_and_the_draft_is_kept() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.operator().await;
    browser.shows_draft("", b"").await;
    browser.reads("请粘贴规则集全文，或选择一个文件。");
    let broken = ALIYUN.replacen("billing = \"subscription\"", "billing = \"<b>monthly\"", 1);
    let line = ALIYUN.lines().position(|line| line.contains("billing = \"subscription\"")).unwrap() + 1;
    browser.shows_draft("", broken.as_bytes()).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(browser.title().starts_with("错误："), "{}", browser.title());
    browser.reads(&format!("第 {line} 行"));
    browser.reads("草稿中有 1 处错误");
    assert!(!browser.html.contains("<b>") && browser.html.contains("阿里云"), "kept, and escaped");
    browser.shows_draft("", b"name = \"\xff\"").await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.reads("第 1 行");
    let without = ALIYUN.replace("2020-10-16", "2020-10-17");
    browser.shows_draft(&without, b"").await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY, "an edition is missing");
    browser.reads("2020-10-16");
    browser.shows_draft("", &vec![b'#'; 300 << 10]).await;
    browser.reads("内容超过 256 KB");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_published_meanwhile_is_looked_at_before_anything_else_is() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.operator().await;
    browser.shows_draft(&stricter(), b"").await;
    given.published_alone(&format!("{ALIYUN}\n# a note\n")).await;
    browser.sends(&[]).await;
    assert_eq!(browser.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.reads("您查看影响之后，规则集已经更新，没有提请");
    browser.sends(&[]).await;
    assert!(browser.address.ends_with("?done=proposed"), "now it was seen: {}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_new_editions_each_can_be_looked_at() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.operator().await;
    let two = longer()
        + "\n[[editions]]\nid = \"2021-01-01\"\neffective = 2021-01-01\nbased_on = \"2020-12-01\"\nsource = [\"004\"]\n[editions.products]\n";
    browser.shows_draft(&two, b"").await;
    browser.reads("草稿的影响：从 2020-10-16 版到 2021-01-01 版");
    assert!(browser.html.contains("<option value=\"2020-12-01\""), "{}", browser.html);
    browser.reads("与当前适用的版本相比，规则没有变化。");
    browser.reads("没有实例的判定会改变。");
    browser.reads("另有 1 种产品的实例全部不变");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_no_page_of_ours_sent_is_not_looked_at() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.operator().await;
    browser.shows_draft_with("", &stricter(), b"").await;
    assert_eq!(browser.status, StatusCode::FORBIDDEN);
    assert!(!browser.html.contains("对实例的影响"), "{}", browser.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rulebook_is_for_operators_and_its_text_is_what_was_published() {
    let given = Given::on(Engine::Sqlite).await;
    let mut stranger = given.browser();
    stranger.goes_to("/rulebook").await;
    assert!(stranger.address.starts_with("/sign-in"), "{}", stranger.address);
    let reviewer = given.signed_in(given.key(Role::Reviewer));
    for path in ["/rulebook", "/rulebook/in-force.toml"] {
        assert_eq!(reviewer.opens(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(!reviewer.opens("/").await.html.contains("href=\"/rulebook\""));
    let operator = given.signed_in(given.key(Role::Operator));
    assert!(operator.opens("/").await.html.contains("href=\"/rulebook\""));
    let text = operator.opens("/rulebook/in-force.toml").await;
    assert_eq!(
        (text.html.as_str(), &text.headers["content-type"]),
        (ALIYUN, &"application/toml".parse().unwrap())
    );
}
