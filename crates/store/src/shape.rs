//! What an engine sees in a statement, so that one text is known to mean the same to both.

/// The types that both engines have. An instant, an amount and a truth are numbers, an id is bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// SQLite's `INTEGER`, PostgreSQL's `BIGINT`.
    Number,
    /// `TEXT`.
    Text,
    /// SQLite's `BLOB`, PostgreSQL's `BYTEA` or `UUID`.
    Bytes,
    /// One that only this engine has, and no statement may use.
    Foreign(String),
}

impl Kind {
    /// What a column was declared as.
    pub(crate) fn sqlite(declared: &str) -> Self {
        match declared {
            "INTEGER" => Self::Number,
            "TEXT" => Self::Text,
            "BLOB" => Self::Bytes,
            other => Self::Foreign(other.to_owned()),
        }
    }

    pub(crate) fn postgres(r#type: &tokio_postgres::types::Type) -> Self {
        match r#type.name() {
            "int8" => Self::Number,
            "text" => Self::Text,
            "bytea" | "uuid" => Self::Bytes,
            other => Self::Foreign(other.to_owned()),
        }
    }
}

/// Parameters and columns of a statement. `None` where the engine tells no type: SQLite knows none of parameters and expressions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) parameters: Vec<Option<Kind>>,
    pub(crate) columns: Vec<(String, Option<Kind>)>,
}

impl Shape {
    /// Whether both engines see the same, as far as both tell.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        let kinds = |ours: &Option<Kind>, theirs: &Option<Kind>| match (ours, theirs) {
            (Some(Kind::Foreign(_)), _) | (_, Some(Kind::Foreign(_))) => false,
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => true,
        };
        let (parameters, columns) = (&self.parameters, &self.columns);
        parameters.len() == other.parameters.len()
            && columns.len() == other.columns.len()
            && parameters.iter().zip(&other.parameters).all(|(ours, theirs)| kinds(ours, theirs))
            && columns
                .iter()
                .zip(&other.columns)
                .all(|((our_name, ours), (their_name, theirs))| our_name == their_name && kinds(ours, theirs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(parameters: &[Option<Kind>], columns: &[(&str, Option<Kind>)]) -> Shape {
        let columns = columns.iter().map(|(name, kind)| ((*name).to_owned(), kind.clone())).collect();
        Shape { parameters: parameters.to_vec(), columns }
    }

    #[test]
    fn shapes_agree_as_far_as_both_engines_tell() {
        let number = || Some(Kind::Number);
        let known = shape(&[number()], &[("at", number())]);
        assert!(known.agrees(&known));
        assert!(known.agrees(&shape(&[None], &[("at", None)])));
        for other in [
            shape(&[Some(Kind::Text)], &[("at", number())]),
            shape(&[number()], &[("at", Some(Kind::Bytes))]),
            shape(&[number()], &[("then", number())]),
            shape(&[number(), None], &[("at", number())]),
            shape(&[number()], &[]),
        ] {
            assert!(!known.agrees(&other) && !other.agrees(&known), "{other:?}");
        }
    }

    #[test]
    fn a_type_that_only_one_engine_has_agrees_with_nothing() {
        let narrow = Kind::postgres(&tokio_postgres::types::Type::INT4);
        let narrow = shape(&[Some(narrow)], &[]);
        assert!(!narrow.agrees(&shape(&[None], &[])) && !narrow.agrees(&narrow));
    }
}
