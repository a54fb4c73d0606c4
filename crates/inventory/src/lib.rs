//! Lists of bought instances as providers and people write them, read one record at a time into [`rulebook::Facts`].
//!
//! [`Inventory::open`] tells the format by content: the provider's own JSON answers, Kebei's JSON lines, CSV, XLSX.
//! [`Inventory::next`] fills one record after another; memory does not grow with the input, except that a workbook is
//! held whole up to [`Limits::workbook_bytes`]. A bad record is reported with its place and every fault in it, and
//! the rest goes on.

mod answers;
mod cell;
mod csv;
mod en;
mod fault;
mod format;
mod inventory;
mod json;
mod jsonl;
mod limits;
mod logins;
mod metered;
mod products;
mod provider;
mod scan;
mod source;
mod step;
mod table;
mod when;
mod xlsx;
mod zh;

pub use fault::{
    Alien, BadRecord, Encoding, Expected, Fault, Found, NoJson, OpenError, Place, Warning, WorkbookFault,
};
pub use format::Format;
pub use inventory::{Inventory, Options};
pub use limits::Limits;
pub use logins::{HostLogin, LoginColumn, LoginRow, LoginSecret, Logins};
pub use products::Products;
pub use table::Column;
