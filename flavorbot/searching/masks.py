"""Sets of recipes as whole numbers, a bit for each place in the box: what is common to two is one operation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def mask_of(places: Iterable[int], size: int) -> int:
    """The set of these places in a box of `size`."""
    bits = bytearray(size // 8 + 1)
    for place in places:
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def places_in(mask: int, order: Sequence[int]) -> Iterator[int]:
    """The places of a set, in this order of all."""
    flags = format(mask, "b")[::-1]
    return (place for place in order if place < len(flags) and flags[place] == "1")


def at_most(sets: Iterable[int], most: int, everything: int) -> int:
    """The places that stand in no more than `most` of the sets.

    The count of each place is kept in binary, a mask for every digit, so that a set is added to all at once.
    """
    digits = [0] * (most + 1).bit_length()
    over = 0
    for carry in sets:
        for number, digit in enumerate(digits):
            digits[number], carry = digit ^ carry, digit & carry
        over |= carry
    return everything & ~(over | _more_than(most, digits, everything))


def _more_than(most: int, digits: Sequence[int], everything: int) -> int:
    """Where the number that the digits tell is larger: compared from its highest digit on."""
    larger, equal = 0, everything
    for number in reversed(range(len(digits))):
        if most >> number & 1:
            equal &= digits[number]
        else:
            larger |= equal & digits[number]
            equal &= ~digits[number]
    return larger
