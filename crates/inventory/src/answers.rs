//! The provider's JSON answers, one after another or in a list, instance by instance and never whole.

use crate::{
    fault::{Encoding, Fault, Warning, shown},
    json::Json,
    provider::{Provider, instance},
    scan::{DEEPEST, Fed, Scan},
    source::Source,
    step::{Spot, Step},
};
use rulebook::Facts;
use std::io;

pub(crate) struct Answers<'r> {
    source: Source<'r>,
    encoding: Encoding,
    limit: usize,
    /// Whether the answers stand in a list.
    listed: bool,
    at: At,
    /// Whether nothing stands yet in the innermost list or object.
    first: bool,
    /// The answer that is being read.
    answer: Answer,
    pages: Pages,
    warnings: Vec<Warning>,
}

/// Where in an answer reading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// Before an answer or the end.
    Outside,
    /// In the answer itself.
    Answer,
    /// In the object that holds the list of ECS.
    Holder,
    /// In the list of instances.
    Instances(Provider),
}

/// What an answer said beside its instances.
#[derive(Debug, Default)]
struct Answer {
    line: u64,
    has_instances: bool,
    /// How many instances were read, bad ones too.
    instances: u64,
    /// How many the provider counts on all pages.
    counted: Option<u64>,
    code: Option<String>,
    message: Option<String>,
}

/// Answers one after another that count the same are pages of one.
#[derive(Debug, Default)]
struct Pages {
    counted: u64,
    read: u64,
}

/// Files of so many lists are warned of; more would only fill memory.
const MOST_WARNINGS: usize = 100;

/// Why nothing more can be read.
enum Stop {
    /// The input ended, properly.
    End,
    Fault(Fault),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Fault(Fault::Unreadable { said: error.to_string() })
    }
}

/// A value of the window.
enum Span {
    Bytes(usize),
    /// Longer than the limit, and given up.
    TooLong,
}

impl<'r> Answers<'r> {
    pub(crate) fn new(source: Source<'r>, encoding: Encoding, limit: usize) -> Self {
        Self {
            source,
            encoding,
            limit,
            listed: false,
            at: At::Outside,
            first: true,
            answer: Answer::default(),
            pages: Pages::default(),
            warnings: Vec::new(),
        }
    }

    pub(crate) fn step(&mut self, facts: &mut Facts) -> Step {
        match self.advance(facts) {
            Ok(step) => step,
            Err(Stop::End) => {
                self.turn_pages(Pages::default());
                Step::End
            }
            Err(Stop::Fault(fault)) => Step::Last(Spot::line(self.source.line()), fault),
        }
    }

    fn advance(&mut self, facts: &mut Facts) -> Result<Step, Stop> {
        match self.at {
            At::Outside => self.outside(),
            At::Answer => self.answer(),
            At::Holder => self.holder(),
            At::Instances(provider) => self.instance(provider, facts),
        }
    }

    fn outside(&mut self) -> Result<Step, Stop> {
        if self.listed {
            if !self.item(b']')? {
                self.listed = false;
                self.first = true;
                return Ok(Step::On);
            }
        } else if self.peek()?.is_none() {
            return Err(Stop::End);
        } else if self.peek()? == Some(b'[') {
            self.source.consume(1);
            self.listed = true;
            self.first = true;
            return Ok(Step::On);
        }
        let line = self.source.line();
        self.expect(b'{', "{")?;
        self.answer = Answer { line, ..Answer::default() };
        self.enter(At::Answer);
        Ok(Step::On)
    }

    fn answer(&mut self) -> Result<Step, Stop> {
        if !self.item(b'}')? {
            self.leave(At::Outside);
            if self.answer.has_instances {
                self.count();
                return Ok(Step::On);
            }
            let fault = match (self.answer.code.take(), self.answer.message.take()) {
                (None, None) => Fault::NoInstances,
                (code, message) => Fault::ErrorAnswer {
                    code: code.unwrap_or_default(),
                    message: message.unwrap_or_default(),
                },
            };
            return Ok(Step::Record(Spot::line(self.answer.line), vec![fault]));
        }
        match (self.key()?.as_deref(), self.peek()?) {
            (Some("Instances"), Some(b'{')) => {
                self.source.consume(1);
                self.enter(At::Holder);
            }
            (Some("Instances"), Some(b'[')) => self.enter_instances(Provider::Swas),
            (Some("TotalCount"), Some(b'0'..=b'9')) => self.answer.counted = self.number()?,
            (Some("Code"), Some(b'"')) => self.answer.code = self.text()?,
            (Some("Message"), Some(b'"')) => self.answer.message = self.text()?,
            _ => self.skip()?,
        }
        Ok(Step::On)
    }

    fn holder(&mut self) -> Result<Step, Stop> {
        if !self.item(b'}')? {
            self.leave(At::Answer);
            return Ok(Step::On);
        }
        match (self.key()?.as_deref(), self.peek()?) {
            (Some("Instance"), Some(b'[')) => self.enter_instances(Provider::Ecs),
            _ => self.skip()?,
        }
        Ok(Step::On)
    }

    fn instance(&mut self, provider: Provider, facts: &mut Facts) -> Result<Step, Stop> {
        if !self.item(b']')? {
            self.leave(match provider {
                Provider::Ecs => At::Holder,
                Provider::Swas => At::Answer,
            });
            return Ok(Step::On);
        }
        self.peek()?;
        self.answer.instances += 1;
        let line = self.source.line();
        let faults = match self.value()? {
            Span::TooLong => vec![Fault::TooLong { limit: self.limit }],
            Span::Bytes(bytes) => {
                let element = self.source.window().get(..bytes).unwrap_or_default();
                let faults = match std::str::from_utf8(element) {
                    Ok(text) => match Json::read(text, line) {
                        Ok(element) => instance(provider, &element, facts),
                        Err(fault) => vec![fault],
                    },
                    Err(_) => vec![Fault::NotText { encoding: self.encoding }],
                };
                self.source.consume(bytes);
                faults
            }
        };
        Ok(Step::Record(Spot::line(line), faults))
    }

    pub(crate) fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Counts the answer that was read among the pages to which it belongs.
    fn count(&mut self) {
        let Answer { instances: read, counted, .. } = self.answer;
        match counted {
            Some(counted) if counted == self.pages.counted => self.pages.read += read,
            Some(counted) => self.turn_pages(Pages { counted, read }),
            None => {}
        }
    }

    /// Begins other pages; those read before are complete or some are missing.
    fn turn_pages(&mut self, pages: Pages) {
        let Pages { counted, read } = std::mem::replace(&mut self.pages, pages);
        if read < counted && self.warnings.len() < MOST_WARNINGS {
            self.warnings.push(Warning::PagesMissing { counted, read });
        }
    }

    fn enter_instances(&mut self, provider: Provider) {
        self.source.consume(1);
        self.answer.has_instances = true;
        self.enter(At::Instances(provider));
    }

    fn enter(&mut self, at: At) {
        self.at = at;
        self.first = true;
    }

    fn leave(&mut self, to: At) {
        self.at = to;
        self.first = false;
    }

    /// Goes past white space; the byte that stands there, `None` at the end of the input.
    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            let window = self.source.window();
            let blank = window.iter().take_while(|byte| b" \t\r\n".contains(byte)).count();
            let next = window.get(blank).copied();
            self.source.consume(blank);
            if next.is_some() || !self.source.fill()? {
                return Ok(next);
            }
        }
    }

    fn expect(&mut self, byte: u8, expected: &'static str) -> Result<(), Stop> {
        match self.peek()? {
            Some(found) if found == byte => {
                self.source.consume(1);
                Ok(())
            }
            Some(_) => Err(self.lost(0, expected).into()),
            None => Err(Fault::Truncated.into()),
        }
    }

    /// Whether another item stands in the innermost list or object; goes past what separates or closes.
    fn item(&mut self, close: u8) -> Result<bool, Stop> {
        let first = std::mem::replace(&mut self.first, false);
        match self.peek()? {
            None => Err(Fault::Truncated.into()),
            Some(found) if found == close => {
                self.source.consume(1);
                Ok(false)
            }
            Some(_) if first => Ok(true),
            Some(b',') => {
                self.source.consume(1);
                Ok(true)
            }
            Some(_) => Err(self.lost(0, if close == b']' { ", or ]" } else { ", or }" }).into()),
        }
    }

    /// A key and the colon after it; `None` for one that is too long to be known.
    fn key(&mut self) -> Result<Option<String>, Stop> {
        match self.peek()? {
            Some(b'"') => {}
            Some(_) => return Err(self.lost(0, "\"").into()),
            None => return Err(Fault::Truncated.into()),
        }
        let key = self.text()?;
        self.expect(b':', ":")?;
        Ok(key)
    }

    /// A text, its beginning where it is long; `None` where it is longer than the limit or no text.
    fn text(&mut self) -> Result<Option<String>, Stop> {
        let Span::Bytes(bytes) = self.value()? else { return Ok(None) };
        let text: Option<String> =
            self.source.window().get(..bytes).and_then(|text| serde_json::from_slice(text).ok());
        self.source.consume(bytes);
        Ok(text.map(|text| shown(&text)))
    }

    /// A whole number; `None` for another value.
    fn number(&mut self) -> Result<Option<u64>, Stop> {
        let Span::Bytes(bytes) = self.value()? else { return Ok(None) };
        let number = self.source.window().get(..bytes).and_then(|text| serde_json::from_slice(text).ok());
        self.source.consume(bytes);
        Ok(number)
    }

    fn skip(&mut self) -> Result<(), Stop> {
        if let Span::Bytes(bytes) = self.value()? {
            self.source.consume(bytes);
        }
        Ok(())
    }

    /// Goes past white space and finds where the value ends that follows.
    fn value(&mut self) -> Result<Span, Stop> {
        self.peek()?;
        let mut scan = Scan::default();
        let mut seen = 0;
        let mut too_long = false;
        loop {
            let fed = scan.feed(self.source.window().get(seen..).unwrap_or_default());
            let ends = match fed {
                Fed::Ends(at) => Some(seen + at),
                Fed::More => None,
                Fed::Broken(at, expected) => return Err(self.lost(seen + at, expected).into()),
                Fed::TooDeep => return Err(Fault::TooDeep { limit: DEEPEST }.into()),
            };
            seen = ends.unwrap_or(self.source.window().len());
            if too_long || seen > self.limit {
                too_long = true;
                self.source.consume(seen);
                seen = 0;
            }
            if ends.is_some() {
                break;
            }
            if !self.source.fill()? {
                if scan.may_end() {
                    break;
                }
                return Err(Fault::Truncated.into());
            }
        }
        Ok(if too_long { Span::TooLong } else { Span::Bytes(seen) })
    }

    /// What stands so many bytes into the window and cannot be read past; goes there, so that the line is right.
    fn lost(&mut self, at: usize, expected: &'static str) -> Fault {
        self.source.consume(at);
        let window = self.source.window();
        let start = window.get(..window.len().min(4)).unwrap_or_default();
        let found = String::from_utf8_lossy(start).chars().next().unwrap_or('\u{FFFD}');
        Fault::Lost { found, expected }
    }
}
