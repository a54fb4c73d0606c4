//! What can be wrong with an input, and where. The sentences are in `zh.rs` and `en.rs`.

use crate::{en, logins::LoginColumn, table::Column, zh};
use rulebook::Lang;
use std::{borrow::Cow, fmt, io, sync::Arc};

/// Where a record stands in its input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line on which it begins, from 1; in a workbook the number of its row.
    pub line: u64,
    /// Its number among the records, bad ones counted, from 1.
    pub record: u64,
    /// The sheet, in a workbook.
    pub sheet: Option<Arc<str>>,
}

impl Place {
    /// As people read it: `line 12`, `sheet "ECS", row 12`.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::place(self),
            Lang::En => en::place(self),
        }
    }
}

/// A record that could not be read, with everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRecord {
    /// Where it stands.
    pub place: Place,
    /// Never empty.
    pub faults: Vec<Fault>,
}

impl BadRecord {
    /// The place and what is wrong there, in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        let faults: Vec<String> = self.faults.iter().map(|fault| fault.message(lang)).collect();
        match lang {
            Lang::Zh => format!("{}：{}", self.place.message(lang), faults.concat()),
            Lang::En => format!("{}: {}", self.place.message(lang), faults.join(" ")),
        }
    }
}

impl fmt::Display for BadRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&en::bad_record(self))
    }
}

impl std::error::Error for BadRecord {}

/// One thing that is wrong with a record. Fields are named as the input names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A value that cannot be what its field says.
    Value {
        /// The field.
        field: Cow<'static, str>,
        /// What stands there.
        found: Found,
        /// What should stand there.
        expected: Expected,
    },
    /// A field without which there is no record is missing or empty.
    Missing {
        /// The field.
        field: Cow<'static, str>,
    },
    /// A key stands twice in one record.
    Repeated {
        /// The key.
        field: Cow<'static, str>,
    },
    /// A key that no record has.
    UnknownKey {
        /// The key.
        key: String,
        /// The known key that looks most like it.
        nearest: Option<&'static str>,
    },
    /// A row has more or fewer cells than the heading row.
    Cells {
        /// So many.
        found: usize,
        /// The heading row's.
        expected: usize,
    },
    /// Bytes that are no text in the encoding of the input.
    NotText {
        /// The encoding.
        encoding: Encoding,
    },
    /// A record is longer than any instance.
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// A row has a password, and the hash of one.
    PasswordAndHash,
    /// A quotation mark opens a cell and none closes it.
    UnclosedQuote,
    /// A quotation mark closes a cell, and neither a separator nor the end of the line follows.
    TextAfterQuote,
    /// A record is no JSON object.
    NotAnObject {
        /// What it is.
        found: Found,
    },
    /// A record is no JSON.
    Syntax {
        /// The line on which it stops being JSON.
        line: u64,
        /// And the byte of that line, from 1.
        column: u64,
        /// In which way.
        kind: NoJson,
        /// What the parser says.
        said: String,
    },
    /// What follows is no JSON, so that nothing more can be read.
    Lost {
        /// The character that stands there.
        found: char,
        /// What should stand there.
        expected: &'static str,
    },
    /// Lists and objects inside each other, deeper than any answer.
    TooDeep {
        /// The limit.
        limit: u32,
    },
    /// The input ends in the middle of a record.
    Truncated,
    /// The provider answered with an error instead of a list.
    ErrorAnswer {
        /// Its code.
        code: String,
        /// Its message.
        message: String,
    },
    /// An answer without a list of instances.
    NoInstances,
    /// The sheet has more rows than are read.
    TooManyRows {
        /// The limit.
        limit: u64,
    },
    /// A sheet of ids lacks columns without which there is no record.
    MissingColumns {
        /// Those.
        missing: Vec<Column>,
    },
    /// Two columns of a sheet say the same thing.
    RepeatedColumn {
        /// What they say.
        column: Column,
        /// Their headings.
        headings: [String; 2],
    },
    /// The rest of the sheet cannot be read.
    DamagedSheet {
        /// Why.
        said: String,
    },
    /// The input itself failed.
    Unreadable {
        /// Why.
        said: String,
    },
}

impl Fault {
    /// What is wrong and what to do, in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::fault(self),
            Lang::En => en::fault(self),
        }
    }

    pub(crate) fn value(field: &'static str, found: Found, expected: Expected) -> Self {
        Self::Value { field: Cow::Borrowed(field), found, expected }
    }
}

/// In which way a text is no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoJson {
    /// It is not written as JSON is.
    Syntax,
    /// It ends too early.
    End,
    /// A value in it cannot be read.
    Data,
}

/// What stands in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing: JSON's null.
    Null,
    /// True or false.
    Boolean(bool),
    /// A number, as it would be written.
    Number(String),
    /// A text; the beginning of a long one.
    Text(String),
    /// A date cell of a workbook.
    Date(String),
    /// A cell whose formula failed.
    Error(String),
    /// A JSON list.
    List,
    /// A JSON object.
    Object,
}

/// Characters of a text that a message repeats: enough to find it again.
const SHOWN: usize = 60;

impl Found {
    /// The text, or its beginning, fit for one line.
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(shown(text))
    }
}

/// A number, as short as it can be told.
pub(crate) fn number(number: f64) -> String {
    /// From here on digits are only zeros, and below they begin late.
    const LONG: std::ops::Range<f64> = 1e-6..1e21;

    if number == 0.0 || LONG.contains(&number.abs()) { number.to_string() } else { format!("{number:e}") }
}

/// The beginning of `text`, fit for one line.
pub(crate) fn shown(text: &str) -> String {
    let mut beginning: String =
        text.chars().take(SHOWN).map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
    if text.chars().nth(SHOWN).is_some() {
        beginning.push('…');
    }
    beginning
}

/// What should stand in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A text.
    Text,
    /// A text that is not empty.
    SomeText,
    /// At most 256 characters, none of them a control character.
    Short,
    /// An id that a spreadsheet kept as a number, and that has lost its last digits.
    IdAsText,
    /// A text that a spreadsheet took for a date.
    TextNotDate,
    /// A text, or a whole number, which can be an id too.
    TextOrWhole,
    /// `subscription` or `pay-as-you-go`.
    Billing,
    /// A billing word, as tables write it.
    BillingWord,
    /// `PrePaid` or `PostPaid`.
    ChargeType,
    /// A whole number from 0.
    WholeNumber,
    /// Whole Mbit/s from 0, as tables write them.
    Bandwidth,
    /// A JSON list of addresses.
    AddressList,
    /// An IP address.
    Address,
    /// IP addresses as tables write them.
    Addresses,
    /// At most 256 IP addresses.
    FewAddresses,
    /// An RFC 3339 time with offset.
    Time,
    /// A time as the provider writes it.
    ProviderTime,
    /// A date or time as tables write it.
    Date,
    /// A year in which instances live.
    Year,
    /// An amount as JSON text.
    AmountText,
    /// An amount as tables write it.
    Amount,
    /// A JSON list of names of facts.
    FactNames,
    /// The name of a fact.
    FactName,
    /// A JSON object.
    Object,
}

/// How an input writes its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with byte order mark or without.
    Utf8,
    /// GBK or its superset GB 18030, as Chinese Excel saves CSV.
    Gbk,
    /// UTF-16 with byte order mark, as Excel saves "Unicode text" and Windows redirects output.
    Utf16,
}

impl Encoding {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Gbk => "GBK",
            Self::Utf16 => "UTF-16",
        }
    }
}

/// Why an input is not read at all.
#[derive(Debug)]
pub enum OpenError {
    /// The input itself failed.
    Unreadable(io::Error),
    /// There is nothing in it.
    Empty,
    /// It is none of the formats that are read.
    Alien(Alien),
    /// The heading row lacks columns without which there is no record.
    MissingColumns {
        /// Those.
        missing: Vec<Column>,
        /// The headings that are there, the first few.
        headings: Vec<String>,
    },
    /// Two columns say the same thing.
    RepeatedColumn {
        /// What they say.
        column: Column,
        /// Their headings.
        headings: [String; 2],
    },
    /// It is no table of logins: another format, or nothing at all.
    NoLogins,
    /// The heading row lacks columns without which there is no login. It is not repeated: where there is none, it is a password.
    MissingLoginColumns {
        /// One of each of these.
        missing: Vec<&'static [LoginColumn]>,
    },
    /// Two columns of a table of logins say the same thing.
    RepeatedLoginColumn(LoginColumn),
    /// The heading row is no row: too long, not text, or a quotation mark is not closed.
    BadHeadings(BadRecord),
    /// A workbook that is not read.
    Workbook(WorkbookFault),
}

/// Something that is none of the formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alien {
    /// A PDF document.
    Pdf,
    /// A compressed file.
    Compressed,
    /// A page or document of tags.
    Markup,
    /// A picture.
    Picture,
    /// An Excel 97 workbook, or one with a password.
    OldWorkbook,
    /// A JSON list of Kebei's records.
    RecordList,
    /// Bytes that are no text.
    Binary,
}

/// Why a workbook is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkbookFault {
    /// The file is larger than the limit, in bytes.
    TooLarge(usize),
    /// Unpacked it is larger than the limit, in bytes.
    Inflates(u64),
    /// A zip archive, but no workbook.
    NoWorkbook,
    /// It cannot be unpacked or understood; the reason as the parser says it.
    Damaged(String),
    /// It has more sheets than the limit.
    TooManySheets(usize),
    /// No sheet has anything in it.
    NothingInIt,
}

impl OpenError {
    /// What is wrong and what to do, in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::open(self),
            Lang::En => en::open(self),
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&en::what_of_open(self))
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable(error) => Some(error),
            Self::BadHeadings(bad) => Some(bad),
            Self::Empty
            | Self::Alien(_)
            | Self::MissingColumns { .. }
            | Self::RepeatedColumn { .. }
            | Self::NoLogins
            | Self::MissingLoginColumns { .. }
            | Self::RepeatedLoginColumn(_)
            | Self::Workbook(_) => None,
        }
    }
}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

/// Something that is passed over and should be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// A column that says nothing about filing, or whose heading is misspelt.
    UnknownColumn {
        /// Its heading.
        heading: String,
    },
    /// A sheet that holds something, but no heading row of instances.
    SheetNotRead {
        /// Its name.
        sheet: String,
    },
    /// Ids that a workbook keeps as numbers, and that are so long that it may have changed them.
    LongNumbers {
        /// The heading of their column.
        heading: String,
    },
    /// The last row of a table looks as if the file was cut off in it.
    PerhapsCut {
        /// Its line.
        line: u64,
    },
    /// A quoted cell holds what looks like other rows, so that a quotation mark may be missing.
    RowsInCell {
        /// The line on which its row begins.
        line: u64,
    },
    /// The provider counts more instances than its answers hold.
    PagesMissing {
        /// What it counts.
        counted: u64,
        /// What was read.
        read: u64,
    },
    /// Further unknown columns, not listed.
    MoreUnknownColumns {
        /// So many.
        count: usize,
    },
}

impl Warning {
    /// What is passed over, in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::warning(self),
            Lang::En => en::warning(self),
        }
    }
}
