//! The rules seen from outside: what the documents state, what the decision promises, what the sentences say.

#[cfg(test)]
mod changes;
#[cfg(test)]
mod decision;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod document_000;
#[cfg(test)]
mod document_001;
#[cfg(test)]
mod document_002;
#[cfg(test)]
mod document_003;
#[cfg(test)]
mod document_004;
#[cfg(test)]
mod dry_run;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod lint;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod table;
#[cfg(test)]
mod wild;
