//! The one way in: an input is opened, its format told, and its records are read one after another.

use crate::{
    answers::Answers,
    csv::Csv,
    fault::{BadRecord, Encoding, OpenError, Place, Warning},
    format::{Format, Told, mark, told},
    jsonl::JsonLines,
    limits::Limits,
    products::{ProductIds, Products},
    source::Source,
    step::Counted,
    xlsx::Xlsx,
};
use encoding_rs::Decoder;
use rulebook::Facts;
use std::io::{self, Cursor, Read};

/// How an input is read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The buyer of records that do not say.
    pub owner: Option<String>,
    /// How much is read.
    pub limits: Limits,
}

/// A list of instances that is being read.
pub struct Inventory<'r> {
    records: Records<'r>,
    counted: Counted,
    owner: Option<String>,
}

enum Records<'r> {
    Answers(Answers<'r>),
    JsonLines(JsonLines<'r>),
    Csv(Csv<'r>),
    Xlsx(Xlsx<'r>),
}

/// Formats and encodings are told by so many bytes.
const BEGINNING: u64 = 64 << 10;

impl<'r> Inventory<'r> {
    /// Tells the format of `input` by its content and reads as far as its headings. Product names are looked up in
    /// `products`; one that it does not know stays as it is written, and is decided, not refused.
    pub fn open(
        input: impl Read + Send + 'r,
        products: &'r dyn Products,
        options: Options,
    ) -> Result<Self, OpenError> {
        let Options { owner, limits } = options;
        let Recognised { format, encoding, input } = recognise(input)?;
        let products = ProductIds::new(products);
        let source = |input| Source::new(input);
        let records = match format {
            Format::Answers => Records::Answers(Answers::new(source(input), encoding, limits.record_bytes)),
            Format::JsonLines => {
                Records::JsonLines(JsonLines::new(source(input), products, encoding, limits.record_bytes))
            }
            Format::Csv => Records::Csv(Csv::open(source(input), products, encoding, limits.record_bytes)?),
            Format::Xlsx => Records::Xlsx(Xlsx::open(input, products, limits)?),
        };
        Ok(Self { records, counted: Counted::default(), owner })
    }

    /// The format that was told.
    pub fn format(&self) -> Format {
        match &self.records {
            Records::Answers(_) => Format::Answers,
            Records::JsonLines(_) => Format::JsonLines,
            Records::Csv(_) => Format::Csv,
            Records::Xlsx(_) => Format::Xlsx,
        }
    }

    /// What should be known and is no fault of a record: columns and sheets that are passed over, pages that are
    /// missing. More may come while records are read; after the last one they are complete.
    pub fn warnings(&self) -> &[Warning] {
        match &self.records {
            Records::Answers(answers) => answers.warnings(),
            Records::JsonLines(_) => &[],
            Records::Csv(csv) => csv.warnings(),
            Records::Xlsx(xlsx) => xlsx.warnings(),
        }
    }

    /// Reads the next record into `facts`, whose memory is used again. `None` at the end, and after a fault behind
    /// which nothing can be read. Of a bad record `facts` hold whatever could be read, which is nothing to decide on.
    pub fn next(&mut self, facts: &mut Facts) -> Option<Result<Place, BadRecord>> {
        let counted = &mut self.counted;
        let read = match &mut self.records {
            Records::Answers(answers) => {
                facts.clear();
                counted.next(|| answers.step(facts))
            }
            Records::JsonLines(lines) => {
                facts.clear();
                counted.next(|| lines.step(facts))
            }
            Records::Csv(csv) => counted.next(|| csv.step(facts)),
            Records::Xlsx(xlsx) => counted.next(|| xlsx.step(facts)),
        };
        if facts.account.is_none() {
            facts.account.clone_from(&self.owner);
        }
        read
    }
}

/// An input of which format and encoding were told. What is text in it is UTF-8, without byte order mark.
pub(crate) struct Recognised<'r> {
    pub(crate) format: Format,
    pub(crate) encoding: Encoding,
    pub(crate) input: Box<dyn Read + Send + 'r>,
}

/// Tells format and encoding of `input` by its beginning.
pub(crate) fn recognise<'r>(mut input: impl Read + Send + 'r) -> Result<Recognised<'r>, OpenError> {
    let mut beginning = beginning(&mut input)?;
    let mut input: Box<dyn Read + Send + 'r> = Box::new(input);
    let mut encoding = Encoding::Utf8;
    let mut told_now = told(&beginning);
    if told_now == Told::Utf16 {
        encoding = Encoding::Utf16;
        let utf16 =
            if beginning.starts_with(b"\xFF\xFE") { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
        input = Box::new(Decoded::new(rejoined(beginning, input), utf16.new_decoder_with_bom_removal()));
        beginning = self::beginning(&mut input)?;
        told_now = told(&beginning);
    }
    let format = match told_now {
        Told::Format(format) => format,
        Told::Empty => return Err(OpenError::Empty),
        Told::Alien(alien) => return Err(OpenError::Alien(alien)),
        Told::Utf16 => return Err(OpenError::Alien(crate::Alien::Binary)),
    };
    if format == Format::Csv && encoding == Encoding::Utf8 && is_gbk(&beginning) {
        encoding = Encoding::Gbk;
        let gbk = encoding_rs::GB18030.new_decoder_without_bom_handling();
        input = Box::new(Decoded::new(rejoined(beginning, input), gbk));
    } else {
        beginning.drain(..mark(&beginning));
        input = rejoined(beginning, input);
    }
    Ok(Recognised { format, encoding, input })
}

/// The first bytes of `input`.
fn beginning(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut beginning = Vec::new();
    input.take(BEGINNING).read_to_end(&mut beginning)?;
    Ok(beginning)
}

fn rejoined<'r>(beginning: Vec<u8>, input: Box<dyn Read + Send + 'r>) -> Box<dyn Read + Send + 'r> {
    Box::new(Cursor::new(beginning).chain(input))
}

/// Whether a table that begins so is written in GBK: it is not UTF-8, no line of it shows UTF-8, and either its
/// heading row is not, or all of the beginning can be read as GBK. Where lines of both stand in it, it is UTF-8, and
/// those in GBK are faults: the other way round UTF-8 would be read as GBK without one.
fn is_gbk(beginning: &[u8]) -> bool {
    if is_utf8_so_far(beginning) {
        return false;
    }
    let mut lines = beginning.split(|byte| matches!(byte, b'\r' | b'\n'));
    if lines.clone().any(shows_utf8) {
        return false;
    }
    let headings = lines.next().unwrap_or_default();
    let as_gbk = || {
        let mut decoder = encoding_rs::GB18030.new_decoder_without_bom_handling();
        let mut text =
            String::with_capacity(decoder.max_utf8_buffer_length(beginning.len()).unwrap_or_default());
        let (_, _, malformed) = decoder.decode_to_string(beginning, &mut text, false);
        !malformed
    };
    !is_utf8_so_far(headings) || (headings.is_ascii() && as_gbk())
}

/// Whether `line` is UTF-8 and has Chinese in it. Characters of two bytes show nothing: a word in GBK may look so.
fn shows_utf8(line: &[u8]) -> bool {
    std::str::from_utf8(line).is_ok_and(|text| text.chars().any(|c| c.len_utf8() > 2))
}

/// Whether `bytes` are UTF-8, except that a character may be cut at the end.
fn is_utf8_so_far(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).err().is_none_or(|error| error.error_len().is_none())
}

/// An input in another encoding as UTF-8. What is no text in it becomes a byte that is no UTF-8, so that the record
/// in which it stands is found to be bad, and only that.
struct Decoded<R> {
    input: R,
    decoder: Decoder,
    bytes: Vec<u8>,
    from: usize,
    until: usize,
    ended: bool,
    finished: bool,
    /// Decoded and not yet given.
    text: Vec<u8>,
    given: usize,
}

/// Stands for bytes that are no text.
const NO_TEXT: u8 = 0xFF;
const DECODED_AT_ONCE: usize = 32 << 10;

impl<R: Read> Decoded<R> {
    fn new(input: R, decoder: Decoder) -> Self {
        Self {
            input,
            decoder,
            bytes: vec![0; DECODED_AT_ONCE],
            from: 0,
            until: 0,
            ended: false,
            finished: false,
            text: Vec::new(),
            given: 0,
        }
    }

    fn decode(&mut self) -> io::Result<()> {
        if self.from == self.until && !self.ended {
            self.from = 0;
            self.until = self.input.read(&mut self.bytes)?;
            self.ended = self.until == 0;
        }
        let bytes = self.bytes.get(self.from..self.until).unwrap_or_default();
        // Three bytes of UTF-8 for one of the others is the most there can be.
        self.text.resize(DECODED_AT_ONCE * 3 + 16, 0);
        let (result, read, written) =
            self.decoder.decode_to_utf8_without_replacement(bytes, &mut self.text, self.ended);
        self.from += read;
        self.text.truncate(written);
        self.given = 0;
        match result {
            encoding_rs::DecoderResult::Malformed(..) => self.text.push(NO_TEXT),
            encoding_rs::DecoderResult::InputEmpty => self.finished = self.ended,
            encoding_rs::DecoderResult::OutputFull => {}
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.finished {
            self.decode()?;
        }
        let mut text = self.text.get(self.given..).unwrap_or_default();
        let read = text.read(into)?;
        self.given += read;
        Ok(read)
    }
}
