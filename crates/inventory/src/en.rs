//! Every sentence of this crate in English. `zh.rs` says the same in Chinese; the matches are exhaustive in both.

use crate::{
    fault::{Alien, BadRecord, Expected, Fault, Found, OpenError, Place, Warning, WorkbookFault},
    logins::LoginColumn,
    table::Column,
};
use rulebook::Lang;

const READ_HERE: &str = "What is read: the JSON answers of ECS DescribeInstances and SWAS ListInstances, \
                         Kebei's JSON lines, CSV (UTF-8 or GBK), XLSX.";

const LOGINS_READ_HERE: &str = "What is read: CSV (UTF-8 or GBK) with the columns instance, user_name or host_name or both, \
                                password or phc.";

pub(crate) fn place(place: &Place) -> String {
    match &place.sheet {
        Some(sheet) => format!("sheet \"{sheet}\", row {}", place.line),
        None => format!("line {}", place.line),
    }
}

/// The fault as a sentence, and what to do.
pub(crate) fn fault(fault: &Fault) -> String {
    sentence(&what(fault), advice(fault))
}

/// As errors are shown: no capital, no full stop, no advice.
pub(crate) fn bad_record(bad: &BadRecord) -> String {
    let faults: Vec<String> = bad.faults.iter().map(what).collect();
    format!("{}: {}", place(&bad.place), faults.join("; "))
}

/// `what` with a capital, and `advice`, which begins with its own punctuation.
fn sentence(what: &str, advice: &str) -> String {
    let mut rest = what.chars();
    let first = rest.next().into_iter().flat_map(char::to_uppercase);
    first.chain(rest).chain(advice.chars()).collect()
}

fn what(fault: &Fault) -> String {
    match fault {
        Fault::Value { field, found, expected } => {
            format!("`{field}` is {}; {}", self::found(found), self::expected(*expected))
        }
        Fault::Missing { field } => format!("`{field}` is missing"),
        Fault::Repeated { field } => format!("`{field}` stands twice"),
        Fault::UnknownKey { key, nearest: Some(nearest) } => {
            format!("the key `{key}` is not known; is `{nearest}` meant")
        }
        Fault::UnknownKey { key, nearest: None } => format!("the key `{key}` is not known"),
        Fault::Cells { found, expected } => {
            format!("the row has {found} cells and the heading row {expected}")
        }
        Fault::NotText { encoding } => format!("there are bytes that are not {}", encoding.name()),
        Fault::TooLong { limit } => format!("the record is longer than {limit} bytes and was skipped"),
        Fault::PasswordAndHash => "the row has both a password and a password hash".to_owned(),
        Fault::UnclosedQuote => {
            "a cell begins with a quotation mark that nothing closes; the line was skipped".to_owned()
        }
        Fault::TextAfterQuote => "a cell goes on after the quotation mark that closes it".to_owned(),
        Fault::NotAnObject { found } => {
            format!("the record is {}; expected a JSON object ({{…}}), each on one line", self::found(found))
        }
        Fault::Syntax { line, column, said, .. } => {
            format!("the record is not JSON: at byte {column} of line {line}, {said}")
        }
        Fault::Lost { found, expected } => {
            format!("found `{}` and expected {expected}; nothing more can be read", found.escape_default())
        }
        Fault::TooDeep { limit } => {
            format!("more than {limit} levels inside each other; nothing more can be read")
        }
        Fault::Truncated => "the file ends in the middle of a record, which was not read".to_owned(),
        Fault::ErrorAnswer { code, message } => {
            format!("this is no list of instances but the provider's error {code} ({message})")
        }
        Fault::NoInstances => "the answer has no list of instances: expected Instances.Instance (ECS) or \
                               Instances (SWAS)"
            .to_owned(),
        Fault::TooManyRows { limit } => {
            format!("the sheet has more than {limit} rows; the rest was not read")
        }
        Fault::MissingColumns { missing } => {
            format!("the heading row lacks {}; the sheet was not read", columns(missing))
        }
        Fault::RepeatedColumn { column, headings } => {
            format!("{}; the sheet was not read", repeated(*column, headings))
        }
        Fault::DamagedSheet { said } => format!("from here on the sheet cannot be read ({said})"),
        Fault::Unreadable { said } => format!("reading failed ({said}); the rest was not read"),
    }
}

fn advice(fault: &Fault) -> &'static str {
    match fault {
        Fault::Value { .. } | Fault::NotAnObject { .. } | Fault::Unreadable { .. } => ".",
        Fault::Missing { .. } => "; add it.",
        Fault::Repeated { .. } | Fault::PasswordAndHash => "; keep one.",
        Fault::RepeatedColumn { .. } => ". Keep one.",
        Fault::UnknownKey { nearest: Some(_), .. } => "?",
        Fault::UnknownKey { nearest: None, .. } => "; remove it.",
        Fault::Cells { .. } => ". Look for a separator too many; a cell that contains one must be quoted.",
        Fault::NotText { .. } => ". Save the file as UTF-8 and try again.",
        Fault::TooLong { .. } => ". Check that the file is whole.",
        Fault::UnclosedQuote => ". Close it.",
        Fault::TextAfterQuote => {
            "; the line was skipped. A quotation mark inside a quoted cell is written twice."
        }
        Fault::Syntax { .. } => ". Correct the record.",
        Fault::Lost { .. } => ". Correct the file and try again.",
        Fault::TooDeep { .. } => ". Check the file.",
        Fault::Truncated => ". Export the whole file again.",
        Fault::ErrorAnswer { .. } => ". Make the call again.",
        Fault::NoInstances => ". Save the whole answer.",
        Fault::TooManyRows { .. } => ". Split it into several files.",
        Fault::MissingColumns { .. } => ". Name its columns and try again.",
        Fault::DamagedSheet { .. } => ". Open it in a spreadsheet and save it again, or as CSV.",
    }
}

fn columns(missing: &[Column]) -> String {
    let names = |column: &Column| format!("`{}`", column.headings().join("` or `"));
    missing.iter().map(names).collect::<Vec<_>>().join(" and ")
}

fn repeated(column: Column, [first, second]: &[String; 2]) -> String {
    format!("two columns both mean `{}`: `{first}` and `{second}`", column.heading(Lang::En))
}

fn found(found: &Found) -> String {
    match found {
        Found::Null => "null".to_owned(),
        Found::Boolean(boolean) => format!("the boolean {boolean}"),
        Found::Number(number) => format!("the number {number}"),
        Found::Text(text) => format!("the text \"{text}\""),
        Found::Date(date) => format!("the date {date}"),
        Found::Error(error) => format!("the formula error {error}"),
        Found::List => "a list".to_owned(),
        Found::Object => "an object".to_owned(),
    }
}

const fn expected(expected: Expected) -> &'static str {
    match expected {
        Expected::Text => "expected text",
        Expected::SomeText => "expected text that is not empty",
        Expected::IdAsText => {
            "a spreadsheet has dropped its last digits: format the cell as text and enter it again"
        }
        Expected::TextNotDate => {
            "a spreadsheet took it for a date: format the cell as text and enter it again"
        }
        Expected::TextOrWhole => "expected text or a whole number",
        Expected::Short => "expected at most 256 characters without control characters",
        Expected::FewAddresses => "expected at most 256 addresses",
        Expected::Billing => "expected subscription or pay-as-you-go",
        Expected::BillingWord => "expected subscription (包年包月) or pay-as-you-go (按量付费)",
        Expected::ChargeType => "expected PrePaid or PostPaid",
        Expected::WholeNumber => "expected a whole number from 0",
        Expected::Bandwidth => "expected a whole number from 0, in Mbit/s, such as 5",
        Expected::AddressList => "expected a list of IP addresses such as [\"47.96.0.1\"], or [] for none",
        Expected::Address => "expected an IP address such as 47.96.0.1",
        Expected::Addresses => "expected IP addresses, several separated by `;`, or `-` for none",
        Expected::Time => "expected a time with its offset, such as 2020-07-01T10:00:00+08:00",
        Expected::ProviderTime => "expected a UTC time such as 2020-07-01T02:00Z",
        Expected::Date => "expected a date or time such as 2020-07-01 or 2020-07-01 10:00:00",
        Expected::Year => "the year must be between 1990 and 2999; check the date",
        Expected::AmountText => {
            "write the amount as text, in yuan with at most two decimals, such as \"99.00\""
        }
        Expected::Amount => "expected an amount in yuan with at most two decimals, such as 99.00",
        Expected::FactNames => "expected a list of keys such as [\"purchased_at\"]",
        Expected::FactName => "expected a key such as \"purchased_at\"",
        Expected::Object => "expected an object",
    }
}

/// Why an input is not read as a sentence, and what to do.
pub(crate) fn open(error: &OpenError) -> String {
    let what = what_of_open(error);
    match error {
        OpenError::Unreadable(said) => format!("Reading failed ({said})."),
        OpenError::Empty => sentence(&what, &format!(". {READ_HERE}")),
        OpenError::Alien(alien) => sentence(&what, &advice_on_alien(*alien)),
        OpenError::MissingColumns { headings, .. } => {
            let advice = format!(
                ". The first row is: {}. Name the columns in the first row; if this is not a table: {READ_HERE}",
                headings.join(", ")
            );
            sentence(&what, &advice)
        }
        OpenError::RepeatedColumn { .. } | OpenError::RepeatedLoginColumn(_) => {
            sentence(&what, ". Keep one.")
        }
        OpenError::NoLogins | OpenError::MissingLoginColumns { .. } => {
            sentence(&what, &format!(". {LOGINS_READ_HERE}"))
        }
        OpenError::BadHeadings(bad) => {
            let faults: Vec<String> = bad.faults.iter().map(fault).collect();
            format!("The heading row on {} cannot be read. {}", place(&bad.place), faults.join(" "))
        }
        OpenError::Workbook(workbook) => sentence(&what, &advice_on_workbook(workbook)),
    }
}

/// As errors are shown; the cause of the first and of bad headings is their source.
pub(crate) fn what_of_open(error: &OpenError) -> String {
    match error {
        OpenError::Unreadable(_) => "reading failed".to_owned(),
        OpenError::Empty => "the file is empty".to_owned(),
        OpenError::Alien(alien) => self::alien(*alien).to_owned(),
        OpenError::MissingColumns { missing, .. } => format!("the heading row lacks {}", columns(missing)),
        OpenError::RepeatedColumn { column, headings } => repeated(*column, headings),
        OpenError::NoLogins => "this is no table of logins".to_owned(),
        OpenError::MissingLoginColumns { missing } => {
            let one_of = |columns: &&[LoginColumn]| {
                columns
                    .iter()
                    .map(|column| format!("`{}`", column.headings().join("` or `")))
                    .collect::<Vec<_>>()
                    .join(" or ")
            };
            format!("the heading row lacks {}", missing.iter().map(one_of).collect::<Vec<_>>().join(", and "))
        }
        OpenError::RepeatedLoginColumn(column) => {
            format!("two columns both mean `{}`", column.heading(Lang::En))
        }
        OpenError::BadHeadings(_) => "the heading row cannot be read".to_owned(),
        OpenError::Workbook(fault) => workbook(fault),
    }
}

const fn alien(alien: Alien) -> &'static str {
    match alien {
        Alien::Pdf => "this is a PDF document and cannot be read",
        Alien::Compressed => "this file is compressed",
        Alien::Markup => "this is HTML or XML and cannot be read",
        Alien::Picture => "this is a picture and cannot be read",
        Alien::OldWorkbook => "this is an old Excel workbook (.xls), or one with a password",
        Alien::RecordList => "this is a JSON list",
        Alien::Binary => "this is a binary file and cannot be read",
    }
}

fn advice_on_alien(alien: Alien) -> String {
    match alien {
        Alien::Pdf | Alien::Picture | Alien::Binary => format!(". {READ_HERE}"),
        Alien::Compressed => format!("; unpack it first. {READ_HERE}"),
        Alien::Markup => format!("; save a table exported from a page as XLSX or CSV. {READ_HERE}"),
        Alien::OldWorkbook => ". Remove the password and save it as .xlsx or CSV.".to_owned(),
        Alien::RecordList => ". Make it JSON lines: no brackets around, one record a line.".to_owned(),
    }
}

fn workbook(fault: &WorkbookFault) -> String {
    match fault {
        WorkbookFault::TooLarge(limit) => format!("the workbook is larger than {} MiB", limit >> 20),
        WorkbookFault::Inflates(limit) => {
            format!("unpacked, the workbook is larger than {} MiB; it is refused", limit >> 20)
        }
        WorkbookFault::NoWorkbook => "this is a zip archive but no XLSX workbook".to_owned(),
        WorkbookFault::Damaged(said) => format!("the workbook is damaged and cannot be read ({said})"),
        WorkbookFault::TooManySheets(limit) => format!("the workbook has more than {limit} sheets"),
        WorkbookFault::NothingInIt => "there is nothing in the workbook".to_owned(),
    }
}

fn advice_on_workbook(fault: &WorkbookFault) -> String {
    match fault {
        WorkbookFault::TooLarge(_) | WorkbookFault::Inflates(_) => {
            ". Split it, or save it as CSV, which has no limit.".to_owned()
        }
        WorkbookFault::NoWorkbook => format!(". {READ_HERE}"),
        WorkbookFault::Damaged(_) => ". Open it in a spreadsheet and save it again, or as CSV.".to_owned(),
        WorkbookFault::TooManySheets(_) => ". Split it into several files.".to_owned(),
        WorkbookFault::NothingInIt => ".".to_owned(),
    }
}

pub(crate) fn warning(warning: &Warning) -> String {
    match warning {
        Warning::UnknownColumn { heading } => {
            format!("The column `{heading}` is not known and is passed over.")
        }
        Warning::SheetNotRead { sheet } => {
            format!("The sheet \"{sheet}\" has no heading row with the instances' ids and was not read.")
        }
        Warning::LongNumbers { heading } => format!(
            "Under `{heading}` are numbers of more than 15 digits, of which a spreadsheet drops the last: \
             store ids longer than 15 digits as text."
        ),
        Warning::PerhapsCut { line } => format!(
            "Line {line} is the last one, has no line end and fewer cells than the heading row: \
             check that the file is whole."
        ),
        Warning::RowsInCell { line } => format!(
            "In the row on line {line} a quoted cell goes on over what looks like other rows: \
             check its quotation marks."
        ),
        Warning::PagesMissing { counted, read } => format!(
            "The provider counts {counted} instances and the file holds {read}: \
             check that every page of the answer is in it."
        ),
        Warning::MoreUnknownColumns { count } => {
            format!("{count} more columns are not known and are passed over.")
        }
    }
}
