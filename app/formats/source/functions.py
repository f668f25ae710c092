"""The functions of the language in NumPy, PyTorch and Keras: one row for each, and the helpers that some need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """How a function is written: `{0}`, `{1}` are its arguments; `helper` is what has to stand above the code."""

    numpy: str
    pytorch: str
    keras: str
    helper: Mapping[str, str] = field(default_factory=dict)

    def form(self, to: str) -> str:
        """The form for "numpy", "pytorch" or "keras"."""
        return {"numpy": self.numpy, "pytorch": self.pytorch, "keras": self.keras}[to]


SIGMOID = '''
def sigmoid(v):
    """1 / (1 + exp(-v)), right in both tails: exp is only taken of what is not positive."""
    small = np.exp(-np.abs(v))
    return np.where(v > 0, 1, small) / (1 + small)
'''
SOFTMAX = '''
def softmax(v):
    """exp(v) / sum(exp(v)); the largest entry is taken off first, so that nothing overflows."""
    small = np.exp(v - np.max(v))
    return small / np.sum(small)
'''
SOFTSIGN = '''
def softsign(v):
    """v / (1 + |v|)."""
    return v / (1 + np.abs(v))
'''
EVERY = '''
def every(t, size, *periods):
    """Clock of the units: in equal groups, each 1 at the steps that its period divides (t from 0), else 0."""
    return np.repeat([float(t % period == 0) for period in periods], size // len(periods))
'''
SLOWER = '''
def slower(size, *periods):
    """Block mask: a group of units hears itself and the groups with a period as long or longer."""
    period = np.repeat(periods, size // len(periods))
    return (period[None, :] >= period[:, None]).astype(float)
'''
EVERY_PYTORCH = '''
def every(t, like, size, *periods):
    """Clock of the units: in equal groups, each 1 at the steps that its period divides (t from 0), else 0."""
    active = like.new_tensor([float(t % period == 0) for period in periods])
    return active.repeat_interleave(size // len(periods))
'''
SLOWER_PYTORCH = '''
def slower(like, size, *periods):
    """Block mask: a group of units hears itself and the groups with a period as long or longer."""
    period = like.new_tensor(periods).repeat_interleave(size // len(periods))
    return (period[None, :] >= period[:, None]).to(like.dtype)
'''
STEP_PYTORCH = '''
def step(v):
    """1 where v > 0, else 0."""
    return (v > 0).to(v.dtype)
'''
# the libraries' own softplus is the identity from 20 on, which is exact in float32 only
SOFTPLUS_PYTORCH = '''
def softplus(v):
    """log(1 + exp(v)), exact in float64 for large v too."""
    return torch.logaddexp(v, torch.zeros_like(v))
'''
STEP_KERAS = '''
def step(v):
    """1 where v > 0, else 0."""
    return ops.cast(v > 0, v.dtype)
'''
SOFTPLUS_KERAS = '''
def softplus(v):
    """log(1 + exp(v)), exact in float64 for large v too."""
    return ops.logaddexp(v, ops.zeros_like(v))
'''
EVERY_KERAS = '''
def every(t, size, *periods):
    """Clock of the units: in equal groups, each 1 at the steps that its period divides (t from 0), else 0."""
    active = [ops.cast(ops.equal(ops.mod(t, period), 0), t.dtype) for period in periods]
    return ops.repeat(ops.concatenate(active, axis=-1), size // len(periods), axis=-1)
'''
SLOWER_KERAS = '''
def slower(dtype, size, *periods):
    """Block mask: a group of units hears itself and the groups with a period as long or longer."""
    period = ops.repeat(ops.convert_to_tensor(periods), size // len(periods))
    return ops.cast(period[None, :] >= period[:, None], dtype)
'''

#: every function of the language, and what derivatives need besides
FUNCTIONS: dict[str, Row] = {
    "sigmoid": Row("sigmoid({0})", "torch.sigmoid({0})", "ops.sigmoid({0})", {"numpy": SIGMOID}),
    "tanh": Row("np.tanh({0})", "torch.tanh({0})", "ops.tanh({0})"),
    "relu": Row("np.maximum({0}, 0)", "torch.relu({0})", "ops.relu({0})"),
    "identity": Row("{0}", "{0}", "{0}"),
    "exp": Row("np.exp({0})", "torch.exp({0})", "ops.exp({0})"),
    "softplus": Row(
        "np.logaddexp({0}, 0)", "softplus({0})", "softplus({0})", {"pytorch": SOFTPLUS_PYTORCH, "keras": SOFTPLUS_KERAS}
    ),
    "softsign": Row(
        "softsign({0})", "torch.nn.functional.softsign({0})", "ops.softsign({0})", {"numpy": SOFTSIGN}
    ),
    "softmax": Row("softmax({0})", "torch.softmax({0}, dim=-1)", "ops.softmax({0}, axis=-1)", {"numpy": SOFTMAX}),
    "step": Row("np.heaviside({0}, 0)", "step({0})", "step({0})", {"pytorch": STEP_PYTORCH, "keras": STEP_KERAS}),
    "clip": Row("np.clip({0}, {1}, {2})", "torch.clamp({0}, {1}, {2})", "ops.clip({0}, {1}, {2})"),
    "every": Row(
        "every({now}, {size}, {periods})", "every({now}, {like}, {size}, {periods})", "every({now}, {size}, {periods})",
        {"numpy": EVERY, "pytorch": EVERY_PYTORCH, "keras": EVERY_KERAS},
    ),
    "slower": Row(
        "slower({size}, {periods})", "slower({like}, {size}, {periods})", "slower({like}, {size}, {periods})",
        {"numpy": SLOWER, "pytorch": SLOWER_PYTORCH, "keras": SLOWER_KERAS},
    ),
}  # fmt: skip
#: what only a backward pass says; PyTorch and Keras find theirs by themselves
BACKWARD: dict[str, str] = {"abs": "np.abs({0})", "outer": "np.outer({0}, {1})", "total": "np.sum({0})"}
