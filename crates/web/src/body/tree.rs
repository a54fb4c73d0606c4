//! JSON as it came in, before anything is made of it: with keys that stand twice, and bounded in depth and number.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::{borrow::Cow, cell::Cell, fmt};

/// How deep values may lie within each other: thrice as deep as any body of the API.
const DEEPEST: usize = 12;
/// Values of a body at most: as many facts as are decided at once have a third of it.
const MOST_VALUES: usize = 100_000;

/// A value.
#[derive(Debug)]
pub(super) enum Tree<'b> {
    Null,
    Flag,
    Whole(i128),
    /// A number with a fraction or an exponent, or too large for any whole one.
    Number(f64),
    Text(Cow<'b, str>),
    List(Vec<Self>),
    Object(Vec<(Cow<'b, str>, Self)>),
}

impl<'b> Tree<'b> {
    /// The one value in `bytes`. An error of the data, and not of the syntax, says that it is too deep or too much.
    pub(super) fn read(bytes: &'b [u8]) -> serde_json::Result<Self> {
        let mut from = serde_json::Deserializer::from_slice(bytes);
        let left = Cell::new(MOST_VALUES);
        let tree = Reader { left: &left, deeper: DEEPEST }.deserialize(&mut from)?;
        from.end().map(|()| tree)
    }
}

/// Reads one value, as long as more may be read.
#[derive(Clone, Copy)]
struct Reader<'c> {
    left: &'c Cell<usize>,
    deeper: usize,
}

impl Reader<'_> {
    /// The same for what lies within.
    fn within<E: Error>(self) -> Result<Self, E> {
        let deeper = self.deeper.checked_sub(1);
        deeper.map(|deeper| Self { deeper, ..self }).ok_or_else(|| E::custom("too deep"))
    }
}

impl<'b> DeserializeSeed<'b> for Reader<'_> {
    type Value = Tree<'b>;

    fn deserialize<D: Deserializer<'b>>(self, from: D) -> Result<Tree<'b>, D::Error> {
        let left = self.left.get().checked_sub(1).ok_or_else(|| D::Error::custom("too many values"))?;
        self.left.set(left);
        from.deserialize_any(self)
    }
}

impl<'b> Visitor<'b> for Reader<'_> {
    type Value = Tree<'b>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Tree<'b>, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Tree<'b>, E> {
        Ok(Tree::Flag)
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree<'b>, E> {
        Ok(Tree::Whole(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree<'b>, E> {
        Ok(Tree::Whole(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree<'b>, E> {
        Ok(Tree::Number(value))
    }

    fn visit_borrowed_str<E>(self, value: &'b str) -> Result<Tree<'b>, E> {
        Ok(Tree::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree<'b>, E> {
        Ok(Tree::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'b>>(self, mut items: A) -> Result<Tree<'b>, A::Error> {
        let (within, mut list) = (self.within()?, Vec::new());
        while let Some(item) = items.next_element_seed(within)? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'b>>(self, mut fields: A) -> Result<Tree<'b>, A::Error> {
        let (within, mut object) = (self.within()?, Vec::new());
        while let Some(Key(key)) = fields.next_key()? {
            object.push((key, fields.next_value_seed(within)?));
        }
        Ok(Tree::Object(object))
    }
}

/// A key of an object.
#[derive(serde::Deserialize)]
struct Key<'b>(#[serde(borrow)] Cow<'b, str>);
