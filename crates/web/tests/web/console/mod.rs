//! Stories of the console, over HTTP as browsers without a script do it: cookies are kept, forms are sent with what the page gave them.

mod blacklist;
mod browser;
mod check;
mod check_instances;
mod codes;
mod contact;
mod documents;
mod exports;
mod failures;
mod filing;
mod gate;
mod import;
mod ledger;
mod numbers;
mod products;
mod proposals;
mod reader;
mod retention;
mod reviewing;
mod rulebook;
mod rules;
mod second_factor;
mod signing_in;
mod status;
mod users;
mod where_signed_in;
mod why_not;

use reader::{Reader, Shown};
