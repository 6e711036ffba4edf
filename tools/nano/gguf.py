"""A small writer for GGUF version 3 files: metadata values, then aligned tensors."""
import struct
from typing import BinaryIO

import numpy as np

VERSION = 3
ALIGNMENT = 32
BLOCK = 32  # values in one Q8_0 block, stored as a half-float scale and 32 signed bytes

F32, F16, Q8_0 = 0, 1, 8
FILE_TYPE_Q8_0 = 7
UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9


def quantise_q8_0(matrix: np.ndarray) -> bytes:
    """Q8_0 blocks of a float matrix [rows, columns]; columns must be a multiple of 32."""
    if matrix.shape[-1] % BLOCK:
        raise ValueError(f"rows of {matrix.shape[-1]} values do not divide into blocks of {BLOCK}")
    blocks = matrix.astype(np.float32).reshape(-1, BLOCK)
    scales = np.abs(blocks).max(axis=1, keepdims=True) / 127
    inverse = np.divide(1, scales, out=np.zeros_like(scales), where=scales > 0)
    packed = np.zeros(len(blocks), dtype=[("scale", "<f2"), ("values", "i1", BLOCK)])
    packed["scale"] = scales[:, 0]
    packed["values"] = np.rint(blocks * inverse)
    return packed.tobytes()


def tensor_bytes(values: np.ndarray, kind: int) -> bytes:
    if kind == Q8_0:
        return quantise_q8_0(values)
    return values.astype({F32: "<f4", F16: "<f2"}[kind]).tobytes()


def string(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def scalar(kind: int, value) -> bytes:
    if kind == STRING:
        return string(value)
    return struct.pack({UINT32: "<I", INT32: "<i", FLOAT32: "<f", BOOL: "<?"}[kind], value)


def padding(length: int) -> bytes:
    """Zero bytes up to the next multiple of the alignment."""
    return bytes(-length % ALIGNMENT)


class Writer:
    """Collects metadata and tensors in order, then writes the file at once."""

    def __init__(self):
        self.metadata: list[bytes] = []
        self.tensors: list[tuple[str, tuple[int, ...], int, bytes]] = []

    def add(self, key: str, kind: int, value):
        self.metadata.append(string(key) + struct.pack("<I", kind) + scalar(kind, value))

    def add_array(self, key: str, kind: int, values: list):
        head = string(key) + struct.pack("<IIQ", ARRAY, kind, len(values))
        self.metadata.append(head + b"".join(scalar(kind, value) for value in values))

    def add_tensor(self, name: str, values: np.ndarray, kind: int):
        """Add a tensor; GGUF lists its dimensions from the fastest-moving one."""
        self.tensors.append((name, values.shape[::-1], kind, tensor_bytes(values, kind)))

    def write(self, file: BinaryIO):
        head = b"GGUF" + struct.pack("<IQQ", VERSION, len(self.tensors), len(self.metadata)) + b"".join(self.metadata)
        offset = 0
        for name, dimensions, kind, data in self.tensors:
            head += string(name) + struct.pack(f"<I{len(dimensions)}Q", len(dimensions), *dimensions)
            head += struct.pack("<IQ", kind, offset)
            offset += len(data) + len(padding(len(data)))
        file.write(head + padding(len(head)))
        for *_, data in self.tensors:
            file.write(data + padding(len(data)))
