//! A list that is pasted or uploaded is decided, and nothing of it is stored.

use super::{Reader, Shown};
use crate::Given;
use axum::{
    body::{Body, Bytes},
    http::Request,
};
use hyper::body::Frame;
use std::{
    collections::VecDeque,
    pin::Pin,
    task::{Context, Poll},
};
use testbed::Engine;

const BOUNDARY: &str = "----story";

/// A form as browsers send it, with what was pasted and the file that was chosen.
fn form(pasted: &[u8], file: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    let parts: [(&str, &[u8]); 2] = [("name=\"list\"", pasted), ("name=\"file\"; filename=\"a.txt\"", file)];
    for (head, content) in parts {
        body.extend_from_slice(
            format!("--{BOUNDARY}\r\ncontent-disposition: form-data; {head}\r\n\r\n").as_bytes(),
        );
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

/// A body that comes in pieces, as over a network.
struct Pieces(VecDeque<Bytes>);

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Poll::Ready(self.0.pop_front().map(|piece| Ok(Frame::data(piece))))
    }
}

impl Reader<'_> {
    async fn checks(&self, pasted: &[u8], file: &[u8]) -> Shown {
        self.uploads(Body::from(form(pasted, file))).await
    }

    async fn uploads(&self, body: Body) -> Shown {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = Request::post("/check/instances").header("content-type", kind).body(body);
        self.sends(request.unwrap()).await
    }
}

fn example(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../examples/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[tokio::test]
async fn each_instance_of_a_pasted_list_is_decided_with_every_reason() {
    let given = Given::on(Engine::Sqlite).await;
    let list = "id,product,region,billing,purchased_at,expires_at,public_bandwidth_mbps,public_ips\n\
        i-good,ecs,cn-hangzhou,subscription,2020-10-01,2021-12-31,5,203.0.113.7\n\
        i-bad,ecs,cn-hangzhou,pay-as-you-go,2020-10-01,,0,\n\
        i-abroad,ecs,ap-southeast-1,subscription,2020-10-01,2021-12-31,5,203.0.113.7\n\
        i-<b>,swas,cn-hangzhou,subscription,2020-10-01,2020-11-15,,\n";
    let page = given.reader().checks(list.as_bytes(), b"").await;
    assert_eq!(page.status, 200);
    page.says(&["判断了 4 个实例", "可备案：1 个", "不可备案：2 个", "无需备案：1 个", "没有保存"]);
    page.says(&["i-good", "符合要求", "i-bad", "按量付费", "公网带宽", "i-abroad", "轻量应用服务器"]);
    assert!(!page.html.contains("<b>"), "{}", page.html);
    let english = given.reader().english().checks(list.as_bytes(), b"").await;
    english.says(&[
        "4 instances were decided",
        "Eligible: 1",
        "It meets the rules.",
        "Nothing of this was stored",
    ]);
}

#[tokio::test]
async fn a_file_is_told_by_its_content_whatever_its_name() {
    let given = Given::on(Engine::Sqlite).await;
    for name in [
        "ecs-describe-instances.json",
        "swas-list-instances.json",
        "instances-zh.csv",
        "instances-gbk.csv",
        "instances.jsonl",
        "instances.xlsx",
    ] {
        let page = given.reader().checks(b"", &example(name)).await;
        assert_eq!(page.status, 200, "{name} {}", page.text());
        page.says(&["每个实例的结论"]);
    }
}

#[tokio::test]
async fn a_record_that_cannot_be_read_is_told_with_its_line_and_the_others_are_decided() {
    let given = Given::on(Engine::Sqlite).await;
    let list = "id,product,purchased_at\ni-1,ecs,2020-10-01\ni-2,ecs,<b>someday\ni-3,ecs,2020-10-01\n";
    let page = given.reader().checks(list.as_bytes(), b"").await;
    assert_eq!(page.status, 200);
    page.says(&["判断了 2 个实例", "无法读取的记录", "第 3 行", "purchased_at", "i-1", "i-3"]);
    assert!(!page.html.contains("<b>"), "{}", page.html);
}

#[tokio::test]
async fn what_is_no_list_is_said_to_be_none_and_what_was_pasted_is_kept() {
    let given = Given::on(Engine::Sqlite).await;
    for (pasted, file, says) in [
        ("", "", "请粘贴实例列表，或选择一个文件"),
        ("  \r\n", "", "请粘贴实例列表，或选择一个文件"),
        ("i-1", "i-2", "请只用其中一种"),
        ("", "%PDF-1.7", "没有读到实例列表"),
        ("{\"Code\":\"Throttling\",\"Message\":\"slow\"}", "", "没有读到实例列表"),
    ] {
        let page = given.reader().checks(pasted.as_bytes(), file.as_bytes()).await;
        assert_eq!(page.status, 422, "{pasted} {file}");
        page.says(&[says]);
        assert!(page.html.contains("<title>错误："), "{}", page.html);
    }
    let page = given.reader().checks("{\"Code\":\"<b>kept\"}".as_bytes(), b"").await;
    assert!(page.html.contains("kept") && !page.html.contains("<b>"), "{}", page.html);
}

#[tokio::test]
async fn what_is_too_large_too_long_or_cut_off_is_told_clearly() {
    let given = Given::on(Engine::Sqlite).await;
    let pieces = form(b"", &vec![b'x'; 3 << 20]).chunks(1 << 16).map(Bytes::copy_from_slice).collect();
    let large = given.reader().uploads(Body::new(Pieces(pieces))).await;
    assert_eq!(large.status, 413);
    large.says(&["内容超过 1 MB，没有判断", "拆成几份"]);
    assert_eq!(
        large.headers.get("connection"),
        None,
        "all of it was taken, so that a browser shows the answer"
    );
    let rows = |count: usize| format!("id,product\n{}", "i-1,ecs\n".repeat(count));
    assert_eq!(given.reader().checks(rows(1000).as_bytes(), b"").await.status, 200);
    let long = given.reader().checks(rows(1001).as_bytes(), b"").await;
    assert_eq!(long.status, 422);
    long.says(&["列表超过 1000 个实例"]);
    let whole = form(b"", b"id,product\ni-1,ecs\n");
    let cut = given.reader().uploads(Body::from(whole[..whole.len() - 30].to_vec())).await;
    assert_eq!(cut.status, 422);
    cut.says(&["没有完整传到"]);
}

#[tokio::test]
async fn nothing_is_left_of_a_list_that_was_decided() {
    let given = Given::on(Engine::Sqlite).await;
    let before = given.desk.ledger_size().await.unwrap();
    given.reader().checks(b"id,product\ni-canary,ecs\n", b"").await.says(&["i-canary"]);
    assert_eq!(given.desk.ledger_size().await.unwrap(), before);
    let gone =
        given.get("/api/v1/instances/i-canary").token(given.key(app::access::Role::Support)).sent().await;
    assert_eq!(gone.status, 404);
}
