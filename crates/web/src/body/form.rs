//! What the API document asks of a value: the part of its schemas that bodies and parameters are held against.

use super::tree::Tree;
use crate::moment;
use crate::words::{Say, Shape};
use jiff::Timestamp;
use rulebook::Fen;
use serde_json::Value;
use std::{collections::BTreeMap, net::IpAddr};
use utoipa::{
    Number,
    openapi::{
        RefOr,
        schema::{
            AdditionalProperties, Array, ArrayItems, KnownFormat, Object, Schema, SchemaFormat, SchemaType,
            Type,
        },
    },
};

/// The schemas of the document, by name.
pub(super) type Schemas = BTreeMap<String, RefOr<Schema>>;

/// What is asked of one value.
pub(super) struct Form<'d> {
    /// Whether null will do.
    pub(super) nullable: bool,
    /// Of which kind it is.
    pub(super) shape: Shape,
    /// How it looks, for whoever has to write one.
    pub(super) example: Option<&'d Value>,
    /// What more is asked.
    pub(super) more: More<'d>,
}

/// What is asked of a value of the right kind.
pub(super) enum More<'d> {
    /// The fields.
    Fields(&'d Object),
    /// What each item is.
    Items(&'d RefOr<Schema>),
    /// One of these words, or what the format says.
    Text { words: Option<&'d [Value]>, written: Option<&'static Written> },
    /// Both ends of the range.
    Between(i128, i128),
    /// Nothing.
    Nothing,
}

/// How some texts are written.
pub(super) struct Written {
    format: &'static str,
    pub(super) is: fn(&str) -> bool,
    /// What is said of another text, and what to do.
    pub(super) says: [Say<'static>; 2],
}

/// Every format that is looked at.
const WRITTEN: [Written; 4] = [
    Written {
        format: "moment",
        is: |text| moment::read(text).is_some(),
        says: [Say::BadMoment, Say::WriteMoment],
    },
    Written {
        format: "date-time",
        is: |text| text.parse::<Timestamp>().is_ok(),
        says: [Say::BadMoment, Say::WriteTime],
    },
    Written {
        format: "amount",
        is: |text| text.parse::<Fen>().is_ok(),
        says: [Say::BadAmount, Say::WriteAmount],
    },
    Written {
        format: "ip",
        is: |text| text.parse::<IpAddr>().is_ok(),
        says: [Say::BadAddress, Say::WriteAddress],
    },
];

impl<'d> Form<'d> {
    /// What `schema` asks; `None` where it is of no kind that is looked at.
    pub(super) fn of(schema: &'d RefOr<Schema>, schemas: &'d Schemas) -> Option<Self> {
        match schema {
            RefOr::Ref(to) => Self::of(schemas.get(to.ref_location.rsplit('/').next()?)?, schemas),
            RefOr::T(Schema::Object(object)) => Self::of_object(object),
            RefOr::T(Schema::Array(array)) => Self::of_array(array),
            // What may be missing: itself, or null.
            RefOr::T(Schema::OneOf(either)) => {
                let forms = || either.items.iter().filter_map(|item| Self::of(item, schemas));
                let form = forms().find(|form| form.shape != Shape::Null)?;
                Some(Self { nullable: forms().any(|form| form.nullable), ..form })
            }
            RefOr::T(_) => None,
        }
    }

    fn of_array(array: &'d Array) -> Option<Self> {
        let ArrayItems::RefOrSchema(items) = &array.items else { return None };
        let nullable = types(&array.schema_type).contains(&Type::Null);
        Some(Self { nullable, shape: Shape::List, example: array.example.as_ref(), more: More::Items(items) })
    }

    fn of_object(object: &'d Object) -> Option<Self> {
        let types = types(&object.schema_type);
        let kind = types.iter().find(|kind| **kind != Type::Null).or(types.first())?;
        let (shape, more) = match kind {
            Type::Object => (Shape::Object, More::Fields(object)),
            Type::String => (Shape::Text, text(object)),
            Type::Integer => (Shape::Whole, range(object)),
            Type::Number => (Shape::Number, More::Nothing),
            Type::Boolean => (Shape::Flag, More::Nothing),
            Type::Array => (Shape::List, More::Nothing),
            Type::Null => (Shape::Null, More::Nothing),
        };
        Some(Self { nullable: types.contains(&Type::Null), shape, example: object.example.as_ref(), more })
    }
}

fn types(of: &SchemaType) -> &[Type] {
    match of {
        SchemaType::Type(one) => std::slice::from_ref(one),
        SchemaType::Array(either) => either,
        SchemaType::AnyValue => &[],
    }
}

/// The word of a format that is looked at.
fn format(object: &Object) -> Option<&str> {
    match object.format.as_ref()? {
        SchemaFormat::Custom(word) => Some(word),
        SchemaFormat::KnownFormat(KnownFormat::DateTime) => Some("date-time"),
        SchemaFormat::KnownFormat(KnownFormat::Int32) => Some("int32"),
        SchemaFormat::KnownFormat(_) => None,
    }
}

fn text(object: &Object) -> More<'_> {
    let written = WRITTEN.iter().find(|written| format(object) == Some(written.format));
    More::Text { words: object.enum_values.as_deref(), written }
}

/// The range of a whole number: what the schema says, within what its format can hold.
fn range(object: &Object) -> More<'_> {
    let least = object.minimum.as_ref().map(whole);
    let unsigned = least.is_some_and(|least| least >= 0);
    let (lowest, highest) = match (format(object) == Some("int32"), unsigned) {
        (true, true) => (0, u32::MAX.into()),
        (true, false) => (i32::MIN.into(), i32::MAX.into()),
        (false, true) => (0, u64::MAX.into()),
        (false, false) => (i64::MIN.into(), i64::MAX.into()),
    };
    More::Between(least.unwrap_or(lowest), object.maximum.as_ref().map_or(highest, whole))
}

#[expect(clippy::cast_possible_truncation, reason = "bounds of the document are whole and small")]
fn whole(number: &Number) -> i128 {
    match *number {
        Number::Int(int) => int as i128,
        Number::UInt(uint) => uint as i128,
        Number::Float(float) => float as i128,
    }
}

/// Whether an object takes fields that it does not name.
pub(super) fn is_open(object: &Object) -> bool {
    !matches!(object.additional_properties.as_deref(), Some(AdditionalProperties::FreeForm(false)))
}

/// Of which kind a value is.
pub(super) const fn shape(value: &Tree<'_>) -> Shape {
    match value {
        Tree::Null => Shape::Null,
        Tree::Flag => Shape::Flag,
        Tree::Whole(_) => Shape::Whole,
        Tree::Number(_) => Shape::Number,
        Tree::Text(_) => Shape::Text,
        Tree::List(_) => Shape::List,
        Tree::Object(_) => Shape::Object,
    }
}
