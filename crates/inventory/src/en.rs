//! Every sentence of this crate in English. `zh.rs` says the same in Chinese; the matches are exhaustive in both.

use crate::fault::{Alien, Expected, Fault, Found, OpenError, Place, Warning, WorkbookFault};
use rulebook::Lang;

const READ_HERE: &str = "What is read: the JSON answers of ECS DescribeInstances and SWAS ListInstances, \
                         Kebei's JSON lines, CSV (UTF-8 or GBK), XLSX.";

pub(crate) fn place(place: &Place) -> String {
    match &place.sheet {
        Some(sheet) => format!("sheet \"{sheet}\", row {}", place.line),
        None => format!("line {}", place.line),
    }
}

pub(crate) fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Value { field, found, expected } => {
            format!("`{field}` is {}; {}.", self::found(found), self::expected(*expected))
        }
        Fault::Missing { field } => format!("`{field}` is missing; add it."),
        Fault::Repeated { field } => format!("`{field}` stands twice; keep one."),
        Fault::UnknownKey { key, nearest: Some(nearest) } => {
            format!("The key `{key}` is not known; is `{nearest}` meant?")
        }
        Fault::UnknownKey { key, nearest: None } => format!("The key `{key}` is not known; remove it."),
        Fault::Cells { found, expected } => format!(
            "The row has {found} cells and the heading row {expected}. \
             Look for a separator too many or too few; a cell that contains one must be quoted."
        ),
        Fault::NotText { encoding } => {
            format!("There are bytes that are not {}. Save the file as UTF-8 and try again.", encoding.name())
        }
        Fault::TooLong { limit } => {
            format!("The record is longer than {limit} bytes and was skipped. Check that the file is whole.")
        }
        Fault::UnclosedQuote => {
            "A cell begins with a quotation mark that nothing closes; the line was skipped. Close it."
                .to_owned()
        }
        Fault::NotAnObject { found } => {
            format!("The record is {}; expected a JSON object ({{…}}), each on one line.", self::found(found))
        }
        Fault::Syntax { line, column, said } => {
            format!("The record is not JSON: at byte {column} of line {line}, {said}. Correct the record.")
        }
        Fault::Lost { found, expected } => format!(
            "Found `{}` and expected {expected}; nothing more can be read. Correct the file and try again.",
            found.escape_default()
        ),
        Fault::TooDeep { limit } => {
            format!("More than {limit} levels inside each other; nothing more can be read. Check the file.")
        }
        Fault::Truncated => "The file ends in the middle of a record, which was not read. \
                             Export the whole file again."
            .to_owned(),
        Fault::ErrorAnswer { code, message } => format!(
            "This is no list of instances but the provider's error {code} ({message}). Make the call again."
        ),
        Fault::NoInstances => "The answer has no list of instances: expected Instances.Instance (ECS) or \
                               Instances (SWAS). Save the whole answer."
            .to_owned(),
        Fault::TooManyRows { limit } => {
            format!(
                "The sheet has more than {limit} rows; the rest was not read. Split it into several files."
            )
        }
        Fault::DamagedSheet { said } => format!(
            "From here on the sheet cannot be read ({said}). Open it in a spreadsheet and save it again, or as CSV."
        ),
        Fault::Unreadable { said } => format!("Reading failed ({said}); the rest was not read."),
    }
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
            "it has more digits than a spreadsheet keeps: format the cell as text and enter it again"
        }
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

pub(crate) fn open(error: &OpenError) -> String {
    match error {
        OpenError::Unreadable(error) => format!("Reading failed: {error}."),
        OpenError::Empty => format!("The file is empty. {READ_HERE}"),
        OpenError::Alien(alien) => self::alien(*alien),
        OpenError::MissingColumns { missing, headings } => {
            let names = |column: &crate::Column| format!("`{}`", column.headings().join("` or `"));
            let missing: Vec<String> = missing.iter().map(names).collect();
            format!(
                "The heading row lacks {}. The first row is: {}. \
                 Name the columns in the first row; if this is not a table: {READ_HERE}",
                missing.join(" and "),
                headings.join(", ")
            )
        }
        OpenError::RepeatedColumn { column, headings: [first, second] } => {
            format!(
                "Two columns both mean `{}`: `{first}` and `{second}`. Keep one.",
                column.heading(Lang::En)
            )
        }
        OpenError::BadHeadings(bad) => format!("The heading row cannot be read. {}", bad.message(Lang::En)),
        OpenError::Workbook(fault) => workbook(fault),
    }
}

fn alien(alien: Alien) -> String {
    match alien {
        Alien::Pdf => format!("This is a PDF document and cannot be read. {READ_HERE}"),
        Alien::Compressed => format!("This file is compressed; unpack it first. {READ_HERE}"),
        Alien::Markup => format!(
            "This is HTML or XML and cannot be read; save a table exported from a page as XLSX or CSV. {READ_HERE}"
        ),
        Alien::Picture => format!("This is a picture and cannot be read. {READ_HERE}"),
        Alien::OldWorkbook => "This is an old Excel workbook (.xls), or one with a password. \
                               Remove the password and save it as .xlsx or CSV."
            .to_owned(),
        Alien::RecordList => {
            "This is a JSON list. Make it JSON lines: no brackets around, one record a line.".to_owned()
        }
        Alien::Binary => format!("This is a binary file and cannot be read. {READ_HERE}"),
    }
}

fn workbook(fault: &WorkbookFault) -> String {
    match fault {
        WorkbookFault::TooLarge(limit) => format!(
            "The workbook is larger than {} MiB. Split it, or save it as CSV, which has no limit.",
            limit >> 20
        ),
        WorkbookFault::Inflates(limit) => format!(
            "Unpacked, the workbook is larger than {} MiB; it is refused. \
             Split it, or save it as CSV, which has no limit.",
            limit >> 20
        ),
        WorkbookFault::NoWorkbook => format!("This is a zip archive but no XLSX workbook. {READ_HERE}"),
        WorkbookFault::Damaged(said) => format!(
            "The workbook is damaged and cannot be read ({said}). \
             Open it in a spreadsheet and save it again, or as CSV."
        ),
        WorkbookFault::NothingInIt => "There is nothing in the workbook.".to_owned(),
    }
}

pub(crate) fn warning(warning: &Warning) -> String {
    match warning {
        Warning::UnknownColumn { heading } => {
            format!("The column `{heading}` is not known and is passed over.")
        }
        Warning::MoreUnknownColumns { count } => {
            format!("{count} more columns are not known and are passed over.")
        }
    }
}
