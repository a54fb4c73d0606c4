//! Finds where a JSON value ends without keeping it: brackets, texts and escapes, nothing else.

/// Answers nest five deep.
pub(crate) const DEEPEST: u32 = 64;

/// A value of which some bytes were seen.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// How many brackets are open.
    depth: u32,
    /// A bit for each open bracket, the innermost lowest: 1 for an object.
    objects: u64,
    within: Within,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Within {
    /// Before the value or between its parts.
    #[default]
    Brackets,
    Text,
    /// After a backslash in a text.
    Escape,
    /// A number or a word that stands alone.
    Bare,
}

/// What more bytes of a value told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fed {
    /// The value ends after so many of them.
    Ends(usize),
    /// It goes on.
    More,
    /// Such a byte cannot stand here, so many bytes in; what could is said.
    Broken(usize, &'static str),
    /// More than [`DEEPEST`] brackets are open.
    TooDeep,
}

impl Scan {
    pub(crate) fn feed(&mut self, bytes: &[u8]) -> Fed {
        for (at, byte) in bytes.iter().enumerate() {
            match (self.within, byte) {
                (Within::Text, b'"') => {
                    self.within = Within::Brackets;
                    if self.depth == 0 {
                        return Fed::Ends(at + 1);
                    }
                }
                (Within::Text, b'\\') => self.within = Within::Escape,
                (Within::Text | Within::Escape, 0..0x20) => return Fed::Broken(at, "\""),
                (Within::Escape, _) | (Within::Brackets, b'"') => self.within = Within::Text,
                (Within::Bare, b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n') => return Fed::Ends(at),
                (Within::Brackets, b'{' | b'[') => {
                    if self.depth == DEEPEST {
                        return Fed::TooDeep;
                    }
                    self.depth += 1;
                    self.objects = self.objects << 1 | u64::from(*byte == b'{');
                }
                (Within::Brackets, b'}' | b']') => {
                    let object = self.objects & 1 == 1;
                    if self.depth == 0 || object != (*byte == b'}') {
                        return Fed::Broken(
                            at,
                            if self.depth == 0 {
                                "JSON"
                            } else if object {
                                "}"
                            } else {
                                "]"
                            },
                        );
                    }
                    self.depth -= 1;
                    self.objects >>= 1;
                    if self.depth == 0 {
                        return Fed::Ends(at + 1);
                    }
                }
                (Within::Brackets, b',' | b':') if self.depth == 0 => return Fed::Broken(at, "JSON"),
                (Within::Brackets, _) if self.depth == 0 => self.within = Within::Bare,
                (Within::Text | Within::Bare | Within::Brackets, _) => {}
            }
        }
        Fed::More
    }

    /// Whether the value may end where the input does.
    pub(crate) fn may_end(&self) -> bool {
        self.within == Within::Bare
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fed(text: &str) -> Fed {
        Scan::default().feed(text.as_bytes())
    }

    #[test]
    fn a_value_ends_where_its_brackets_or_its_text_do() {
        for (value, rest) in [
            ("{}", ","),
            (r#"{"a":"}\"\\"}"#, "}"),
            ("[[1],{}]", " "),
            ("12", "]"),
            ("null", "\n"),
            (r#""a\"b""#, "x"),
        ] {
            assert_eq!(fed(&format!("{value}{rest}")), Fed::Ends(value.len()), "{value}");
        }
    }

    #[test]
    fn brackets_of_the_wrong_kind_and_line_breaks_in_a_text_are_found_where_they_stand() {
        assert_eq!(fed("{]"), Fed::Broken(1, "}"));
        assert_eq!(fed("[}"), Fed::Broken(1, "]"));
        assert_eq!(fed("\"a\n"), Fed::Broken(2, "\""));
        assert_eq!(fed(&"[".repeat(100)), Fed::TooDeep);
    }

    proptest! {
        #[test]
        fn cutting_a_value_in_two_changes_nothing(text in r#"[\[\]{}",:a1 \\]{0,30}"#, cut in 0usize..30) {
            let cut = cut.min(text.len());
            let mut scan = Scan::default();
            let halves = match scan.feed(&text.as_bytes()[..cut]) {
                Fed::More => match scan.feed(&text.as_bytes()[cut..]) {
                    Fed::Ends(at) => Fed::Ends(at + cut),
                    Fed::Broken(at, expected) => Fed::Broken(at + cut, expected),
                    other => other,
                },
                other => other,
            };
            prop_assert_eq!(halves, fed(&text));
        }
    }
}
