//! Service codes seen from outside: how they are written, what can happen to them, what people are told.

#[cfg(test)]
mod asking;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod granting;
#[cfg(test)]
mod importing;
#[cfg(test)]
mod machine;
#[cfg(test)]
mod sentences;
#[cfg(test)]
mod standing;
#[cfg(test)]
mod text;
#[cfg(test)]
mod walks;
