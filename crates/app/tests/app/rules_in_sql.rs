//! Editions as SQL inside PostgreSQL, against the evaluator: the same verdict and the same findings on every instance.
//!
//! `KEBEI_TEST_INSTANCES` sets how many instances there are for each rulebook; one million took three minutes on a busy machine.

use crate::rand_chacha_of;
use ::rulebook::{
    ALIYUN, Billing, Edition, Fact, Facts, Fen, Rulebook, Verdict, decide,
    sql::{self, Columns, Inquiry},
};
use futures_util::SinkExt;
use jiff::{
    Span, Timestamp, Unit, Zoned,
    civil::{Date, Time},
    tz::{self, TimeZone},
};
use rand_chacha::{ChaCha20Rng, rand_core::Rng};
use std::{collections::BTreeMap, env, fmt::Write, io::Cursor, pin::pin};
use testbed::{Database, Engine};
use tokio_postgres::{Client, NoTls};

const SHANGHAI: TimeZone = tz::get!("Asia/Shanghai");
const EXAMPLE_HOST: &str = include_str!("../../../../rulebooks/example-host.toml");

/// How many instances are asked about at one moment.
const BATCH: usize = 5_000;
const FEW: usize = 2 * BATCH;

/// Names that are no default, and such as must be quoted.
const COLUMNS: Columns<'_> = Columns {
    product: "product",
    account: "buyer\"; DROP TABLE instances; --",
    region: "region",
    billing: "Billing",
    public_bandwidth_mbps: "public_bandwidth_mbps",
    public_ips: "public_ips",
    purchased_at: "purchased_at",
    expires_at: "order",
    first_purchase_months: "first_purchase_months",
    first_order_amount: "first_order_amount",
    codes_issued: "codes_issued",
};

const TABLE: &str = r#"CREATE UNLOGGED TABLE instances (
    nth integer, product text, "buyer""; DROP TABLE instances; --" text, region text, "Billing" text,
    public_bandwidth_mbps bigint, public_ips inet[], purchased_at timestamptz, "order" timestamptz,
    first_purchase_months bigint, first_order_amount numeric, codes_issued bigint)"#;

/// Regions as inventories write them, at the edges of patterns, and such as mean harm.
const REGIONS: [&str; 44] = [
    "cn-hangzhou",
    "cn-beijing",
    "cn-hongkong",
    "cn-hongkong-b",
    "cn-hongkon",
    "cn-hongkongx",
    "CN-HongKong-b",
    "cn- hongkong",
    "cn-\u{ff48}ongkong",
    "cn-hong\u{212a}ong",
    "cn-hongkong-",
    "cn-",
    "cn",
    "cn-h",
    "cn-ho",
    "cn-hz",
    "cn-{",
    "cn-Z",
    "CN-Hangzhou",
    "\tcn-hangzhou",
    "\u{ff43}n-\u{a0}x",
    "ap-southeast-1",
    "AP-southeast-1",
    "us-west-1",
    "华东1（杭州）",
    "华东 1 (杭州)",
    "华东",
    "华",
    "北京",
    "北 京",
    "北京2",
    "香港",
    "中国香港",
    "中国（香港）",
    "中国 (香港)",
    "China (Hong Kong)",
    "china(beijing)",
    "CHİNA (Beijing)",
    "CHINA (Hong Kong",
    "bj-1",
    "hk-1",
    "HK-1",
    "mars-1",
    "",
];

/// Instants at which clocks changed, and at the ends of what is counted.
const EDGES: [&str; 12] = [
    "-004000-01-01T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "1900-12-31T15:54:16Z",
    "1900-12-31T15:54:17Z",
    "1940-05-31T16:00:00Z",
    "1986-05-03T18:00:00Z",
    "1988-04-16T16:30:00Z",
    "1991-09-14T16:59:59Z",
    "1991-09-14T17:00:00Z",
    "2038-01-19T03:14:08Z",
    "9999-11-30T15:59:59.999999Z",
    "9999-12-30T22:00:00.999999Z",
];

/// Random instances around a moment.
struct Wild {
    rng: ChaCha20Rng,
}

impl Wild {
    fn below(&mut self, end: u32) -> u32 {
        self.rng.next_u32() % end
    }

    fn between(&mut self, first: i64, last: i64) -> i64 {
        first + i64::from(self.below(u32::try_from(last - first + 1).unwrap()))
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(u32::try_from(of.len()).unwrap()) as usize]
    }

    /// Unknown one time in ten.
    fn known<T>(&mut self, value: T) -> Option<T> {
        (self.below(10) > 0).then_some(value)
    }

    /// A day between 2018 and 2035, often a last one of its month.
    fn day(&mut self) -> Date {
        let (year, month) = (self.between(2018, 2035), self.between(1, 12));
        let first = Date::new(i16::try_from(year).unwrap(), i8::try_from(month).unwrap(), 1).unwrap();
        let day = if self.below(2) == 0 { self.between(1, 31) } else { self.between(27, 31) };
        first.with().day(i8::try_from(day).unwrap().min(first.days_in_month())).build().unwrap()
    }

    fn clock(&mut self, near: Time) -> Time {
        match self.below(6) {
            0 => Time::midnight(),
            1 => Time::constant(23, 59, 59, 999_999_000),
            2 => near,
            3 => near.wrapping_add(Span::new().microseconds(1)),
            4 => near.wrapping_sub(Span::new().microseconds(1)),
            _ => Time::midnight().wrapping_add(Span::new().seconds(self.between(0, 86_399))),
        }
    }

    fn moment(&mut self) -> Timestamp {
        let (day, clock) = (self.day(), self.clock(Time::constant(12, 0, 0, 0)));
        instant(day, clock)
    }

    /// Whole months from `start`, or a day more or less.
    fn near(&mut self, start: &Zoned, months: (i64, i64)) -> Timestamp {
        if self.below(40) == 0 {
            return self.one(&EDGES).parse().unwrap();
        }
        let off = Span::new().months(self.between(months.0, months.1));
        let day = start.date().saturating_add(off).saturating_add(Span::new().days(self.between(-1, 1)));
        let clock = self.clock(start.time());
        instant(day, clock)
    }

    fn region(&mut self) -> String {
        match self.below(8) {
            0 => self.one(&REGIONS).to_owned(),
            1 => {
                let letters = ["c", "n", "-", "h", "o", "g", "k", "C", " ", "\u{ff2e}", "{", "'"];
                let length = self.below(14);
                "cn-".to_owned() + &(0..length).map(|_| self.one(&letters)).collect::<String>()
            }
            2..5 => "bj-1".to_owned(),
            _ => "cn-hangzhou".to_owned(),
        }
    }

    fn facts(&mut self, products: &[&str], at: &Zoned) -> Facts {
        let purchased = self.near(at, (-14, 1));
        let from = if self.below(2) == 0 { at.clone() } else { purchased.to_zoned(SHANGHAI) };
        let expires = self.near(&from, (-1, 13));
        let region = self.region();
        let ips = vec!["47.96.0.1".parse().unwrap(); self.below(3) as usize];
        let fen = [0, 8_999, 9_000, 9_899, 9_900, 119_999, 120_000, i64::MAX, i64::MIN];
        let codes = [0, 0, 0, 0, 0, 1, 2, 4, 5, 6, 19, 20, u32::MAX];
        let mbps = [0, 1, 1, 5, u32::MAX][self.below(5) as usize];
        let months = [0, 1, 5, 6, 11, 12, 13, u32::MAX][self.below(8) as usize];
        let amount = fen[self.below(9) as usize];
        let billing = if self.below(5) == 0 { Billing::PayAsYouGo } else { Billing::Subscription };
        let account = if self.below(6) == 0 { self.one(&["acc-8", "", "acc'7\\"]) } else { "acc-7" };
        Facts {
            product: self.one(products).to_owned(),
            account: self.known(account.to_owned()),
            region: self.known(region),
            billing: self.known(billing),
            public_bandwidth_mbps: self.known(mbps),
            public_ips: self.known(ips),
            purchased_at: self.known(purchased),
            expires_at: self.known(expires),
            first_purchase_months: self.known(months),
            first_order_amount: self.known(Fen::new(amount)),
            codes_issued: codes[self.below(13) as usize],
            ..Facts::default()
        }
    }
}

/// The last edge where the calendar ends before.
fn instant(day: Date, clock: Time) -> Timestamp {
    let at = day.to_datetime(clock).to_zoned(SHANGHAI).map(|at| at.timestamp());
    at.unwrap_or_else(|_| EDGES[EDGES.len() - 1].parse().unwrap())
}

/// The instances as `COPY` reads them.
fn rows(all: &[Facts]) -> String {
    let mut to = String::new();
    for (nth, facts) in all.iter().enumerate() {
        let text = |text: &str| {
            text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
        };
        let null = || "\\N".to_owned();
        let number = |n: Option<u32>| n.map_or_else(null, |n| n.to_string());
        let time = |at: Option<Timestamp>| at.map_or_else(null, written);
        let ips = facts.public_ips.as_ref().map_or_else(null, |ips| {
            format!("{{{}}}", ips.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
        });
        let cells = [
            nth.to_string(),
            text(&facts.product),
            facts.account.as_deref().map_or_else(null, text),
            facts.region.as_deref().map_or_else(null, text),
            facts.billing.map_or_else(null, |billing| billing.word().to_owned()),
            number(facts.public_bandwidth_mbps),
            ips,
            time(facts.purchased_at),
            time(facts.expires_at),
            number(facts.first_purchase_months),
            facts.first_order_amount.map_or_else(null, |amount| amount.to_string()),
            // No codes is what a table without the fact says as well.
            if facts.codes_issued == 0 && nth % 2 == 0 { null() } else { facts.codes_issued.to_string() },
        ];
        writeln!(to, "{}", cells.join("\t")).unwrap();
    }
    to
}

/// An instant as PostgreSQL reads it.
fn written(at: Timestamp) -> String {
    assert_eq!(at.round(Unit::Microsecond).unwrap(), at, "PostgreSQL keeps microseconds");
    let at = at.to_zoned(TimeZone::UTC);
    let (year, era) = if at.year() > 0 { (at.year(), "") } else { (1 - at.year(), " BC") };
    format!("{year:04}-{}+00{era}", at.strftime("%m-%d %H:%M:%S%.f"))
}

async fn load(client: &Client, all: &[Facts]) {
    client.batch_execute("TRUNCATE instances").await.unwrap();
    let mut sink = pin!(client.copy_in::<_, Cursor<String>>("COPY instances FROM STDIN").await.unwrap());
    sink.send(Cursor::new(rows(all))).await.unwrap();
    assert_eq!(sink.finish().await.unwrap(), all.len() as u64);
}

/// How often each verdict and finding was seen.
type Seen = BTreeMap<&'static str, usize>;

async fn compare(client: &Client, edition: &Edition, inquiry: &Inquiry<'_>, all: &[Facts], seen: &mut Seen) {
    let (verdict, findings) = (sql::verdict(edition, inquiry), sql::findings(edition, inquiry));
    let told = client.query(&format!("SELECT {verdict}, {findings} FROM instances ORDER BY nth"), &[]).await;
    let told = told.unwrap_or_else(|error| panic!("{error:?}\n{verdict}\n{findings}"));
    assert_eq!(told.len(), all.len());
    for (facts, row) in all.iter().zip(told) {
        let mut facts = facts.clone();
        if let Some(id) = inquiry.names.and_then(|book| book.product_id(&facts.product)) {
            facts.product = id.to_owned();
        }
        let here = decide(edition, &facts, inquiry.at, inquiry.asker);
        let (codes, unknown) = sql::read_findings(row.get(1));
        let here_codes = rulebook::Code::ALL.into_iter().filter(|code| here.has(*code));
        let ours = (here.verdict().word(), here_codes.collect::<Vec<_>>(), here.unknown());
        let theirs = (row.get::<_, &str>(0), codes.iter().collect::<Vec<_>>(), unknown);
        assert_eq!(ours, theirs, "{} at {} for {:?}: {facts:#?}", edition.id, inquiry.at, inquiry.asker);
        *seen.entry(here.verdict().word()).or_default() += 1;
        here.findings().for_each(|finding| *seen.entry(finding.code.word()).or_default() += 1);
        unknown.iter().for_each(|fact| *seen.entry(fact.key()).or_default() += 1);
    }
}

/// A connection to a database of its own that has the table, with settings that must not matter.
async fn table() -> Client {
    let database = Database::new(Engine::Postgres).await;
    let (client, connection) =
        tokio_postgres::connect(&database.postgres().unwrap().url, NoTls).await.unwrap();
    tokio::spawn(connection);
    let settings =
        "SET timezone = 'America/New_York'; SET datestyle = 'SQL, DMY'; SET intervalstyle = 'iso_8601';
                    SET escape_string_warning = off; SET standard_conforming_strings = off";
    client.batch_execute(&format!("{settings}; {TABLE}")).await.unwrap();
    client
}

fn products(book: &Rulebook, names: bool) -> Vec<&str> {
    let rows = book.editions.iter().flat_map(|edition| edition.rows());
    let mut products: Vec<&str> = rows
        .flat_map(|row| {
            let others = [&row.name.zh, &row.name.en].into_iter().chain(&row.aliases).filter(move |_| names);
            [&row.product].into_iter().chain(others).map(String::as_str)
        })
        .collect();
    products.extend(["rds", "ECS", "", "ｅｃｓ", " ecs", "ecs'; --"]);
    products
}

async fn agree(book: &Rulebook, instances: usize, start: u8) -> Seen {
    let client = table().await;
    let mut wild = Wild { rng: rand_chacha_of(start) };
    let mut seen = Seen::new();
    for batch in 0..instances.div_ceil(BATCH) {
        let at = wild.moment();
        let names = (batch % 4 == 3).then_some(book);
        let products = products(book, names.is_some());
        let all: Vec<_> = (0..BATCH).map(|_| wild.facts(&products, &at.to_zoned(SHANGHAI))).collect();
        load(&client, &all).await;
        let asker = [Some("acc-7"), None, Some("acc'7\\"), Some("acc\0")][batch % 4];
        for edition in &book.editions {
            let inquiry = Inquiry { at, asker, columns: COLUMNS, names };
            compare(&client, edition, &inquiry, &all, &mut seen).await;
        }
    }
    seen
}

fn instances() -> usize {
    env::var("KEBEI_TEST_INSTANCES").map_or(FEW, |count| count.parse().unwrap())
}

#[tokio::test]
async fn postgresql_decides_random_instances_as_the_evaluator_does() {
    let instances = instances();
    let seen = agree(&Rulebook::parse(ALIYUN).unwrap(), instances, 31).await;
    println!("{seen:#?}");
    let facts = Fact::ALL.into_iter().filter(|fact| *fact != Fact::CodesIssued).map(Fact::key);
    let words =
        Verdict::ALL.map(Verdict::word).into_iter().chain(rulebook::Code::ALL.map(rulebook::Code::word));
    for word in words.chain(facts) {
        let times = seen.get(word).copied().unwrap_or_default();
        assert!(times >= instances / 500, "{word} was decided {times} times only");
    }
}

#[tokio::test]
async fn postgresql_decides_by_a_second_rulebook_that_is_unlike_the_first() {
    agree(&Rulebook::parse(EXAMPLE_HOST).unwrap(), instances(), 32).await;
}

#[tokio::test]
async fn postgresql_decides_at_the_ends_of_the_calendar() {
    let book = Rulebook::parse(ALIYUN).unwrap();
    let client = table().await;
    let mut wild = Wild { rng: rand_chacha_of(33) };
    let edges = EDGES.iter().map(|edge| edge.parse::<Timestamp>().unwrap());
    for at in edges.chain([Timestamp::MIN, Timestamp::MAX]) {
        let around = at.clamp(EDGES[0].parse().unwrap(), EDGES[11].parse().unwrap()).to_zoned(SHANGHAI);
        let all: Vec<_> = (0..300).map(|_| wild.facts(&products(&book, false), &around)).collect();
        load(&client, &all).await;
        for edition in &book.editions {
            let inquiry = Inquiry { at, asker: None, columns: COLUMNS, names: None };
            compare(&client, edition, &inquiry, &all, &mut Seen::new()).await;
        }
    }
}
