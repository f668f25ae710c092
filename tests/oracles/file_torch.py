"""Sample files of PyTorch: state dicts, checkpoints, and what is refused.

    python -m tests.oracles.file_torch

Needs PyTorch and safetensors; writes tests/oracles/data/file_*.pt and file_*.safetensors.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
from safetensors.torch import save_file

from tests.oracles.file_weights import weights

DATA = Path(__file__).parent / "data"


class Net(torch.nn.Module):
    """Every recurrent module, one of each, with a readout."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = torch.nn.LSTM(3, 2, num_layers=2, bidirectional=True)
        self.projected = torch.nn.LSTM(2, 3, proj_size=2)
        self.gru = torch.nn.GRU(3, 2, num_layers=3, bias=False)
        self.rnn = torch.nn.RNN(2, 3, nonlinearity="relu")
        self.cell = torch.nn.LSTMCell(2, 2)
        self.head = torch.nn.Linear(3, 1)


def weigh(module: torch.nn.Module, dtype: torch.dtype) -> torch.nn.Module:
    module = module.to(dtype)
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            parameter.copy_(torch.from_numpy(weights(name, tuple(parameter.shape), float)))
    return module


def main() -> None:
    net = weigh(Net(), torch.float64)
    state = net.state_dict()
    torch.save(state, DATA / "file_torch.pt")
    save_file(state, DATA / "file_torch.safetensors", {"format": "pt"})
    torch.save(state, DATA / "file_torch_protocol4.pt", pickle_protocol=4)
    small = weigh(torch.nn.GRU(2, 2), torch.float32)
    optimizer = torch.optim.Adam(small.parameters())
    small(torch.zeros(1, 2))[0].sum().backward()
    optimizer.step()
    weigh(small, torch.float32)
    others = {
        "epoch": 3, "best": 0.25, "device": torch.device("cpu"), "dtype": torch.float32, "size": torch.Size([2]),
        "steps": torch.arange(3), "sparse": torch.eye(2).to_sparse(), "tiny": torch.ones(2).to(torch.float8_e4m3fn),
        "names": ["a", ("b", {"c"})], "meta": torch.ones(2, device="meta"),
    }  # fmt: skip
    torch.save(
        {**others, "model": small.state_dict(), "optimizer": optimizer.state_dict()}, DATA / "file_checkpoint.pt"
    )
    halves = {}
    for kind, dtype in (("half", torch.float16), ("brain", torch.bfloat16)):
        halves |= {f"{kind}.{name}": each.to(dtype) for name, each in small.state_dict().items()}
    torch.save(halves, DATA / "file_half.pt")
    save_file(halves, DATA / "file_half.safetensors")
    # One storage for all, as modules on a GPU have it: offsets and strides matter.
    flat = torch.cat([each.reshape(-1) for each in small.state_dict().values()])
    shared, at = {}, 0
    for name, each in small.state_dict().items():
        shared[name] = flat[at : at + each.numel()].view(each.shape)
        at += each.numel()
    turned = weigh(torch.nn.GRU(2, 2), torch.float32).state_dict()["weight_hh_l0"].t().contiguous().t()
    torch.save({**shared, "weight_hh_l0": turned}, DATA / "file_shared.pt")
    torch.save(small, DATA / "file_whole.pt")
    torch.save(small.state_dict(), DATA / "file_old.pt", _use_new_zipfile_serialization=False)
    torch.jit.script(small).save(str(DATA / "file_script.pt"))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
