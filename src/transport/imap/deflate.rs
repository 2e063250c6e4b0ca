//! COMPRESS=DEFLATE (RFC 4978): a layer between the lines and the socket. It holds one buffer for each direction, so what a few
//! bytes of a hostile server unfold to never takes more room than that.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Compressed bytes kept in each direction.
const ROOM: usize = 32 * 1024;

/// Both directions of a compressed connection.
pub(super) struct Deflate {
    inflate: Decompress,
    /// What the server sent and is not unfolded yet.
    input: Box<[u8]>,
    start: usize,
    end: usize,
    deflate: Compress,
    /// What is folded and not written yet.
    output: Vec<u8>,
    written: usize,
    /// Something was written that the server cannot read before a flush.
    is_held: bool,
}

impl Deflate {
    /// A layer that begins with these bytes of the server, which came right behind its consent.
    pub(super) fn new(came: &[u8]) -> Self {
        let mut input = vec![0; came.len().max(ROOM)].into_boxed_slice();
        input[..came.len()].copy_from_slice(came);
        Self {
            // raw deflate, as RFC 4978 section 4 asks
            inflate: Decompress::new(false),
            input,
            start: 0,
            end: came.len(),
            // mail is half base64: more effort gains next to nothing
            deflate: Compress::new(Compression::fast(), false),
            output: Vec::with_capacity(ROOM),
            written: 0,
            is_held: false,
        }
    }

    /// Unfolds into `out` and says how many bytes it got; 0 at the end of the stream.
    pub(super) fn poll_read<S: AsyncRead + Unpin>(
        &mut self,
        stream: &mut S,
        cx: &mut Context<'_>,
        out: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        loop {
            let (taken, given) = (self.inflate.total_in(), self.inflate.total_out());
            let input = &self.input[self.start..self.end];
            let status = self
                .inflate
                .decompress(input, out, FlushDecompress::None)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
            let count = |total: u64, before: u64| usize::try_from(total - before).unwrap_or(0);
            let took = count(self.inflate.total_in(), taken);
            let gave = count(self.inflate.total_out(), given);
            self.start += took;
            if gave > 0 || status == Status::StreamEnd {
                return Poll::Ready(Ok(gave));
            }
            if took > 0 {
                continue;
            }
            if self.start < self.end {
                let message = "the compressed stream makes no sense";
                return Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, message)));
            }
            let mut buf = ReadBuf::new(&mut self.input);
            ready!(Pin::new(&mut *stream).poll_read(cx, &mut buf))?;
            (self.start, self.end) = (0, buf.filled().len());
            if self.end == 0 {
                return Poll::Ready(Ok(0));
            }
        }
    }

    /// Folds some of `bytes` and says how many.
    pub(super) fn poll_write<S: AsyncWrite + Unpin>(
        &mut self,
        stream: &mut S,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_drain(stream, cx))?;
        let before = self.deflate.total_in();
        self.fold(bytes, FlushCompress::None)?;
        let took = usize::try_from(self.deflate.total_in() - before).unwrap_or(0);
        self.is_held |= took > 0;
        Poll::Ready(Ok(took))
    }

    /// Makes everything that was written readable for the server, and writes it to the stream.
    pub(super) fn poll_flush<S: AsyncWrite + Unpin>(
        &mut self,
        stream: &mut S,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        while self.is_held {
            ready!(self.poll_drain(stream, cx))?;
            self.fold(&[], FlushCompress::Sync)?;
            self.is_held = self.output.len() == self.output.capacity();
        }
        self.poll_drain(stream, cx)
    }

    fn fold(&mut self, bytes: &[u8], flush: FlushCompress) -> io::Result<()> {
        self.deflate
            .compress_vec(bytes, &mut self.output, flush)
            .map(|_| ())
            .map_err(io::Error::other)
    }

    fn poll_drain<S: AsyncWrite + Unpin>(
        &mut self,
        stream: &mut S,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        while self.written < self.output.len() {
            let rest = &self.output[self.written..];
            let count = ready!(Pin::new(&mut *stream).poll_write(cx, rest))?;
            if count == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.written += count;
        }
        self.output.clear();
        self.written = 0;
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::future::poll_fn;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    async fn read_all(wire: &[u8], room: usize) -> io::Result<Vec<u8>> {
        let (mut layer, mut stream, mut all) = (Deflate::new(&[]), wire, Vec::new());
        let mut out = vec![0; room];
        loop {
            let count = poll_fn(|cx| layer.poll_read(&mut stream, cx, &mut out)).await?;
            if count == 0 {
                return Ok(all);
            }
            all.extend_from_slice(&out[..count]);
        }
    }

    async fn write_all(text: &[u8]) -> Vec<u8> {
        // a pipe of few bytes, so that every write is cut
        let (mut ours, mut theirs) = tokio::io::duplex(100);
        let text = text.to_vec();
        let writer = async move {
            let mut layer = Deflate::new(&[]);
            let mut rest = text.as_slice();
            while !rest.is_empty() {
                let count = poll_fn(|cx| layer.poll_write(&mut ours, cx, rest))
                    .await
                    .unwrap();
                rest = &rest[count..];
            }
            poll_fn(|cx| layer.poll_flush(&mut ours, cx)).await.unwrap();
            // nothing is held, so nothing is sent twice
            poll_fn(|cx| layer.poll_flush(&mut ours, cx)).await.unwrap();
            ours.shutdown().await.unwrap();
        };
        let mut wire = Vec::new();
        let (_, read) = tokio::join!(writer, theirs.read_to_end(&mut wire));
        read.unwrap();
        wire
    }

    #[tokio::test]
    async fn what_was_folded_unfolds_at_every_cut() {
        let text: Vec<u8> = (0..300_000u32)
            .flat_map(|n| n.wrapping_mul(n).to_be_bytes())
            .collect();
        for text in [&b"A1 NOOP\r\n"[..], &text] {
            let wire = write_all(text).await;
            for room in [1, 7, 65_536] {
                assert_eq!(read_all(&wire, room).await.unwrap(), text);
            }
        }
    }

    #[tokio::test]
    async fn a_bomb_comes_in_rooms_of_the_reader_and_nonsense_is_an_error() {
        let wire = write_all(&vec![b'x'; 20_000_000]).await;
        assert!(wire.len() < 200_000);
        assert_eq!(read_all(&wire, 4096).await.unwrap().len(), 20_000_000);
        // a kind of block that there is not
        assert!(read_all(&[0xff; 40], 4096).await.is_err());
    }
}
