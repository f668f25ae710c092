"""Sample files of Keras: `.keras`, `.weights.h5` and the older `.h5`.

    python -m tests.oracles.file_keras

Needs Keras with its PyTorch back end; writes tests/oracles/data/file_keras_*.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

os.environ["KERAS_BACKEND"] = "torch"

import keras
from keras import layers

from tests.oracles.file_weights import weights

DATA = Path(__file__).parent / "data"


def both() -> Any:
    """A Bidirectional layer and a readout."""
    wrapped = layers.Bidirectional(layers.LSTM(2, return_sequences=True), name="both")
    return keras.Sequential([keras.Input((None, 3)), wrapped, layers.Dense(1, name="head")], name="model")


def grus() -> Any:
    """Both forms of the GRU, saved under other names than they have, and an LSTM without biases."""
    return keras.Sequential(
        [
            keras.Input((None, 3)),
            layers.GRU(3, return_sequences=True, name="zebra"),
            layers.GRU(2, reset_after=False, go_backwards=True, recurrent_activation="hard_sigmoid", name="apple",
                       return_sequences=True),
            layers.LSTM(2, use_bias=False, activation="softsign", name="plain"),
        ],
        name="model",
    )  # fmt: skip


def nested() -> Any:
    """A model in a model, and a layer made of a cell."""
    inner = keras.Sequential(
        [keras.Input((None, 3)), layers.SimpleRNN(2, activation="relu", return_sequences=True)], name="inner"
    )
    given = keras.Input((None, 3))
    return keras.Model(
        given, layers.RNN(layers.LSTMCell(2), return_sequences=True, name="celled")(inner(given)), name="model"
    )


def weigh(model: Any) -> Any:
    for weight in model.weights:
        weight.assign(weights(weight.path, tuple(weight.shape)))
    return model


def main() -> None:
    keras.utils.set_random_seed(1)
    for name, make in (("both", both), ("grus", grus), ("nested", nested)):
        keras.utils.clear_session()
        model = weigh(make())
        model.save(DATA / f"file_keras_{name}.keras")
        model.save(DATA / f"file_keras_{name}.h5")
        model.save_weights(DATA / f"file_keras_{name}.weights.h5")
        print(name, [(weight.path, tuple(weight.shape)) for weight in model.weights])


if __name__ == "__main__":
    main()
