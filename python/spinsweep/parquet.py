"""Tables as Parquet files, by https://parquet.apache.org/docs/file-format: one row group, one page for each column, plain
encoding, no compression, no missing values but NaN."""

import os
import struct
from collections.abc import Mapping

import numpy as np
import pandas

from .errors import SpinsweepError

_MAGIC = b"PAR1"
_BOOLEAN, _INT64, _DOUBLE, _BYTE_ARRAY = 0, 2, 5, 6  # physical types
_REQUIRED, _UTF8, _PLAIN, _RLE, _DATA_PAGE, _UNCOMPRESSED = 0, 0, 0, 3, 0, 0


def write_parquet(frame: pandas.DataFrame, path: str | os.PathLike, metadata: Mapping[str, str] | None = None) -> None:
    """Columns of numbers, truth values and texts; metadata: the key-value metadata of the file. Errors: SpinsweepError for
    a column of another type."""
    body, chunks, schema = bytearray(_MAGIC), [], [{4: b"table", 5: len(frame.columns)}]
    for name in frame:
        kind, values = _encoded(str(name), frame[name].to_numpy())
        page = {1: _DATA_PAGE, 2: len(values), 3: len(values), 5: {1: len(frame), 2: _PLAIN, 3: _RLE, 4: _RLE}}
        start, block = len(body), _struct(page) + values
        body += block
        schema.append({1: kind, 3: _REQUIRED, 4: str(name).encode(), **({6: _UTF8} if kind == _BYTE_ARRAY else {})})
        column = {1: kind, 2: [_PLAIN], 3: [str(name).encode()], 4: _UNCOMPRESSED}
        column |= {5: _Long(len(frame)), 6: _Long(len(block)), 7: _Long(len(block)), 9: _Long(start)}
        chunks.append({2: _Long(start), 3: column})
    group = {1: chunks, 2: _Long(len(body) - len(_MAGIC)), 3: _Long(len(frame))}
    footer = {1: 1, 2: schema, 3: _Long(len(frame)), 4: [group]}
    if metadata:
        footer[5] = [{1: key.encode(), 2: value.encode()} for key, value in metadata.items()]
    footer[6] = b"spinsweep"
    text = _struct(footer)
    with open(path, "wb") as file:
        file.write(body + text + struct.pack("<I", len(text)) + _MAGIC)


def _encoded(name: str, values: np.ndarray) -> tuple[int, bytes]:
    """Physical type and plain encoding of a column."""
    if values.dtype.kind == "b":
        return _BOOLEAN, np.packbits(values, bitorder="little").tobytes()
    if values.dtype.kind in "iu":
        return _INT64, values.astype("<i8").tobytes()
    if values.dtype.kind == "f":
        return _DOUBLE, values.astype("<f8").tobytes()
    if all(isinstance(value, str) for value in values):
        texts = [value.encode() for value in values]
        return _BYTE_ARRAY, b"".join(struct.pack("<I", len(text)) + text for text in texts)
    raise SpinsweepError(f"column {name} has values of type {values.dtype}; expected numbers, truth values or texts")


class _Long(int):
    """An integer of 64 bits; a plain int has 32."""


def _struct(fields: Mapping[int, object]) -> bytes:
    """A struct in Thrift's compact protocol, https://github.com/apache/thrift/blob/master/doc/specs/: ascending numbers of
    fields -> int, _Long, bytes, list or struct."""
    out, last = bytearray(), 0
    for number, value in fields.items():
        out.append((number - last) << 4 | _kind(value))
        out += _value(value)
        last = number
    return bytes(out) + b"\0"


def _kind(value: object) -> int:
    if isinstance(value, Mapping):
        return 12
    if isinstance(value, list):
        return 9
    if isinstance(value, bytes):
        return 8
    return 6 if isinstance(value, _Long) else 5


def _value(value: object) -> bytes:
    if isinstance(value, Mapping):
        return _struct(value)
    if isinstance(value, list):
        kind = _kind(value[0]) if value else 12
        head = bytes([len(value) << 4 | kind]) if len(value) < 15 else bytes([0xF0 | kind]) + _varint(len(value))
        return head + b"".join(map(_value, value))
    if isinstance(value, bytes):
        return _varint(len(value)) + value
    return _varint(2 * value if value >= 0 else -2 * value - 1)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
