//! From a product's name as a list writes it to its id, without asking twice for the same name.

use rulebook::Rulebook;
use std::collections::HashMap;

/// Lists hold a handful of products; names beyond this many (a column of something else) are looked up each time.
const REMEMBERED: usize = 256;
/// A name longer than this is none that recurs.
const REMEMBERED_BYTES: usize = 256;

/// What knows products by their names: a [`Rulebook`].
pub trait Products: Sync {
    /// The id of the product with that id, name or alias, ignoring spaces, case and width.
    fn id_of(&self, name: &str) -> Option<&str>;
}

impl Products for Rulebook {
    fn id_of(&self, name: &str) -> Option<&str> {
        self.product_id(name)
    }
}

/// Looks products up once for each way of writing them.
pub(crate) struct ProductIds<'r> {
    products: &'r dyn Products,
    /// The name looked up last and its id: lists are mostly sorted by product.
    last: (String, String),
    known: HashMap<String, String>,
}

impl<'r> ProductIds<'r> {
    pub(crate) fn new(products: &'r dyn Products) -> Self {
        Self { products, last: Default::default(), known: HashMap::new() }
    }

    /// Writes the id of the product called `name` to `id`; a name that nobody knows stays as it is.
    pub(crate) fn resolve(&mut self, name: &str, id: &mut String) {
        if self.last.0 != name {
            self.last.1.clear();
            match self.known.get(name) {
                Some(known) => self.last.1.push_str(known),
                None => self.look_up(name),
            }
            self.last.0.clear();
            self.last.0.push_str(name);
        }
        id.clear();
        id.push_str(&self.last.1);
    }

    fn look_up(&mut self, name: &str) {
        let id = self.products.id_of(name).unwrap_or(name);
        self.last.1.push_str(id);
        if self.known.len() < REMEMBERED && name.len() <= REMEMBERED_BYTES {
            self.known.insert(name.to_owned(), id.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    struct Counted(AtomicU32);

    impl Products for Counted {
        fn id_of(&self, name: &str) -> Option<&str> {
            self.0.fetch_add(1, Ordering::Relaxed);
            (name == "云服务器").then_some("ecs")
        }
    }

    #[test]
    fn each_way_of_writing_a_product_is_looked_up_once() {
        let counted = Counted(AtomicU32::new(0));
        let mut ids = ProductIds::new(&counted);
        let mut id = String::new();
        for _ in 0..10 {
            ids.resolve("云服务器", &mut id);
            assert_eq!(id, "ecs");
            ids.resolve("oss", &mut id);
            assert_eq!(id, "oss");
        }
        assert_eq!(counted.0.into_inner(), 2);
    }
}
