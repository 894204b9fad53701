"""Columns of a Parquet file as NumPy: text as numbers into a list of names, for most names come thousands of times."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq


class WrongKind(ValueError):
    """A column that holds something else; the message says what."""


@dataclass(frozen=True)
class Text:
    """``names[codes]``: names an Arrow array of strings, each once; codes (n,), -1 where there is none."""

    names: pa.Array
    codes: np.ndarray

    def rows(self, which):
        """The same of some rows only; the names stay."""
        return Text(self.names, self.codes[which])

    def spelt(self, which):
        """Names of the rows ``which``, as strings in an array of objects."""
        return np.array(self.names.take(pa.array(self.codes[which])).to_pylist(), dtype=object)

    def wrong(self, allowed):
        """Which rows (n,) have no name, or one that ``allowed`` (an Arrow mask of the names) leaves out."""
        fine = pc.fill_null(allowed, False).to_numpy(zero_copy_only=False)
        return ~np.append(fine, False)[self.codes]

    def among(self, wanted):
        """The place of each row's name in the list ``wanted``, (n,); -1 of all others."""
        places = pc.index_in(self.names, pa.array(wanted, pa.string())).fill_null(-1).to_numpy()
        return np.append(places, -1).astype(np.int32)[self.codes]

    def in_order(self):
        """Numbers (n,) that rise with the names as they are spelt."""
        rank = np.empty(len(self.names) + 1, dtype=np.int64)
        rank[pc.sort_indices(self.names).to_numpy()] = np.arange(len(self.names))
        rank[-1] = -1
        return rank[self.codes]


def read(path, names, text, schema):
    """The table of these columns; those of them that are ``text`` stay packed as the file has them."""
    packed = [name for name in names if name in text and pa.types.is_string(schema.field(name).type)]
    return pq.read_table(path, columns=names, read_dictionary=packed)


def text(table, name):
    """A column as ``Text``; WrongKind when it cannot be."""
    column = table[name]
    if not pa.types.is_dictionary(column.type):
        column = pc.dictionary_encode(_cast(name, column, pa.string()))
    packed = column.unify_dictionaries().combine_chunks()
    if isinstance(packed, pa.ChunkedArray):
        packed = packed.chunk(0) if packed.num_chunks else pa.array([], column.type)
    names = _cast(name, packed.dictionary, pa.string())
    return Text(names, packed.indices.fill_null(-1).to_numpy().astype(np.int32))


def numbers(table, name):
    """A column as floats (n,), nan where there is none; WrongKind when it cannot be."""
    return _cast(name, table[name], pa.float64()).to_numpy()


def _cast(name, column, kind):
    try:
        return column.cast(kind)
    except pa.ArrowException as reason:
        raise WrongKind(f"column {name!r} holds {column.type}, expected {kind}") from reason
