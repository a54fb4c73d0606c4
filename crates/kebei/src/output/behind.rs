//! Writes on a thread of its own, while what comes next is decided.

use std::{
    io::{self, Write},
    mem,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread::{Scope, ScopedJoinHandle},
};

/// Bytes handed over at a time.
const BUFFER: usize = 256 << 10;
/// Buffers that wait to be written; with those being filled and written no more than this and two exist.
const WAITING: usize = 2;

/// Gathers what is written to it and hands it to a thread that writes. An error there is told at the next hand-over.
pub(crate) struct Behind<'s> {
    buffer: Vec<u8>,
    full: Option<SyncSender<Vec<u8>>>,
    empty: Receiver<Vec<u8>>,
    writer: Option<ScopedJoinHandle<'s, io::Result<()>>>,
}

impl<'s> Behind<'s> {
    /// Writes to `to` on a thread of `scope`.
    pub(crate) fn new<'e>(scope: &'s Scope<'s, 'e>, mut to: impl Write + Send + 's) -> Self {
        let (full, buffers) = sync_channel::<Vec<u8>>(WAITING);
        let (spare, empty) = sync_channel(WAITING + 2);
        let writer = scope.spawn(move || {
            for mut buffer in buffers {
                to.write_all(&buffer)?;
                buffer.clear();
                // The other side may be done and gone.
                let _ = spare.try_send(buffer);
            }
            to.flush()
        });
        Self { buffer: Vec::with_capacity(BUFFER), full: Some(full), empty, writer: Some(writer) }
    }

    fn hand_over(&mut self) -> io::Result<()> {
        let next = self.empty.try_recv().unwrap_or_else(|_| Vec::with_capacity(BUFFER));
        let buffer = mem::replace(&mut self.buffer, next);
        match &self.full {
            Some(full) if full.send(buffer).is_ok() => Ok(()),
            _ => self.end(),
        }
    }

    /// Waits until all is written; what went wrong.
    fn end(&mut self) -> io::Result<()> {
        self.full = None;
        match self.writer.take().map(ScopedJoinHandle::join) {
            Some(Ok(written)) => written,
            Some(Err(_)) | None => Err(io::Error::other("the writer has ended")),
        }
    }
}

impl Write for Behind<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= BUFFER {
            self.hand_over()?;
        }
        Ok(bytes.len())
    }

    /// Waits until everything is written; nothing can be written after it.
    fn flush(&mut self) -> io::Result<()> {
        self.hand_over()?;
        self.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    /// Takes so many bytes and then has no room.
    struct Full(usize);

    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn everything_is_written_in_order() {
        let mut written = Vec::new();
        let lines: Vec<String> = (0..200_000).map(|n| format!("{n}\n")).collect();
        thread::scope(|scope| {
            let mut behind = Behind::new(scope, &mut written);
            for line in &lines {
                behind.write_all(line.as_bytes()).unwrap();
            }
            behind.flush().unwrap();
        });
        assert_eq!(String::from_utf8(written).unwrap(), lines.concat());
    }

    #[test]
    fn an_error_of_the_writer_is_told() {
        thread::scope(|scope| {
            let mut behind = Behind::new(scope, Full(3 * BUFFER));
            let mut told = Ok(());
            for _ in 0..100 {
                told = told.and_then(|()| behind.write_all(&vec![b'x'; BUFFER]));
            }
            let error = told.and_then(|()| behind.flush()).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        });
    }
}
