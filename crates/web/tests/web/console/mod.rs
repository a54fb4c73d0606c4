//! Stories of the console, over HTTP as browsers without a script do it: cookies are kept, forms are sent with what the page gave them.

mod browser;
mod filing;
mod products;
mod signing_in;
