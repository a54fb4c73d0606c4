//! What a document says, before it is laid out.

/// A document: a title, and blocks one below the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// At its top, and its title in readers.
    pub title: String,
    /// Its language, as a tag of BCP 47.
    pub lang: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
    /// At the foot of each page, before its number.
    pub foot: String,
}

/// Something that stands in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// What the following is about.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A table of two columns: what something is called, and what it is.
    Facts(Vec<(String, String)>),
    /// Things one below the other, each with a mark before it.
    List(Vec<String>),
    /// Places to sign at, each with what it is for.
    Sign(Vec<String>),
}

/// A document that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters that no font of the machine has: they can be copied out of the document, and are shown as `〓`.
    pub missing: Vec<char>,
}
