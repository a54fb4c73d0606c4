//! Tables of the logins of hosts: whose they are, under which names, and the password or its hash. Nothing of a password is ever
//! part of a fault or a warning, also where the table is not what it should be.

use crate::{
    cell,
    csv::{Cells, HeadingRow, Row, headings, row},
    fault::{Encoding, Expected, Fault, Found, OpenError, Place, Warning, shown},
    format::Format,
    inventory::{Recognised, recognise},
    limits::{Limits, is_short},
    source::{Breaks, Source},
    table::NAMED,
};
use rulebook::{Lang, folded};
use std::{
    borrow::Cow,
    fmt,
    io::{self, Read},
};
use zeroize::Zeroizing;

/// What a column of a table of logins says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginColumn {
    /// The id of the host, as inventories have it.
    Instance,
    /// Its user name.
    UserName,
    /// Its own name.
    HostName,
    /// Its password, as it is typed.
    Password,
    /// Its password hashed, as a PHC string.
    Phc,
}

/// Of each of these a table has one column at least.
const NEEDED: [&[LoginColumn]; 3] = [
    &[LoginColumn::Instance],
    &[LoginColumn::UserName, LoginColumn::HostName],
    &[LoginColumn::Password, LoginColumn::Phc],
];

impl LoginColumn {
    const ALL: [Self; 5] = [Self::Instance, Self::UserName, Self::HostName, Self::Password, Self::Phc];

    /// The headings under which tables carry it, the English one first. Spaces, case and width make no difference.
    pub const fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Instance => &["instance", "实例ID"],
            Self::UserName => &["user_name", "用户名"],
            Self::HostName => &["host_name", "主机名"],
            Self::Password => &["password", "密码"],
            Self::Phc => &["phc", "密码哈希"],
        }
    }

    /// The heading that a new table would carry.
    pub fn heading(self, lang: Lang) -> &'static str {
        let at = match lang {
            Lang::En => 0,
            Lang::Zh => 1,
        };
        self.headings().get(at).copied().unwrap_or_default()
    }

    fn from_heading(heading: &str) -> Option<Self> {
        let heading = folded(heading);
        Self::ALL.into_iter().find(|column| column.headings().iter().any(|known| folded(known) == heading))
    }
}

/// The heading row of a table of logins.
struct Headings {
    columns: Vec<Option<LoginColumn>>,
    /// As the table writes them, for faults.
    written: Vec<String>,
    warnings: Vec<Warning>,
}

impl HeadingRow for Headings {
    fn known<'h>(cells: impl IntoIterator<Item = &'h str>) -> usize {
        cells.into_iter().filter(|cell| LoginColumn::from_heading(cell).is_some()).count()
    }

    fn read<'h>(cells: impl IntoIterator<Item = &'h str>) -> Result<Self, OpenError> {
        let written: Vec<&str> = cells.into_iter().map(str::trim).collect();
        let columns: Vec<_> = written.iter().map(|heading| LoginColumn::from_heading(heading)).collect();
        let has = |column: &LoginColumn| columns.contains(&Some(*column));
        let missing: Vec<_> = NEEDED.into_iter().filter(|one_of| !one_of.iter().any(has)).collect();
        if !missing.is_empty() {
            return Err(OpenError::MissingLoginColumns { missing });
        }
        for column in LoginColumn::ALL {
            if columns.iter().filter(|known| **known == Some(column)).count() > 1 {
                return Err(OpenError::RepeatedLoginColumn(column));
            }
        }
        let unknown =
            columns.iter().zip(&written).filter(|(column, text)| column.is_none() && !text.is_empty());
        let count = unknown.clone().count();
        let mut warnings: Vec<_> =
            unknown.take(NAMED).map(|(_, text)| Warning::UnknownColumn { heading: shown(text) }).collect();
        if count > NAMED {
            warnings.push(Warning::MoreUnknownColumns { count: count - NAMED });
        }
        let written = written.into_iter().map(shown).collect();
        Ok(Self { columns, written, warnings })
    }
}

impl Headings {
    fn written(&self, column: LoginColumn) -> Cow<'static, str> {
        let at = self.columns.iter().position(|known| *known == Some(column));
        Cow::Owned(at.and_then(|at| self.written.get(at)).cloned().unwrap_or_default())
    }
}

/// The login of a host, as a table has it. `Debug` shows whose it is, and no more.
pub struct HostLogin {
    /// The id of the host.
    pub instance: String,
    /// Its user name, its own name, or both.
    pub names: Vec<String>,
    /// Its password.
    pub secret: LoginSecret,
}

impl fmt::Debug for HostLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HostLogin({})", self.instance)
    }
}

/// A password as a table has it.
pub enum LoginSecret {
    /// As it is typed, with every space of it.
    Password(Zeroizing<String>),
    /// What should be a PHC string.
    Phc(String),
}

/// A row of a table of logins.
#[derive(Debug)]
pub struct LoginRow {
    /// Where it stands.
    pub place: Place,
    /// Whose it is, where that could be read.
    pub instance: Option<String>,
    /// The login, or everything that is wrong with the row.
    pub read: Result<HostLogin, Vec<Fault>>,
}

/// Whose login a row is, and the login, or everything that is wrong with the row.
type Said = (Option<String>, Result<HostLogin, Vec<Fault>>);

/// A table of logins that is being read: CSV, with one row a host.
pub struct Logins<'r> {
    source: Source<'r>,
    headings: Headings,
    encoding: Encoding,
    separator: u8,
    limit: usize,
    cells: Cells,
    records: u64,
    ended: bool,
}

impl<'r> Logins<'r> {
    /// Reads `input` as far as its headings.
    pub fn open(input: impl Read + Send + 'r, limits: Limits) -> Result<Self, OpenError> {
        let Recognised { format, encoding, input } = recognise(input).map_err(|error| match error {
            OpenError::Unreadable(error) => OpenError::Unreadable(error),
            // What is told of others names formats that logins do not come in.
            _ => OpenError::NoLogins,
        })?;
        if format != Format::Csv {
            return Err(OpenError::NoLogins);
        }
        let mut source = Source::new(input).with(Breaks::Any);
        let (mut cells, limit) = (Cells::default(), limits.record_bytes);
        let (separator, headings) = headings(&mut source, encoding, limit, &mut cells)?;
        Ok(Self { source, headings, encoding, separator, limit, cells, records: 0, ended: false })
    }

    /// Columns that are passed over.
    pub fn warnings(&self) -> &[Warning] {
        &self.headings.warnings
    }

    /// Reads rows up to the next that is not blank, and gives the line on which it begins.
    fn read(&mut self) -> io::Result<Option<(u64, Said)>> {
        loop {
            let line = self.source.line();
            let bytes = match row(&mut self.source, self.separator, self.limit)? {
                Row::End => return Ok(None),
                Row::Bytes(bytes) => bytes,
                Row::Bad(fault) => {
                    self.source.skip_line()?;
                    return Ok(Some((line, (None, Err(vec![fault])))));
                }
            };
            let window = self.source.window().get(..bytes).unwrap_or_default();
            let login = match std::str::from_utf8(window) {
                Err(_) => Some((None, Err(vec![Fault::NotText { encoding: self.encoding }]))),
                Ok(text) => {
                    self.cells.split(text, self.separator);
                    login(&self.headings, &self.cells, text)
                }
            };
            self.source.consume(bytes);
            if let Some(login) = login {
                return Ok(Some((line, login)));
            }
        }
    }
}

impl Iterator for Logins<'_> {
    type Item = LoginRow;

    fn next(&mut self) -> Option<LoginRow> {
        if self.ended {
            return None;
        }
        let read = self.read();
        self.ended = !matches!(read, Ok(Some(_)));
        let (line, (instance, read)) = match read {
            Ok(row) => row?,
            Err(error) => {
                let fault = Fault::Unreadable { said: error.to_string() };
                (self.source.line(), (None, Err(vec![fault])))
            }
        };
        self.records += 1;
        Some(LoginRow { place: Place { line, record: self.records, sheet: None }, instance, read })
    }
}

/// What a row says; `None` when it is blank.
fn login(headings: &Headings, cells: &Cells, text: &str) -> Option<Said> {
    let mut cells: Vec<&str> = cells.iter(text).collect();
    if cells.iter().all(|cell| cell.trim().is_empty()) {
        return None;
    }
    let (found, expected) = (cells.len(), headings.columns.len());
    let phc = rejoined(headings, &mut cells);
    if cells.iter().skip(expected).any(|cell| !cell.trim().is_empty()) {
        return Some((None, Err(vec![Fault::Cells { found, expected }])));
    }
    let mut reading = Reading::default();
    for (column, cell) in headings.columns.iter().zip(cells) {
        let cell = phc.as_deref().filter(|_| *column == Some(LoginColumn::Phc)).unwrap_or(cell);
        if let Some(column) = column.filter(|_| !cell.trim().is_empty()) {
            reading.take(headings, column, cell);
        }
    }
    Some((reading.instance.clone(), reading.end(headings)))
}

/// A PHC string has two commas. Where nobody quoted it, so that it stands in three cells and the row has two too many, it is put
/// together again, and the cells are made one: what stands in them can be nothing else.
fn rejoined(headings: &Headings, cells: &mut Vec<&str>) -> Option<String> {
    let at = headings.columns.iter().position(|column| *column == Some(LoginColumn::Phc))?;
    let parts = cells.get(at..at + 3).filter(|_| cells.len() == headings.columns.len() + 2)?;
    let begins = parts.iter().zip(["$argon2", "t=", "p="]).all(|(part, with)| part.starts_with(with));
    let phc = begins.then(|| parts.join(","))?;
    cells.drain(at..at + 2);
    Some(phc)
}

/// A row while its cells are read.
#[derive(Default)]
struct Reading {
    instance: Option<String>,
    names: Vec<String>,
    secret: Option<LoginSecret>,
    faults: Vec<Fault>,
    /// What stands in a cell, good or bad.
    given: Vec<LoginColumn>,
}

impl Reading {
    fn take(&mut self, headings: &Headings, column: LoginColumn, cell: &str) {
        self.given.push(column);
        let taken = match column {
            LoginColumn::Instance => id(cell).map(|id| self.instance = Some(id.to_owned())),
            LoginColumn::UserName | LoginColumn::HostName => {
                id(cell).map(|name| self.names.push(name.to_owned()))
            }
            LoginColumn::Password => whole(cell).map(|password| {
                self.secret = Some(LoginSecret::Password(Zeroizing::new(password.to_owned())));
            }),
            LoginColumn::Phc => {
                self.secret = Some(LoginSecret::Phc(cell.trim().to_owned()));
                Ok(())
            }
        };
        if let Err(expected) = taken {
            // Where cells are out of their columns, or rows ran into one, each of them may be a password.
            let found = Found::Text("…".to_owned());
            self.faults.push(Fault::Value { field: headings.written(column), found, expected });
        }
    }

    fn end(mut self, headings: &Headings) -> Result<HostLogin, Vec<Fault>> {
        for one_of in NEEDED {
            if !one_of.iter().any(|column| self.given.contains(column)) {
                let field = one_of.iter().find(|column| headings.columns.contains(&Some(**column)));
                self.faults.extend(field.map(|column| Fault::Missing { field: headings.written(*column) }));
            }
        }
        if [LoginColumn::Password, LoginColumn::Phc].iter().all(|column| self.given.contains(column)) {
            self.faults.push(Fault::PasswordAndHash);
        }
        match (self.instance, self.secret) {
            (Some(instance), Some(secret)) if self.faults.is_empty() => {
                Ok(HostLogin { instance, names: self.names, secret })
            }
            _ => Err(self.faults),
        }
    }
}

/// An id or a name, without white space around it.
fn id(cell: &str) -> Result<&str, Expected> {
    whole(cell::id(cell::unwrapped(cell.trim()))?)
}

/// A cell as it stands, unless a spreadsheet or a missing quotation mark has made something else of it.
fn whole(cell: &str) -> Result<&str, Expected> {
    cell::id(cell.trim())?;
    if is_short(cell) { Ok(cell) } else { Err(Expected::Short) }
}
