"""Blocks of equations in the forward loop: recurrent products that run as one, activations side by side."""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from .expr import Apply, Expr
from .ops import Array
from .schedule import Ahead, Block, Member, added, members_of
from .steps import Steps
from .storage import cut, together
from .tape import Series, Still


class Blocks(Steps):
    """Adds to the tape what the equations of a block need."""

    def block(self, block: Block) -> None:
        """All operations of a block, in their order."""
        members = block.members
        values = self.rows[together([m.target for m in members])]
        widths = [self.rows[m.target].shape[1] for m in members]
        edges = [0, *accumulate(widths)]
        self.flipped.update(m.target for m in members if m.flipped)
        # NumPy takes three times as long for a single number in its own place
        known = self.rooms.empty(*values.shape) if values.shape[1:] == (1,) else values
        for ahead in block.ahead:
            self._ahead(ahead, members[ahead.first : ahead.stop], cut(known, edges[ahead.first], edges[ahead.stop]))
        rows = Series(values)
        source = rows if known is values else Series(known)
        for vector in dict.fromkeys(p.vector for m in members for p in m.products):
            result, at = self._product(vector)
            begin = at[members[0].target]
            self.tape.add(np.add, source, Still(result[begin : begin + edges[-1]]), rows)
            source = rows
        for member, width in zip(members, widths, strict=True):
            for sign, term in member.rest:
                column = self.column(member.target)
                ufunc = np.add if (sign > 0) != member.flipped else np.subtract
                self.tape.add(ufunc, column if source is rows else source, self.emit(term, width), column)
                source = rows
        if any(m.activation for m in members):
            results = self.rows[together([m.activation or "" for m in members])]
            for member, a, b in block.runs():
                if member.function:
                    source = Series(cut(values, edges[a], edges[b]))
                    target = Series(cut(results, edges[a], edges[b]))
                    self.activate(member.function, source, target, flipped=member.flipped)

    def _ahead(self, ahead: Ahead, members: tuple[Member, ...], values: Array) -> None:
        """What of neighbours' sums can be worked out for all steps ahead of the loop."""
        signs = [-1 if m.flipped else 1 for m in members]
        if not ahead.plain:
            (member,) = members
            total = added(ahead.offsets)
            assert total is not None, "a sum of another form has terms"
            self.ahead.append(self.whole(Apply("neg", (total,)) if member.flipped else total, values))
            return
        offset = self.steadily.stack(ahead.offsets, signs) if ahead.offsets else None
        rows = Series(values)
        if ahead.source is None:
            self.sums.add(np.positive, Still(np.zeros((), self.dtype) if offset is None else offset), rows)
            return
        matrix, source = self.steadily.stack(ahead.matrices, signs), self.rows[ahead.source]
        self.sums.add(self.layout.product, Still(matrix), Series(source), rows)
        if offset is not None:
            self.sums.add(np.add, rows, Still(offset), rows)

    def _product(self, vector: str) -> tuple[Array, dict[str, int]]:
        """All recurrent products of one vector as a single one: its result, and where each target's part begins."""
        if vector not in self._products:
            matrices: list[Expr] = []
            signs: list[int] = []
            at: dict[str, int] = {}
            begin = 0
            for member in members_of(self.plan):
                for each in member.products:
                    if each.vector == vector:
                        matrices.append(each.matrix)
                        signs.append(-1 if member.flipped else 1)
                        at[member.target] = begin
                        begin += self.rows[member.target].shape[1]
            result = self.scratch(begin)
            # turned round, a product is quicker, which pays for the turning only over many steps
            by_column = not self.lead and self.length > begin
            matrix = self.steadily.stack(matrices, signs, by_column=by_column)
            self.layout.multiply(self.tape, self.refresh, matrix, self.column(vector), result)
            self._products[vector] = result.array, at
        return self._products[vector]
