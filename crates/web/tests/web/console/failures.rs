//! The three failures of product verification, explained.

use crate::Given;
use filing::verification::CauseWord;
use rulebook::{Failure, Lang};
use testbed::Engine;

#[tokio::test]
async fn each_failure_stands_at_its_address_with_every_cause_and_what_to_do() {
    let given = Given::on(Engine::Sqlite).await;
    for (browser, lang) in [(given.reader(), Lang::Zh), (given.reader().english(), Lang::En)] {
        let page = browser.opens("/failures").await;
        assert_eq!(page.status, 200);
        let mut sections = page.html.split("<h2 id=\"").skip(1);
        for failure in Failure::ALL {
            let section = sections.next().unwrap();
            assert!(
                section.starts_with(&format!("{}\">{}</h2>", failure.word(), failure.text(lang))),
                "{section}"
            );
            for cause in CauseWord::ALL {
                let here = cause.explained(lang).iter().all(|said| section.contains(said));
                assert_eq!(here, cause.failure() == failure, "{cause:?} {section}");
            }
        }
    }
    given.reader().opens("/").await.says(&["产品验证失败怎么办"]);
}
