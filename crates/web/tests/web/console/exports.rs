//! Lists as files: what is read back from them is what the page shows, whatever somebody has typed.

use super::browser::Browser;
use crate::{Given, given::server, orders::Filer};
use app::access::Role;
use axum::http::StatusCode;
use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;
use testbed::Engine;

/// What a spreadsheet would run, were it a formula.
const COMMAND: &str = "=cmd|'/c calc'!A0";
/// What a spreadsheet would round, were it a number.
const LONG: &str = "1234567890123456789";

impl Browser<'_> {
    /// The list at that address as CSV, without the mark in front.
    async fn csv(&mut self, address: &str) -> Vec<Vec<String>> {
        self.goes_to(&format!("{address}csv")).await;
        assert_eq!(self.status, StatusCode::OK, "{}", self.html);
        assert_eq!(self.headers["content-type"], "text/csv; charset=utf-8");
        let text = self.html.strip_prefix('\u{feff}').expect("Excel reads no UTF-8 without a mark");
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    /// The list at that address as XLSX; every cell of it is text.
    async fn xlsx(&mut self, address: &str) -> Vec<Vec<String>> {
        self.goes_to(&format!("{address}xlsx")).await;
        assert_eq!(self.status, StatusCode::OK, "{}", self.html);
        let header = self.headers["content-disposition"].to_str().unwrap();
        assert!(header.starts_with("attachment; ") && header.ends_with(".xlsx\""), "{header}");
        let mut book = Xlsx::new(Cursor::new(self.bytes.clone())).unwrap();
        let sheet = book.worksheet_range_at(0).unwrap().unwrap();
        let formulas = book.worksheet_formula(&book.sheet_names()[0]).unwrap();
        assert!(formulas.used_cells().next().is_none(), "{formulas:?}");
        let text = |cell: &Data| match cell {
            Data::String(text) => text.clone(),
            Data::Empty => String::new(),
            other => panic!("{other:?} is no text"),
        };
        sheet.rows().map(|row| row.iter().map(text).collect()).collect()
    }

    /// Both, which have the same in them but for the apostrophes of the CSV.
    async fn exported(&mut self, address: &str) -> Vec<Vec<String>> {
        let (csv, xlsx) = (self.csv(address).await, self.xlsx(address).await);
        let plain = |cell: &String| cell.strip_prefix('\'').unwrap_or(cell).to_owned();
        assert_eq!(csv.iter().map(|row| row.iter().map(plain).collect::<Vec<_>>()).collect::<Vec<_>>(), xlsx);
        xlsx
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_somebody_named_is_a_formula_and_a_long_id_stays_what_it_is() {
    let given = Given::on(Engine::Sqlite).await;
    for name in [COMMAND, LONG] {
        given.desk.record_instance(server(name, "acc-7")).await.unwrap();
    }
    let mut browser = given.browser_of("customer").await;
    browser.goes_to("/products").await;
    assert!(browser.html.contains("href=\"/products/export?as=xlsx\""), "{}", browser.html);
    let rows = browser.exported("/products/export?as=").await;
    let ids: Vec<_> = rows.iter().map(|row| &*row[0]).collect();
    assert_eq!(ids, ["实例", LONG, COMMAND, "i-7"]);
    let csv = browser.csv("/products/export?as=").await;
    assert_eq!((&*csv[1][0], &*csv[2][0]), (LONG, &*format!("'{COMMAND}")));
    assert_eq!(csv[1][5], "可备案");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_goes_on_where_a_page_ends() {
    let given = Given::on(Engine::Sqlite).await;
    for nth in 0..450 {
        given.desk.record_instance(server(&format!("i-bp{nth:04}"), "acc-7")).await.unwrap();
    }
    let mut browser = given.browser_of("customer").await;
    let rows = browser.csv("/products/export?as=").await;
    assert_eq!(rows.len(), 1 + 451);
    assert_eq!(rows[450][0], "i-bp0448");
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_orders_and_numbers_are_exported_to_their_owner_alone() {
    let given = Given::on(Engine::Sqlite).await;
    let mut browser = given.browser_of("customer").await;
    browser.goes_to("/products/i-7/apply").await;
    browser.sends(&[("count", "2")]).await;
    let rows = browser.exported("/codes/export?as=").await;
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[1][1..3], ["i-7", "自用"]);
    let filer: Filer = given.filled_on(given.key(Role::Customer), server("i-7", "acc-7"), 1).await;
    let rows = browser.exported("/orders/export?as=").await;
    assert_eq!((rows.len(), &*rows[1][0], &*rows[1][1]), (2, &*filer.id, "首次备案"));
    let rows = browser.exported("/numbers/export?as=").await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    let mut other = given.browser_of("reviewer").await;
    for list in ["products", "codes", "orders", "numbers"] {
        other.goes_to(&format!("/{list}/export?as=csv")).await;
        assert_eq!(other.status, StatusCode::FORBIDDEN, "{list}");
    }
    for wrong in ["/codes/export", "/codes/export?as=pdf"] {
        browser.goes_to(wrong).await;
        assert_eq!(browser.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_is_exported_as_it_is_filtered_with_what_its_page_shows() {
    let given = Given::on(Engine::Sqlite).await;
    let filer = given.filled_on(given.key(Role::Customer), server("i-101", "acc-7"), 1).await;
    assert_eq!(given.submitted(&filer, "submit-1").await.status, 200);
    let mut browser = given.browser_of("reviewer").await;
    browser.goes_to("/review?state=submitted&kind=first-filing").await;
    let link = "/review/export?state=submitted&amp;kind=first-filing&amp;as=xlsx";
    assert!(browser.html.replace("&#38;", "&amp;").contains(link), "{}", browser.html);
    let rows = browser.exported("/review/export?state=submitted&kind=first-filing&as=").await;
    assert_eq!((rows.len(), &*rows[1][0]), (2, &*filer.id));
    for cell in rows[1].iter().filter(|cell| !cell.is_empty()).skip(1) {
        browser.goes_to("/review?state=submitted&kind=first-filing").await;
        for line in cell.lines() {
            browser.reads(line);
        }
    }
    assert_eq!(browser.exported("/review/export?state=approved&as=").await.len(), 1);
    let mut customer = given.browser_of("customer").await;
    customer.goes_to("/review/export?as=csv").await;
    assert_eq!(customer.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_has_what_the_page_was_asked_for() {
    let given = Given::on(Engine::Sqlite).await;
    for nth in 0..12 {
        given.desk.record_instance(server(&format!("i-bp{nth:04}"), "acc-7")).await.unwrap();
    }
    let mut browser = given.browser_of("customer").await;
    browser.goes_to("/products?text=bp000").await;
    assert!(browser.html.contains("href=\"/products/export?text=bp000&#38;as=csv\""), "{}", browser.html);
    assert_eq!(browser.csv("/products/export?text=bp000&as=").await.len(), 1 + 10);
    assert_eq!(browser.csv("/products/export?text=bp000&verdict=ineligible&as=").await.len(), 1);
    browser.goes_to("/products/i-7/apply").await;
    browser.sends(&[("count", "2")]).await;
    browser.goes_to("/codes?state=bound").await;
    assert!(browser.html.contains("href=\"/codes/export?state=bound&#38;as=csv\""), "{}", browser.html);
    assert_eq!(browser.csv("/codes/export?state=bound&as=").await.len(), 1 + 2);
    assert_eq!(browser.csv("/codes/export?state=void&as=").await.len(), 1);
}
