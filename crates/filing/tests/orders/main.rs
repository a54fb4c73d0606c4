//! Orders seen from outside: what can happen to them, what they wait for, what is shown of what was filled in.

#[cfg(test)]
mod beside;
mod calendar;
#[cfg(test)]
mod changes;
#[cfg(test)]
mod fields;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod machine;
#[cfg(test)]
mod masks;
#[cfg(test)]
mod remarks;
#[cfg(test)]
mod sentences;
#[cfg(test)]
mod waiting;
#[cfg(test)]
mod walks;
