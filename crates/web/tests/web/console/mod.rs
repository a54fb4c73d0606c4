//! Stories of the console, over HTTP as browsers without a script do it: cookies are kept, forms are sent with what the page gave them.

mod browser;
mod second_factor;
mod where_signed_in;
