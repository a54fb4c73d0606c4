//! Orders with several websites: each needs a code of its own, or a place of its host that none of the others takes.

use crate::{
    Story, codes,
    filers::{Filer, text},
    key, texts,
};
use app::{
    Asker, Failure,
    orders::{Faults, SubmitFault},
    verification::{Proof, VerifyProduct},
};
use filing::{
    codes::State as CodeState,
    orders::{Part, State},
};
use testbed::ENGINES;

impl Story {
    /// The same order with so many websites, each with a domain and pictures of its own, and the product of the first.
    async fn widened(&self, filer: &mut Filer, count: u16) {
        let first = filer.form.websites[0].clone();
        for nth in 1..count {
            let mut website = first.clone();
            website.name = text(&format!("小林的风景笔记{nth}"));
            website.domains = vec![format!("example{nth}.com")];
            website.home_page = text(&format!("www.example{nth}.com"));
            filer.form.websites.push(website);
        }
        filer.form.materials = self.pictures_of(filer.order, count).await;
    }

    async fn verified_by(&self, asker: &Asker, code: &str) -> String {
        let proof = Proof::Code(code.to_owned());
        let ask = VerifyProduct { asker: asker.clone(), product: "ecs".to_owned(), proof, address: None };
        self.desk.verify_product(ask, None).await.unwrap().answer.passed().unwrap().id.to_string()
    }

    /// What is wrong with the products when it is submitted, as a check told it before.
    async fn refused_products(&self, filer: &Filer, key: &str) -> Vec<(usize, &'static str)> {
        for part in [Part::Websites, Part::Materials] {
            self.save(filer, part).await.unwrap();
        }
        let causes = |faults: &Faults| -> Vec<_> {
            faults.products.iter().map(|fault| (fault.website, fault.cause)).collect()
        };
        let checked = self.desk.check_order(&filer.asker, filer.order).await.unwrap();
        let refused = match self.submit(filer, key).await {
            Err(Failure::Because(SubmitFault::Faulty(faults))) => causes(&faults),
            other => panic!("{other:?}"),
        };
        assert_eq!(refused, causes(&checked));
        refused
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_verifications_by_one_code_back_one_website() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let mut lin = story.filer(7).await;
        story.widened(&mut lin, 2).await;
        let issued = story.desk.issue_codes(codes(&lin.asker, "i-7", 1), key("k-one")).await.unwrap();
        let code = texts(&issued).remove(0);
        for website in &mut lin.form.websites {
            website.verification = Some(story.verified_by(&lin.asker, &code).await);
        }
        assert_eq!(story.refused_products(&lin, "k-1").await, [(1, "code-named-twice")], "{engine:?}");
        lin.form.websites[1].verification = Some(story.verification(&lin.asker, 7, "k-two").await);
        story.save(&lin, Part::Websites).await.unwrap();
        assert_eq!(story.submit(&lin, "k-2").await.unwrap().state, State::Submitted, "{engine:?}");
        let mut states = story.code_states(&lin.asker).await;
        states.retain(|state| *state == CodeState::Recording);
        assert_eq!(states.len(), 2, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn as_many_websites_are_on_one_host_as_its_quota_has_places() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let mut lin = story.with_a_host().await;
        story.widened(&mut lin, 6).await;
        for nth in 1..6 {
            lin.form.websites[nth].verification = Some(story.proved(&lin).await);
        }
        assert_eq!(story.refused_products(&lin, "k-1").await, [(5, "instance-limit-reached")], "{engine:?}");
        assert_eq!(story.in_use().await, 0, "{engine:?}");
        lin.form.websites.truncate(5);
        lin.form.materials.retain(|picture| picture.website != Some(5));
        for part in [Part::Websites, Part::Materials] {
            story.save(&lin, part).await.unwrap();
        }
        assert_eq!(story.submit(&lin, "k-2").await.unwrap().state, State::Submitted, "{engine:?}");
        assert_eq!(story.in_use().await, 5, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_that_were_issued_on_an_instance_leave_fewer_places_once_it_is_a_host() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let mut lin = story.with_a_host().await;
        assert!(story.say("UPDATE quota_places SET taken = 4", vec![]).await > 0, "{engine:?}");
        story.widened(&mut lin, 2).await;
        lin.form.websites[1].verification = Some(story.proved(&lin).await);
        assert_eq!(story.refused_products(&lin, "k-1").await, [(1, "instance-limit-reached")], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_place_of_a_host_goes_from_one_website_of_a_returned_order_to_another() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let mut lin = story.with_a_host().await;
        let again = story.proved(&lin).await;
        story.submit(&lin, "k-1").await.unwrap();
        story.give_back_on(lin.order, "websites[0].verification").await;
        assert!(story.say("UPDATE quota_places SET used = 5, taken = 5", vec![]).await > 0, "{engine:?}");
        lin.form.websites[0].verification = Some(again);
        story.save(&lin, Part::Websites).await.unwrap();
        assert_eq!(story.submit(&lin, "k-2").await.unwrap().state, State::Submitted, "{engine:?}");
        assert_eq!(story.in_use().await, 5, "{engine:?}");
    }
}
