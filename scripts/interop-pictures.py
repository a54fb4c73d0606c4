"""Bodies for operations that take a picture, for schemathesis: sound ones, ones that are cut short, and ones that are none."""

import struct
import zlib

import schemathesis
from hypothesis import strategies as st


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG file, with its check sum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int) -> bytes:
    """A white picture of that size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\xff" * width) * height
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


SOUND = st.builds(png, st.integers(1, 600), st.integers(1, 600))
CUT_SHORT = st.builds(lambda picture, at: picture[:at], SOUND, st.integers(0, 60))
NO_PICTURE = st.binary(max_size=200)

# Which of the two a picture is, its content says and not its type.
schemathesis.openapi.media_type("image/png", st.one_of(SOUND, CUT_SHORT, NO_PICTURE), aliases=["image/jpeg"])
