//! Orders behind which is a host that was proved by its login: no code moves, and a place of its quota is held, kept or given back.

use crate::{
    Story,
    filers::{Filer, SUBJECT, operator, text},
    key, server,
    verifying::{PASSWORD, USER, host},
};
use app::{
    Failure,
    orders::{
        OpenOrder, SubmitFault,
        bureau::{ConfirmSms, FileOrder},
    },
    verification::VerifyProduct,
};
use filing::orders::{Kind, Part, State};
use rulebook::{ALIYUN, Facts};
use store::CommitHook;
use testbed::ENGINES;

impl Story {
    /// A customer whose order names a host of his instead of a server.
    pub(crate) async fn with_a_host(&self) -> Filer {
        let mut lin = self.filer(7).await;
        self.host(&lin.asker, "h-1", "web-hosting", &[USER]).await;
        let facts = Facts {
            product: "web-hosting".to_owned(),
            public_ips: Some(vec!["47.96.0.1".parse().unwrap()]),
            ..server("h-1", &lin.asker)
        };
        self.desk.record_instance(facts).await.unwrap();
        lin.form.websites[0].verification = Some(self.proved(&lin).await);
        self.save(&lin, Part::Websites).await.unwrap();
        lin
    }

    /// A verification by the login of the host.
    pub(crate) async fn proved(&self, filer: &Filer) -> String {
        let (asker, proof) = (filer.asker.clone(), host(USER, PASSWORD));
        let ask = VerifyProduct { asker, product: "web-hosting".to_owned(), proof, address: None };
        self.desk.verify_product(ask, None).await.unwrap().answer.passed().unwrap().id.to_string()
    }

    /// Places of the host that are in use.
    pub(crate) async fn in_use(&self) -> i64 {
        let text =
            "SELECT p.used FROM quota_places p JOIN instances i ON i.id = p.owner WHERE i.name = 'h-1'";
        self.look::<(i64,)>(text).await[0].0
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_holds_a_place_from_submission_on_and_keeps_it_once_the_order_is_filed() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_host().await;
        assert_eq!(story.in_use().await, 0, "{engine:?}: a verification reserves nothing");
        story.submit(&lin, "k-1").await.unwrap();
        assert_eq!(story.in_use().await, 1, "{engine:?}");
        story.approve(lin.order).await.unwrap();
        story.send(lin.order).await;
        let answered = ConfirmSms { operator: operator(), order: lin.order };
        story.desk.confirm_sms(answered, key("k-sms")).await.unwrap();
        let file = FileOrder {
            operator: operator(),
            order: lin.order,
            subject_number: text(SUBJECT),
            website_numbers: vec![format!("{SUBJECT}-1")],
        };
        let filed = story.desk.file_order(file, key("k-file")).await.unwrap();
        assert_eq!((filed.answer.state, story.in_use().await), (State::Filed, 1), "{engine:?}");
        assert!(story.is_sound().await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_gives_the_place_of_a_host_back_or_burns_it_as_the_rulebook_says() {
    for (rulebook, left) in [
        (ALIYUN.to_owned(), 0),
        (ALIYUN.replace("on_abandon = { value = \"release\"", "on_abandon = { value = \"burn\""), 1),
    ] {
        for engine in ENGINES {
            let story = Story::under(engine, CommitHook::default(), &rulebook).await;
            let lin = story.with_a_host().await;
            story.submit(&lin, "k-1").await.unwrap();
            story.give_up(&lin).await.unwrap();
            assert_eq!(story.in_use().await, left, "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_orders_behind_the_last_place_of_a_host_one_is_submitted() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_host().await;
        let opened = OpenOrder { asker: lin.asker.clone(), kind: Kind::FirstFiling, from: None };
        let order = story.desk.open_order(opened, None).await.unwrap().answer.order;
        let mut other = Filer { asker: lin.asker.clone(), order, form: lin.form.clone() };
        other.form.websites[0].domains = vec!["example.net".to_owned()];
        other.form.websites[0].home_page = text("www.example.net");
        other.form.materials = story.pictures(order).await;
        other.form.websites[0].verification = Some(story.proved(&other).await);
        for part in other.form.parts().collect::<Vec<_>>() {
            story.save(&other, part).await.unwrap();
        }
        assert!(story.say("UPDATE quota_places SET used = 4, taken = 4", vec![]).await > 0, "{engine:?}");
        let [one, two] = tokio::join!(story.submit(&lin, "k-1"), story.submit(&other, "k-2")).into();
        let refused: Vec<_> = [one, two].into_iter().filter_map(Result::err).collect();
        let [Failure::Because(SubmitFault::Faulty(faults))] = &refused[..] else { panic!("{refused:?}") };
        let causes: Vec<_> = faults.products.iter().map(|fault| fault.cause).collect();
        assert_eq!(
            (causes, story.in_use().await),
            (vec!["instance-limit-reached"], 5),
            "{engine:?} {faults:?}"
        );
    }
}
