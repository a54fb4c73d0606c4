//! Pictures of orders, each story on both engines: what is taken, what is kept of it, and who sees it.

use crate::{
    Story,
    filers::{Filer, reviewer},
    key,
    why_not::{log, principal},
};
use ::pictures::{MOST_BYTES, PictureFault, base64_length};
use app::{
    Failure, Told,
    access::Role,
    orders::{
        OrderFault,
        attachments::{
            AddFault, AddPicture, PictureAdded, PictureAsked, PictureCopy, PictureField, ReadFault,
            RemoveFault, RemovePicture,
        },
        review::{ReturnOrder, Said, SayRemark},
    },
    personal::Purpose,
};
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use store::AttachmentId;
use testbed::ENGINES;

/// The subject's certificate.
pub(crate) const CARD_FIELD: PictureField = PictureField { purpose: 2, website: None };
/// What a camera notes in a picture.
pub(crate) const NOTED: &str = "GPS 22.5431N 114.0579E IMG-CANARY";

/// A photo of something with lines, with a comment as cameras and programs leave them; `shade` tells photos apart.
pub(crate) fn photo(shade: u8) -> Vec<u8> {
    let pixels = RgbImage::from_fn(1200, 800, |x, y| {
        let inked = y / 24 % 2 == 1 && (x / 6 + y / 6 * 7 + x / 24 * 5) % 4 < 2;
        let light = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 7 & 15;
        let light = u8::try_from(light).unwrap();
        Rgb(if inked { [shade; 3] } else { [210 + light; 3] })
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 95)
        .write_image(&pixels, pixels.width(), pixels.height(), ExtendedColorType::Rgb8)
        .unwrap();
    let comment = [&[0xff, 0xfe, 0, u8::try_from(NOTED.len() + 2).unwrap()], NOTED.as_bytes()].concat();
    bytes.splice(2..2, comment);
    bytes
}

impl Story {
    pub(crate) async fn add_photo(
        &self,
        filer: &Filer,
        field: PictureField,
        bytes: Vec<u8>,
        key_text: Option<&str>,
    ) -> Result<Told<PictureAdded>, Failure<AddFault>> {
        let ask = AddPicture { asker: filer.asker.clone(), order: filer.order, field, bytes };
        self.desk.add_picture(ask, key_text.map(key)).await
    }

    pub(crate) async fn see_photo(
        &self,
        filer: &Filer,
        picture: AttachmentId,
        copy: PictureCopy,
    ) -> Result<Vec<u8>, Failure<ReadFault>> {
        self.desk.my_picture(&filer.asker, PictureAsked { order: filer.order, picture, copy }).await
    }

    async fn take_out(&self, filer: &Filer, picture: AttachmentId) -> Result<i64, Failure<RemoveFault>> {
        let ask = RemovePicture { asker: filer.asker.clone(), order: filer.order, picture };
        self.desk.remove_picture(ask, None).await.map(|told| told.answer.version)
    }

    /// The id of the picture in the form at that place.
    async fn in_form(&self, filer: &Filer, nth: usize) -> Option<String> {
        let order = self.desk.order(&filer.asker, filer.order).await.unwrap();
        order.form.unwrap().materials.get(nth).and_then(|material| material.attachment.clone())
    }

    /// Returns a submitted order with a remark on that field.
    pub(crate) async fn give_back_for(&self, filer: &Filer, path: &str) {
        let (order, path) = (filer.order, path.to_owned());
        self.desk.claim_order(&reviewer(), order).await.unwrap();
        let said = Said::Mend {
            problem: "照片不清晰。".to_owned(), suggestion: "请重新拍摄。".to_owned()
        };
        self.desk.say_remark(SayRemark { reviewer: reviewer(), order, path, said }).await.unwrap();
        self.desk.return_order(ReturnOrder { reviewer: reviewer(), order, seen: None }, None).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_becomes_two_copies_within_their_sizes_and_without_what_the_camera_noted() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        let sent = photo(30);
        assert!(sent.windows(NOTED.len()).any(|found| found == NOTED.as_bytes()));
        let added = story.add_photo(&lin, CARD_FIELD, sent, None).await.unwrap().answer;
        for (copy, most, bytes) in [
            (PictureCopy::Review, 1_000_000, added.review_bytes),
            (PictureCopy::Bureau, (100 << 10) / 4 * 3, added.bureau_bytes),
        ] {
            let shown = story.see_photo(&lin, added.picture, copy).await.unwrap();
            assert_eq!(i64::try_from(shown.len()), Ok(bytes), "{engine:?} {copy:?}");
            assert!(shown.len() <= most && base64_length(shown.len()) <= most / 3 * 4 + 4, "{copy:?}");
            assert!(!shown.windows(NOTED.len()).any(|found| found == NOTED.as_bytes()), "{engine:?}");
            let read = image::load_from_memory(&shown).unwrap();
            assert!(read.width() >= 800 && read.width() > read.height(), "{engine:?} {copy:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_photo_of_the_same_field_takes_the_place_of_the_first_which_is_forgotten() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        let first = story.add_photo(&lin, CARD_FIELD, photo(30), None).await.unwrap().answer;
        assert_eq!(first.path, "materials[1].attachment", "{engine:?}");
        let second = story.add_photo(&lin, CARD_FIELD, photo(60), None).await.unwrap().answer;
        assert_eq!((&second.path, second.version), (&first.path, first.version + 1), "{engine:?}");
        assert_eq!(story.in_form(&lin, 1).await, Some(second.picture.to_string()), "{engine:?}");
        let gone = story.see_photo(&lin, first.picture, PictureCopy::Review).await.unwrap_err();
        assert!(matches!(gone, Failure::Because(ReadFault::NoPicture)), "{engine:?} {gone}");
        assert!(story.see_photo(&lin, second.picture, PictureCopy::Review).await.is_ok(), "{engine:?}");
        assert!(story.submit(&lin, "k-1").await.is_ok(), "{engine:?}: what is in the form is in the order");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_photo_under_the_same_key_is_added_once_and_another_is_refused() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        let first = story.add_photo(&lin, CARD_FIELD, photo(30), Some("k-p")).await.unwrap();
        let again = story.add_photo(&lin, CARD_FIELD, photo(30), Some("k-p")).await.unwrap();
        assert_eq!((again.before, &again.answer, again.entry), (true, &first.answer, first.entry));
        let other = story.add_photo(&lin, CARD_FIELD, photo(60), Some("k-p")).await.unwrap_err();
        assert!(matches!(other, Failure::KeyUsed), "{engine:?} {other}");
        let entry = story.entry(first.entry).await;
        assert_eq!(entry.kind, "order.picture-added", "{engine:?}");
        assert_eq!(entry.commitments.len(), 1, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_or_has_no_place_is_refused_with_what_to_do_and_changes_nothing() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        let before = story.desk.order(&lin.asker, lin.order).await.unwrap();
        let heic = [&[0, 0, 0, 24], b"ftypheic".as_slice(), &[0; 64]].concat();
        for (bytes, code) in [
            (Vec::new(), "picture-empty"),
            (heic, "picture-heic"),
            (photo(30)[..20_000].to_vec(), "picture-damaged"),
            (vec![0; MOST_BYTES + 1], "picture-too-large"),
        ] {
            let refused = story.add_photo(&lin, CARD_FIELD, bytes, None).await.unwrap_err();
            let Failure::Because(AddFault::Picture(fault)) = refused else { panic!("{engine:?} {refused}") };
            assert_eq!(PictureFault::code(&fault), code, "{engine:?}");
        }
        for (purpose, website, code) in [
            (9, None, "material-unknown"),
            (2, Some(0), "material-of-subject"),
            (1, None, "material-of-website"),
            (1, Some(1), "material-no-website"),
        ] {
            let field = PictureField { purpose, website };
            let refused = story.add_photo(&lin, field, photo(30), None).await.unwrap_err();
            let Failure::Because(AddFault::Field(fault)) = refused else { panic!("{engine:?} {refused}") };
            assert_eq!(fault.what.code(), code, "{engine:?}");
        }
        assert_eq!(story.desk.order(&lin.asker, lin.order).await.unwrap(), before, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn to_another_account_order_and_picture_are_not_there() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (lin, wang) = (story.filer(7).await, story.account(8).await);
        let added = story.add_photo(&lin, CARD_FIELD, photo(30), None).await.unwrap().answer;
        let own = story.desk.order(&lin.asker, lin.order).await.unwrap();
        let thief = Filer { asker: wang, ..lin };
        let read = story.see_photo(&thief, added.picture, PictureCopy::Review).await.unwrap_err();
        let put = story.add_photo(&thief, CARD_FIELD, vec![1, 2, 3], None).await.unwrap_err();
        let taken = story.take_out(&thief, added.picture).await.unwrap_err();
        assert!(matches!(read, Failure::Because(ReadFault::Order(OrderFault::Unknown))), "{engine:?}");
        assert!(matches!(put, Failure::Because(AddFault::Order(OrderFault::Unknown))), "{engine:?}");
        assert!(matches!(taken, Failure::Because(RemoveFault::Order(OrderFault::Unknown))), "{engine:?}");
        assert_eq!(own.version, added.version, "{engine:?}");
        // One's own order shows only its own pictures.
        let other = story.filer(9).await;
        let foreign = story.see_photo(&other, added.picture, PictureCopy::Review).await.unwrap_err();
        assert!(matches!(foreign, Failure::Because(ReadFault::NoPicture)), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_taken_out_of_a_draft_with_all_that_it_shows() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        let added = story.add_photo(&lin, CARD_FIELD, photo(30), None).await.unwrap().answer;
        assert_eq!(story.take_out(&lin, added.picture).await.unwrap(), added.version + 1, "{engine:?}");
        let order = story.desk.order(&lin.asker, lin.order).await.unwrap();
        assert_eq!(order.form.unwrap().materials.len(), lin.form.materials.len() - 1, "{engine:?}");
        let pieces =
            story.look::<(i64,)>("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM attachment_pieces").await[0].0;
        assert_eq!(pieces, 0, "{engine:?}");
        let twice = story.take_out(&lin, added.picture).await.unwrap_err();
        assert!(matches!(twice, Failure::Because(RemoveFault::NoPicture)), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_returned_order_only_the_picture_that_was_given_back_can_be_replaced_and_the_submitted_one_is_kept()
 {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        let first = story.add_photo(&lin, CARD_FIELD, photo(30), None).await.unwrap().answer;
        story.submit(&lin, "k-1").await.unwrap();
        let early = story.add_photo(&lin, CARD_FIELD, photo(60), None).await.unwrap_err();
        let illegal = matches!(early, Failure::Because(AddFault::Order(OrderFault::Illegal(_))));
        assert!(illegal, "{engine:?} {early}");
        story.give_back_for(&lin, "materials[1].attachment").await;
        let website = PictureField { purpose: 4, website: Some(0) };
        let closed = story.add_photo(&lin, website, photo(60), None).await.unwrap_err();
        let Failure::Because(AddFault::Locked(paths)) = closed else { panic!("{engine:?} {closed}") };
        assert_eq!(paths, ["materials[3].attachment"], "{engine:?}");
        let second = story.add_photo(&lin, CARD_FIELD, photo(60), None).await.unwrap().answer;
        let third = story.add_photo(&lin, CARD_FIELD, photo(90), None).await.unwrap().answer;
        for (picture, is_there) in [(first.picture, true), (second.picture, false), (third.picture, true)] {
            let shown = story.see_photo(&lin, picture, PictureCopy::Bureau).await;
            assert_eq!(shown.is_ok(), is_there, "{engine:?} {shown:?}");
        }
        let out = story.take_out(&lin, third.picture).await.unwrap_err();
        assert!(matches!(out, Failure::Because(RemoveFault::Locked(_))), "{engine:?} {out}");
        assert!(story.submit(&lin, "k-2").await.is_ok(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn proof_that_a_remark_asks_for_has_a_place_of_its_own_also_in_a_returned_order() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        let reviewer = principal(&story, "zhou", Role::Reviewer).await;
        let permit = PictureField { purpose: 101, website: None };
        story.add_photo(&lin, permit, photo(30), None).await.unwrap();
        let card = story.desk.order(&lin.asker, lin.order).await.unwrap().form.unwrap().materials[1].clone();
        assert_eq!((card.purpose, &card.attachment), (Some(2), &lin.form.materials[1].attachment));
        story.submit(&lin, "k-1").await.unwrap();
        story.give_back_for(&lin, "subject.person").await;
        let attorney = PictureField { purpose: 102, website: None };
        let added = story.add_photo(&lin, attorney, photo(40), None).await.unwrap().answer.picture;
        story.submit(&lin, "k-2").await.unwrap();
        let ask = PictureAsked { order: lin.order, picture: added, copy: PictureCopy::Review };
        assert!(story.desk.picture_for(&reviewer, ask, Purpose::Review).await.is_ok(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_sees_a_picture_with_the_right_alone_and_each_time_is_recorded_with_its_purpose() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        let added = story.add_photo(&lin, CARD_FIELD, photo(30), None).await.unwrap().answer;
        story.submit(&lin, "k-1").await.unwrap();
        let support = principal(&story, "zhao", Role::Support).await;
        let reviewer = principal(&story, "zhou", Role::Reviewer).await;
        let auditor = principal(&story, "sun", Role::Auditor).await;
        let ask = PictureAsked { order: lin.order, picture: added.picture, copy: PictureCopy::Review };
        let refused = story.desk.picture_for(&support, ask, Purpose::Customer).await.unwrap_err();
        assert!(matches!(refused, Failure::Because(ReadFault::NotAllowed)), "{engine:?} {refused}");
        let shown = story.desk.picture_for(&reviewer, ask, Purpose::Review).await.unwrap();
        assert_eq!(shown, story.see_photo(&lin, added.picture, PictureCopy::Review).await.unwrap());
        let lines = log(&story, &auditor).await;
        let lines: Vec<_> = lines
            .iter()
            .map(|line| {
                (
                    line.who.as_str(),
                    line.what.as_str(),
                    line.account.as_deref(),
                    line.order,
                    line.purpose.as_deref(),
                )
            })
            .collect();
        let read = ("zhou", "order-picture", Some("acc-7"), Some(lin.order), Some("review"));
        assert_eq!(lines, [read], "{engine:?}");
    }
}
