//! Pictures and personal data over HTTP: added by a customer, read by staff for a purpose, erased for ever.

use crate::{
    Called, Given,
    call::Call,
    orders::{Filer, Pictures},
};
use app::{access::Role, orders::attachments::MOST_ATTACHMENTS};
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use serde_json::{Value, json};
use testbed::{ENGINES, Engine};

/// What a camera notes in a picture.
const NOTED: &[u8] = b"GPS 22.5431N 114.0579E IMG-CANARY";
/// The mobile number that stands in every form.
const MOBILE: &str = crate::orders::MOBILE[0];
/// How a photo of an iPhone begins.
const HEIC: &[u8] = b"\0\0\0\x24ftypheic\0\0\0\0mif1heic";

/// A photo of something with lines, with EXIF as cameras write it; `shade` tells photos apart.
pub(crate) fn photo(shade: u8) -> Vec<u8> {
    let pixels = RgbImage::from_fn(1200, 800, |x, y| {
        let inked = y / 24 % 2 == 1 && (x / 6 + y / 6 * 7 + x / 24 * 5) % 4 < 2;
        Rgb(if inked { [shade; 3] } else { [215; 3] })
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 95)
        .write_image(&pixels, pixels.width(), pixels.height(), ExtendedColorType::Rgb8)
        .unwrap();
    // One directory with one field: a description (0x010e) of ASCII that stands behind it.
    let length = u8::try_from(NOTED.len()).unwrap();
    let directory = [0, 1, 0x01, 0x0e, 0, 2, 0, 0, 0, length, 0, 0, 0, 26, 0, 0, 0, 0];
    let exif = [&b"Exif\0\0MM\0\x2a\0\0\0\x08"[..], &directory, NOTED].concat();
    let segment = [&[0xff, 0xe1, 0, u8::try_from(exif.len() + 2).unwrap()], &*exif].concat();
    bytes.splice(2..2, segment);
    bytes
}

fn has_noted(bytes: &[u8]) -> bool {
    bytes.windows(NOTED.len()).any(|found| found == NOTED)
}

impl Given {
    /// Adds the subject's certificate to an order.
    pub(crate) async fn with_photo(&self, filer: &Filer, key: &str, bytes: Vec<u8>) -> Called {
        self.adding(filer, "?purpose=2", key).bytes("image/jpeg", bytes).sent().await
    }

    fn adding(&self, filer: &Filer, query: &str, key: &str) -> Call<'_> {
        self.post(&filer.at(&format!("/pictures{query}"))).token(&filer.token).key(key)
    }

    async fn lin(&self) -> Filer {
        self.filled(self.key(Role::Customer), "i-7", 1).await
    }

    async fn looked(&self) -> Value {
        self.seen(Role::Auditor, "/api/v1/access-log").await.body()["items"].clone()
    }

    async fn erased(&self, key: &str, body: &Value) -> Called {
        let call = self.post("/api/v1/personal-data/erase").token(self.key(Role::Operator)).key(key);
        call.json(body).sent().await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_added_read_back_without_what_the_camera_noted_and_taken_out() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let lin = given.lin().await;
        let sent = photo(30);
        assert!(has_noted(&sent));
        let added = given.with_photo(&lin, "add", sent).await;
        assert_eq!(added.status, 201, "{engine:?} {added:?}");
        let (body, there) = (added.body(), added.header("location").unwrap().to_owned());
        assert_eq!((&body["path"], &body["width"]), (&json!("materials[1].attachment"), &json!(1200)));
        assert_eq!(there, lin.at(&format!("/pictures/{}", body["id"].as_str().unwrap())), "{engine:?}");
        let shown = given.get(&there).token(&lin.token).sent().await;
        assert_eq!(
            (shown.status.as_u16(), shown.header("content-type"), shown.header("cache-control")),
            (200, Some("image/jpeg"), Some("private, no-store")),
            "{engine:?}"
        );
        assert_eq!(json!(shown.bytes.len()), body["bytes"], "{engine:?}");
        assert!(shown.bytes.starts_with(&[0xff, 0xd8]) && !has_noted(&shown.bytes), "{engine:?}");
        let order = given.get(&lin.at("")).token(&lin.token).sent().await.body();
        assert_eq!(order["form"]["materials"][1]["attachment"], body["id"], "{engine:?}");
        let gone = given.call("DELETE", &there).token(&lin.token).key("gone").sent().await;
        assert_eq!(
            gone.body(),
            json!({ "id": body["id"], "version": order["version"].as_i64().unwrap() + 1 })
        );
        let again = given.call("DELETE", &there).token(&lin.token).key("gone").sent().await;
        assert_eq!(
            (again.header("idempotent-replayed"), again.body()),
            (Some("true"), gone.body()),
            "{engine:?}"
        );
        assert_eq!(given.get(&there).token(&lin.token).sent().await.status, 404, "{engine:?}");
    }
}

#[tokio::test]
async fn what_is_no_picture_for_the_order_is_refused_with_what_to_do() {
    let given = Given::on(Engine::Sqlite).await;
    let lin = given.lin().await;
    for (query, kind, bytes, status, path, code, says) in [
        ("?purpose=2", "image/heic", HEIC.to_vec(), 422, "", "picture-heic", "兼容性最佳"),
        // As the file is often called when it was only renamed.
        ("?purpose=2", "image/jpeg", HEIC.to_vec(), 422, "", "picture-heic", "兼容性最佳"),
        ("?purpose=2", "application/octet-stream", Vec::new(), 422, "", "picture-empty", "重新"),
        ("?purpose=2", "image/jpeg", photo(30)[..5000].to_vec(), 422, "", "picture-damaged", "重新拍摄"),
        ("?purpose=2", "image/jpeg", vec![0; (10 << 20) + 1], 413, "", "picture-too-large", "压缩"),
        ("", "image/jpeg", Vec::new(), 400, "purpose", "missing", "整数"),
        ("?purpose=65536", "image/jpeg", Vec::new(), 400, "purpose", "out-of-range", "65535"),
        ("?purpose=999", "image/jpeg", photo(30), 422, "purpose", "material-unknown", "用途"),
        ("?purpose=4&website=1", "image/jpeg", photo(30), 422, "website", "material-no-website", "网站"),
    ] {
        let told = given.adding(&lin, query, "wrong").bytes(kind, bytes).sent().await;
        let body = told.body();
        assert_eq!(told.status, status, "{query} {kind} {body:#}");
        let error = &body["errors"][0];
        assert_eq!(error["code"], code, "{query} {kind} {body:#}");
        assert!(error["suggestion"].as_str().unwrap().contains(says), "{query} {kind} {error:#}");
        assert_eq!(error["path"], path, "{query} {kind} {error:#}");
    }
    let text = given.adding(&lin, "?purpose=2", "text").bytes("text/plain", b"photo".to_vec()).sent().await;
    assert_eq!(text.status, 415);
    assert!(text.body()["detail"].as_str().unwrap().contains("image/jpeg"));
    let order = given.get(&lin.at("")).token(&lin.token).sent().await.body();
    assert_eq!(order["form"]["materials"].as_array().unwrap().len(), 5, "nothing was changed");
}

/// An answer that refuses: its status, and the path, code and suggestion of its one error.
fn refused(told: &Called) -> (u16, [String; 3]) {
    let body = told.body();
    let errors = body["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1, "{body:#}");
    (
        told.status.as_u16(),
        ["path", "code", "suggestion"].map(|name| errors[0][name].as_str().unwrap().to_owned()),
    )
}

#[tokio::test]
async fn a_picture_is_refused_to_an_order_whose_kind_has_none() {
    let given = Given::on(Engine::Sqlite).await;
    let cancelling = given.drafted(given.key(Role::Customer), "cancel-access").await;
    let (status, [path, code, suggestion]) = refused(&given.with_photo(&cancelling, "add", photo(30)).await);
    assert_eq!((status, path.as_str(), code.as_str()), (409, "", "no-pictures"));
    assert!(suggestion.contains("不要上传"), "{suggestion}");
}

#[tokio::test]
async fn one_picture_more_than_an_order_may_have_is_refused_until_one_is_taken_out() {
    let given = Given::on(Engine::Sqlite).await;
    let full = given.drafted(given.key(Role::Customer), "first-filing").await;
    let most = u8::try_from(MOST_ATTACHMENTS).unwrap();
    let pictures = given.store.write(Pictures(full.id.parse().unwrap(), most)).await.unwrap();
    let (status, [path, code, suggestion]) = refused(&given.with_photo(&full, "add", photo(30)).await);
    assert_eq!((status, path.as_str(), code.as_str()), (409, "", "too-many-pictures"));
    assert!(suggestion.contains("删除"), "{suggestion}");
    let gone = given.call("DELETE", &full.at(&format!("/pictures/{}", pictures[0]))).token(&full.token);
    assert_eq!(gone.key("gone").sent().await.status, 200);
    assert_eq!(given.with_photo(&full, "again", photo(30)).await.status, 201);
}

#[tokio::test]
async fn a_picture_that_was_not_given_back_is_neither_replaced_nor_taken_out() {
    let given = Given::on(Engine::Sqlite).await;
    let lin = given.lin().await;
    let added = given.with_photo(&lin, "add", photo(30)).await;
    assert_eq!(given.submitted(&lin, "submit").await.status, 200);
    given.claimed(&lin).await;
    given.remarked(&lin).await;
    assert_eq!(given.moved(given.key(Role::Reviewer), &lin.review("/return"), None).await.status, 200);
    let other = given.with_photo(&lin, "other", photo(60)).await;
    let out = given.call("DELETE", added.header("location").unwrap()).token(&lin.token).key("out");
    for told in [other, out.sent().await] {
        let errors = told.body()["errors"].clone();
        let errors = errors.as_array().unwrap();
        assert_eq!(told.status, 409, "{errors:?}");
        assert!(
            !errors.is_empty() && errors.iter().all(|error| error["code"] == "field-locked"),
            "{errors:?}"
        );
        assert!(errors[0]["path"].as_str().unwrap().starts_with("materials"), "{errors:?}");
        assert!(errors[0]["suggestion"].as_str().unwrap().contains("修改意见"), "{errors:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_strangers_picture_answers_exactly_as_one_that_does_not_exist() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.customer("acc-8", 8).await;
        let stranger = given.user("li", Role::Customer, Some("acc-8")).await;
        let lin = given.lin().await;
        let added = given.with_photo(&lin, "add", photo(30)).await.body();
        let picture = added["id"].as_str().unwrap();
        let missing = "01929b3e-7c00-7000-8000-000000000000";
        for method in ["GET", "DELETE"] {
            let ask = async |order: &str, picture: &str| {
                let path = format!("/api/v1/orders/{order}/pictures/{picture}");
                let called = given.call(method, &path).token(&stranger).key(&format!("{order}{picture}"));
                let called = called.sent().await;
                (called.status.as_u16(), called.bytes)
            };
            let foreign = ask(&lin.id, picture).await;
            assert_eq!(foreign.0, 404, "{engine:?} {method}");
            assert_eq!(foreign, ask(missing, picture).await, "{engine:?} {method}");
        }
        let foreign = given.post(&lin.at("/pictures?purpose=2")).token(&stranger).key("foreign");
        let foreign = foreign.bytes("image/jpeg", photo(40)).sent().await;
        assert_eq!(foreign.status, 404, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_reads_personal_data_for_a_purpose_alone_and_each_reading_is_in_the_access_log() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let lin = given.lin().await;
        let added = given.with_photo(&lin, "add", photo(30)).await.body();
        assert_eq!(given.submitted(&lin, "k-1").await.status, 200, "{engine:?}");
        let picture = lin.review(&format!("/pictures/{}", added["id"].as_str().unwrap()));
        let clear = lin.review("/in-clear");
        for (path, role, status, code) in [
            (clear.clone(), Role::Reviewer, 400, Some("missing")),
            (picture.clone(), Role::Reviewer, 400, Some("missing")),
            (format!("{clear}?purpose=curiosity"), Role::Reviewer, 400, Some("no-such-word")),
            (format!("{picture}?purpose=curiosity"), Role::Reviewer, 400, Some("no-such-word")),
            (format!("{picture}?purpose=review&copy=original"), Role::Reviewer, 400, Some("no-such-word")),
            (format!("{clear}?purpose=customer"), Role::Support, 403, None),
            (format!("{picture}?purpose=customer"), Role::Support, 403, None),
        ] {
            let told = given.seen(role, &path).await;
            assert_eq!(told.status, status, "{engine:?} {path}");
            assert_eq!(told.errors(), code.into_iter().collect::<Vec<_>>(), "{engine:?} {path}");
        }
        assert_eq!(given.looked().await, json!([]), "{engine:?}: nothing was seen");
        let seen = given.seen(Role::Reviewer, &format!("{clear}?purpose=review")).await;
        assert_eq!(seen.header("cache-control"), Some("private, no-store"), "{engine:?}");
        assert_eq!(seen.body()["form"]["subject"]["person"]["mobile"], MOBILE, "{engine:?}");
        assert_eq!(seen.body()["account"], "acc-7", "{engine:?}");
        given.clock.pass(jiff::SignedDuration::from_secs(1));
        let review = given.seen(Role::Reviewer, &format!("{picture}?purpose=review")).await.bytes;
        given.clock.pass(jiff::SignedDuration::from_secs(1));
        let bureau = given.seen(Role::Operator, &format!("{picture}?purpose=bureau&copy=bureau")).await.bytes;
        assert_eq!(json!(review.len()), added["bytes"], "{engine:?}");
        assert!(bureau.starts_with(&[0xff, 0xd8]) && bureau != review, "{engine:?}");
        let log = given.looked().await;
        let lines: Vec<_> =
            log.as_array().unwrap().iter().filter(|line| line["what"] != "access-log").collect();
        let told: Vec<_> = lines.iter().map(|line| [&line["who"], &line["what"], &line["purpose"]]).collect();
        assert_eq!(
            json!(told),
            json!([
                ["operator", "order-picture", "bureau"],
                ["reviewer", "order-picture", "review"],
                ["reviewer", "order", "review"]
            ]),
            "{engine:?}"
        );
        assert!(lines.iter().all(|line| line["order"] == json!(lin.id)), "{engine:?} {lines:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_erased_is_answered_as_erased_everywhere() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        let lin = given.lin().await;
        let added = given.with_photo(&lin, "add", photo(30)).await;
        let there = added.header("location").unwrap().to_owned();
        let whose = json!({ "order": lin.id });
        assert_eq!(given.submitted(&lin, "s").await.status, 200, "{engine:?}");
        let held = given.erased("held", &whose).await;
        assert_eq!((held.status.as_u16(), held.errors()), (409, vec!["order-in-progress".to_owned()]));
        assert!(held.body()["errors"][0]["message"].as_str().unwrap().contains(&lin.id), "{engine:?}");
        given.moved(&lin.token, &lin.at("/withdraw"), None).await;
        let erased = given.erased("erase", &whose).await;
        assert_eq!(erased.body(), json!({ "keys": 1, "orders": 1, "subjects": 0 }), "{engine:?}");
        let again = given.erased("erase", &whose).await;
        assert_eq!(
            (again.header("idempotent-replayed"), again.body()),
            (Some("true"), erased.body()),
            "{engine:?}"
        );
        let order = given.get(&lin.at("")).token(&lin.token).sent().await.body();
        assert_eq!((&order["state"], &order["form"]), (&json!("withdrawn"), &Value::Null), "{engine:?}");
        let clear = given.seen(Role::Reviewer, &lin.review("/in-clear?purpose=review")).await.body();
        assert_eq!(clear["form"], Value::Null, "{engine:?}");
        let picture = given.get(&there).token(&lin.token).sent().await;
        assert_eq!(
            (picture.status.as_u16(), picture.errors()),
            (409, vec!["erased".to_owned()]),
            "{engine:?}"
        );
    }
}

#[tokio::test]
async fn whose_data_is_erased_is_said_once_and_what_is_filed_stays() {
    let given = Given::on(Engine::Sqlite).await;
    let number = "粤ICP备12345678号";
    for (nth, (body, status, code)) in [
        (json!({}), 422, Some("one-of")),
        (json!({ "account": "acc-7", "subject": number }), 422, Some("one-of")),
        (json!({ "account": "acc-404" }), 404, None),
        (json!({ "subject": number }), 404, None),
        (json!({ "order": "none" }), 404, None),
    ]
    .iter()
    .enumerate()
    {
        let told = given.erased(&format!("k-{nth}"), body).await;
        assert_eq!(
            (told.status.as_u16(), told.errors()),
            (*status, code.iter().map(|code| (*code).to_owned()).collect())
        );
    }
    let lin = given.lin().await;
    given.sent_to_bureau(&lin).await;
    let filed = json!({ "subject_number": number, "website_numbers": [format!("{number}-1")] });
    let filed = given.moved(given.key(Role::Operator), &lin.bureau("/file"), Some(&filed)).await;
    assert_eq!(filed.status, 200);
    for (key, body) in [("a", json!({ "account": "acc-7" })), ("s", json!({ "subject": number }))] {
        let told = given.erased(key, &body).await;
        assert_eq!((told.status.as_u16(), told.errors()), (409, vec!["subject-filed".to_owned()]), "{key}");
        assert!(told.body()["errors"][0]["message"].as_str().unwrap().contains(number));
    }
}
