//! A stream that is given up when the other side takes too little of what is written to it.

use std::{
    fmt, io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Sleep, sleep},
};

/// Bytes that have to be taken in the time given, unless there are fewer: in a minute a tenth of what the slowest networks of
/// mobile phones carry, and enough that taking a byte now and then keeps nothing open.
const LEAST: usize = 16 << 10;

/// A stream with a time for writing. Reading is bounded by whoever reads.
pub(super) struct Steady<S> {
    stream: S,
    patience: Duration,
    lag: Option<Lag>,
    /// Told once, before the writer is, that the stream is given up.
    given_up: fn(&S),
}

/// The other side is waited for.
#[derive(Debug)]
struct Lag {
    until: Pin<Box<Sleep>>,
    /// Bytes that it took since.
    taken: usize,
}

impl<S> fmt::Debug for Steady<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Steady").field("lag", &self.lag).finish_non_exhaustive()
    }
}

impl<S> Steady<S> {
    /// That stream: whoever does not take [`LEAST`] bytes, or all that there are, within `patience` is given up.
    pub(super) const fn new(stream: S, patience: Duration, given_up: fn(&S)) -> Self {
        Self { stream, patience, lag: None, given_up }
    }

    /// What a write came to, or that the time for it is over.
    fn watched(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(Ok(bytes)) => {
                self.lag = self.lag.take().and_then(|lag| lag.shorter_by(bytes));
                Poll::Ready(Ok(bytes))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => {
                let begun = || Lag { until: Box::pin(sleep(self.patience)), taken: 0 };
                let lag = self.lag.get_or_insert_with(begun);
                ready!(lag.until.as_mut().poll(cx));
                (self.given_up)(&self.stream);
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
        }
    }
}

impl Lag {
    fn shorter_by(self, bytes: usize) -> Option<Self> {
        let taken = self.taken.saturating_add(bytes);
        (taken < LEAST).then_some(Self { taken, ..self })
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Steady<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Steady<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.watched(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, pieces);
        self.watched(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Whoever flushes has written all that there is: nobody is waited for until there is more.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_flush(cx))?;
        self.lag = None;
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    /// More than fits between writer and reader, and than has to be taken at a time.
    const MUCH: usize = 8 * LEAST;
    const PATIENCE: Duration = Duration::from_secs(30);

    fn pair() -> (Steady<DuplexStream>, DuplexStream) {
        let (near, far) = duplex(1 << 10);
        (Steady::new(near, PATIENCE, |_| ()), far)
    }

    async fn written(mut to: Steady<DuplexStream>) -> io::Result<()> {
        to.write_all(&vec![0; MUCH]).await?;
        to.flush().await
    }

    /// Takes everything, so many bytes at a time with that pause between.
    async fn taken(mut from: DuplexStream, bytes: usize, pause: Duration) -> io::Result<()> {
        let mut piece = vec![0; bytes];
        while from.read_exact(&mut piece).await.is_ok() {
            sleep(pause).await;
        }
        Ok(())
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_takes_nothing_is_given_up() {
        let (near, _far) = pair();
        assert_eq!(written(near).await.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test(start_paused = true)]
    async fn a_byte_now_and_then_is_as_good_as_nothing() {
        let (near, far) = pair();
        let (written, _) = tokio::join!(written(near), taken(far, 1, PATIENCE / 2));
        assert_eq!(written.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_is_slow_but_steady_gets_all_of_it() {
        let (near, far) = pair();
        let (written, _) = tokio::join!(written(near), taken(far, LEAST, PATIENCE / 2));
        written.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_between_two_answers_does_not_count() {
        let (mut near, mut far) = pair();
        let mut answer = vec![0; 2 << 10];
        for _ in 0..3 {
            let piece = answer.clone();
            let (written, read) = tokio::join!(
                async {
                    near.write_all(&piece).await?;
                    near.flush().await
                },
                async {
                    sleep(PATIENCE / 2).await;
                    far.read_exact(&mut answer).await
                }
            );
            written.unwrap();
            read.unwrap();
        }
    }
}
