//! Product verification seen from outside: which cause, in which order, and who learns what.

#[cfg(test)]
mod matrix;
#[cfg(test)]
mod order;
#[cfg(test)]
mod scene;
