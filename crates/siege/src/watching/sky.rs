//! What is outside: each website has something else wrong about it, by the number of its case.

use super::scene::CASES;
use app::watch::{Asking, Outside, Reading};
use filing::registry::Answer;
use std::net::IpAddr;

/// Where websites lead that are no longer here.
const ELSEWHERE: [u8; 4] = [47, 96, 0, 99];

/// What is outside.
pub(crate) struct Sky;

/// Which of the websites has that domain or home page.
fn which(name: &str) -> Option<usize> {
    let case = name.trim_start_matches("www.siege").trim_start_matches("siege").trim_end_matches(".com");
    CASES.iter().position(|of| of.to_string() == case)
}

impl Outside for Sky {
    fn domain<'a>(&'a self, names: &'a [String]) -> Asking<'a> {
        let answer = match names.first().and_then(|name| which(name)) {
            Some(1) => Answer::Leads(vec![ELSEWHERE.into()]),
            Some(2) => Answer::NoSuchName,
            _ => Answer::Leads(vec![crate::town::ADDRESS.parse().unwrap()]),
        };
        Box::pin(async { vec![answer.clone(), answer] })
    }

    fn is_own(&self, _: IpAddr) -> bool {
        false
    }

    fn page<'a>(&'a self, home_page: &'a str, _: &'a [String]) -> Reading<'a> {
        let page = (which(home_page) == Some(0)).then(|| "远山茶业的产品和服务".repeat(40).into_bytes());
        Box::pin(async { page })
    }
}
