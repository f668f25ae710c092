"""Mistakes that people make in a cell's text: what is said about each, where, and what to do."""

from __future__ import annotations

from typing import NamedTuple

LINE = "write a line as: name = expression : label"
EXPRESSION = "write an expression such as f * c_prev"
NAME = "use a name of letters a-z, digits and _, such as h or y[outputs]"
OTHER_NAME = "use another name, of letters a-z, digits and _"
MISSING = "a sign or a name is missing here, or a parenthesis has no partner"
SIGNS = "use letters a-z, digits, _ and the signs + - * @ ( )"
FUNCTIONS = "sigmoid, tanh, relu, identity, exp, softplus, softmax, step, every, slower"
ARITHMETIC = f"use names, numbers, + - * @ and the functions {FUNCTIONS}"
STARTS = "use a number or one of identity, orthogonal, glorot, zeros"
ONE_EXPRESSION = "write tanh(...) with one expression inside"
PERIODS = ("'every' takes periods: whole numbers of at least 1", "write for example every(1, 2, 4)")
LARGE = "use a number below 1.7e308"
OWN_LINE = "give a part of it a line of its own"
INNER = "give the inner product a line of its own with a size: p[inner] = U @ x"
SIDES = "@ takes a matrix on its left and a vector on its right; * is elementwise"
SAME = "both sides need the same size; a matrix and @ change one into the other"
PRODUCT = "apply it to the product with a vector"


class Mistake(NamedTuple):
    """A text with one thing wrong. `under` is what of the line is underlined, None where no line is to blame."""

    text: str
    code: str
    line: int | None
    under: str | None
    message: str
    hint: str


# fmt: off
MISTAKES = [Mistake(*row) for row in (
    # a line and its left side
    ("h tanh(x)", "no-equals", 1, "h tanh(x)", "'h tanh(x)' has no '='", LINE),
    ("h = x2\n  oops  : label", "no-equals", 2, "oops", "'oops' has no '='", LINE),
    ("h =", "syntax", 1, "=", "nothing stands right of '='", EXPRESSION),
    ("h =   : label", "syntax", 1, "=", "nothing stands right of '='", EXPRESSION),
    ("  = x", "bad-name", 1, "=", "nothing stands left of '='", NAME),
    ("2h = x", "bad-name", 1, "2h", "'2h' cannot stand left of '='", NAME),
    ("_h = x", "bad-name", 1, "_h", "'_h' cannot stand left of '='", NAME),
    ("  h é = x", "bad-name", 1, "h é", "'h é' cannot stand left of '='", NAME),
    ("y[2] = h", "bad-name", 1, "y[2]", "'y[2]' cannot stand left of '='", NAME),
    ("for = x", "bad-name", 1, "for", "'for' cannot stand left of '='", NAME),
    ("c += x\nh = c_prev", "bad-name", 1, "c +", "'c +' cannot stand left of '='", NAME),
    ("h = " + "x + " * 100 + "x", "too-long", 1, "x + x", "the line has 405 characters, 400 are allowed",
     "split the equation into two"),
    ("h = b\n" * 201, "too-long", 201, "", "the text has 202 lines, 200 are allowed",
     "a cell is a few equations: shorten it"),
    # an expression: characters and words
    ("h == x", "bad-character", 1, "=", "'=' has no meaning here", "one '=' a line"),
    ("h = tanh(a=x)", "bad-character", 1, "=", "'=' has no meaning here", "one '=' a line"),
    ("h = W / x", "bad-character", 1, "/", "'/' has no meaning here", "there is no division: multiply by a number such as 0.5"),
    ("h = x^2", "bad-character", 1, "^", "'^' has no meaning here", "there are no powers: write the product"),
    ("h = σ", "bad-character", 1, "σ", "'σ' has no meaning here", SIGNS),
    ("h = W ⊙ x", "bad-character", 1, "⊙", "'⊙' has no meaning here", SIGNS),
    ("h = x.y", "bad-character", 1, ".", "'.' has no meaning here", SIGNS),
    ("h = x > 0", "bad-character", 1, ">", "'>' has no meaning here", SIGNS),
    ("h = １", "bad-character", 1, "１", "'１' has no meaning here", SIGNS),
    ("h = x [", "bad-character", 1, "[", "'[' has no meaning here", "a size is written left of '=': y[outputs] = ..."),
    ("h = lambda", "bad-name", 1, "lambda", "'lambda' cannot be a name", OTHER_NAME),
    ("h = True * h_prev", "bad-name", 1, "True", "'True' cannot be a name", OTHER_NAME),
    ("h = W @ _x", "bad-name", 1, "_x", "'_x' cannot be a name", OTHER_NAME),
    # an expression: its form
    ("h = W @", "syntax", 1, "", "'W @' ends too early", MISSING),
    ("h = W x", "syntax", 1, "x", "cannot read 'W x' from 'x' on", MISSING),
    ("h = (W @ x", "syntax", 1, "(W @ x", "cannot read '(W @ x' from '(W @ x' on", MISSING),
    ("h = W @ x) + b", "syntax", 1, ") + b", "cannot read 'W @ x) + b' from ') + b' on", MISSING),
    ("h = W @ * x", "syntax", 1, "* x", "cannot read 'W @ * x' from '* x' on", MISSING),
    ("h = x ** 2", "not-arithmetic", 1, "x ** 2", "'x ** 2' is not arithmetic that a cell can do", ARITHMETIC),
    ("h = (x, x)", "not-arithmetic", 1, "(x, x)", "'(x, x)' is not arithmetic that a cell can do", ARITHMETIC),
    ("h = 0x10 * x", "not-arithmetic", 1, "0x10", "'0x10' is not arithmetic that a cell can do", ARITHMETIC),
    ("h = 2j * x", "not-arithmetic", 1, "2j", "'2j' is not arithmetic that a cell can do", ARITHMETIC),
    ("h = f(x)(x)", "not-arithmetic", 1, "f(x)(x)", "'f(x)(x)' is not arithmetic that a cell can do", ARITHMETIC),
    ("h = " + "(" * 41 + "x" + ")" * 41, "too-deep", 1, "(" * 41 + "x" + ")" * 41,
     "the expression nests 41 deep, 40 is allowed", OWN_LINE),
    ("h = " + "-" * 41 + "x", "too-deep", 1, "-" * 41 + "x", "the expression nests 41 deep, 40 is allowed", OWN_LINE),
    ("h = 1e999 * h_prev", "number-too-large", 1, "1e999", "'1e999' is more than a double can hold", LARGE),
    ("a = exp(1000)\nh = a * h_prev", "number-too-large", 1, "a = exp(1000)", "'a' is more than a double can hold",
     "use numbers whose result is below 1.7e308"),
    # an expression: functions and products
    ("i = sigmod(W @ x)", "unknown-function", 1, "sigmod", "unknown function 'sigmod'", "did you mean 'sigmoid'?"),
    ("h = foo(x)", "unknown-function", 1, "foo", "unknown function 'foo'", f"known are {FUNCTIONS}"),
    ("h = outer(x)", "unknown-function", 1, "outer", "unknown function 'outer'", f"known are {FUNCTIONS}"),
    ("h = tanh(x, x)", "arity", 1, "tanh(x, x)", "'tanh' takes 1 argument, here it has 2", ONE_EXPRESSION),
    ("h = tanh()", "arity", 1, "tanh()", "'tanh' takes 1 argument, here it has 0", ONE_EXPRESSION),
    ("h = every(0) * h_prev", "bad-periods", 1, "every", *PERIODS),
    ("h = every(1.5) * h_prev", "bad-periods", 1, "every", *PERIODS),
    ("h = every(n) * h_prev", "bad-periods", 1, "every", *PERIODS),
    ("h = every() * h_prev", "bad-periods", 1, "every", *PERIODS),
    ("n = tanh(U @ r * h_prev)", "mixed-products", 1, "U @ r * h_prev", "'U @ r * h_prev' can be read in two ways",
     "write (U @ r) * h_prev or U @ (r * h_prev)"),
    ("n = r * U @ h_prev", "mixed-products", 1, "r * U @ h_prev", "'r * U @ h_prev' can be read in two ways",
     "write (r * U) @ h_prev or r * (U @ h_prev)"),
    # start lines
    ("h = b * h_prev\nstart b = identitty", "bad-start", 2, "b = identitty", "'identitty' is not a starting value",
     "did you mean 'identity'?"),
    ("h = b * h_prev\nstart b = inf", "bad-start", 2, "b = inf", "'inf' is not a starting value", STARTS),
    ("h = b * h_prev\nstart b =", "bad-start", 2, "b =", "'' is not a starting value", STARTS),
    ("h = W_i @ x\nstart Wi = 1", "unknown-parameter", 2, "Wi = 1", "'Wi' is not a parameter of this cell",
     "did you mean 'W_i'?"),
    ("f = W @ x\nh = f\nstart f = 1", "unknown-parameter", 3, "f = 1", "'f' is not a parameter of this cell",
     "its parameters are W"),
    ("h = h_prev\nstart q = 1", "unknown-parameter", 2, "q = 1", "'q' is not a parameter of this cell",
     "its parameters are none"),
    ("h = b * h_prev\nstart b = 1\nstart b = 2", "duplicate", 3, "b = 2",
     "'b' has two starting values, the first in line 2", "keep one of them"),
    # what the lines must obey together
    ("h = W @ x\nh = V @ x", "duplicate", 2, "h = V @ x", "'h' is defined twice, first in line 1",
     "give one of the two another name"),
    ("x = 1\nh = tanh(W @ x)", "reserved", 1, "x = 1", "'x' comes from outside and cannot be defined", "choose another name"),
    ("c_prev = W @ x\nh = c_prev", "reserved", 1, "c_prev = W @ x", "'c_prev' is the value of 'c' one step earlier",
     "define 'c' instead"),
    ("tanh = W @ x\nh = tanh", "reserved", 1, "tanh = W @ x", "'tanh' is a function", "choose another name"),
    ("h = tanh * h_prev", "function-as-name", 1, "tanh", "'tanh' is a function and needs an argument", "write tanh(...)"),
    ("h = o * h_prev\no = sigmoid(W @ x)", "order", 1, "o", "'o' is used before it is defined",
     "for its value one step earlier write 'o_prev'"),
    ("h = W @ x + h", "order", 1, "h", "'h' uses itself", "for its value one step earlier write 'h_prev'"),
    ("h = W @ x_prev", "no-state", 1, "x_prev", "'x_prev': an input has no earlier value here",
     "keep it yourself: k = x, then use k_prev"),
    ("h = q_prev + W @ x", "no-state", 1, "q_prev", "'q_prev' needs a line that defines 'q'", "add a line: q = ..."),
    ("cc = W @ x\nh = c_prev + cc", "no-state", 2, "c_prev", "'c_prev' needs a line that defines 'c'", "did you mean 'cc_prev'?"),
    ("a = 0.5\nh = a_prev * h_prev", "no-state", 2, "a_prev", "'a_prev': 'a' is a constant and has no earlier value", "use 'a'"),
    ("h = h_prev_prev + W @ x", "no-state", 1, "h_prev_prev", "'h_prev_prev' needs a line that defines 'h_prev'",
     "one step back is as far as it goes; keep it yourself: k = h_prev, then use k_prev"),
    ("", "empty", None, None, "there is no equation", "write a line such as h = tanh(W @ x + b)"),
    ("# only a title", "empty", None, None, "there is no equation", "write a line such as h = tanh(W @ x + b)"),
    ("c = W @ x", "no-output", None, None, "no line defines 'h' or 'y', so nothing leaves the cell", "name what leaves the cell h"),
    ("a = 2\nh = a + 1", "constant-output", 2, "h = a + 1", "'h' is always the same number", "let it read x or a state"),
    # sizes
    ("h = x + h_prev", "shape", 1, "x + h_prev", "cannot combine 'x' (inputs) with 'h_prev' (units)", SAME),
    ("h = x", "shape", 1, "x", "'h' is units, but 'x' is inputs",
     "mark the line's size, as in h[inputs] = ..., or change the product"),
    ("s[context] = B @ x\nh = s", "shape", 2, "s", "'h' is units, but 's' is context",
     "mark the line's size, as in h[context] = ..., or change the product"),
    ("h = h_prev @ U", "shape", 1, "h_prev @ U", "cannot multiply 'h_prev' (units) with 'U' (?)", SIDES),
    ("h = W @ 2", "shape", 1, "W @ 2", "cannot multiply 'W' (of unknown size) with '2' (a number)", SIDES),
    ("h = tanh(W) @ x", "shape", 1, "tanh(W) @ x", "cannot multiply 'tanh(W)' (?) with 'x' (inputs)", SIDES),
    ("h = U @ h_prev + U * h_prev", "shape", 1, "U * h_prev", "cannot combine 'U' (? × units) with 'h_prev' (units)", SAME),
    ("h = (W @ x) * W", "shape", 1, "(W @ x) * W", "cannot combine 'W @ x' (?) with 'W' (? × inputs)", SAME),
    ("h = softmax(2) * h_prev", "shape", 1, "2", "'softmax' takes a vector, but '2' is a number", PRODUCT),
    ("h = tanh(slower(1, 2)) * h_prev", "shape", 1, "slower(1, 2)",
     "'tanh' takes a vector, but 'slower(1, 2)' is ? × ?", PRODUCT),
    ("m = slower(1, 2)\nh = m * h_prev", "shape", 1, "slower(1, 2)", "'m' is units, but 'slower(1, 2)' is ? × ?",
     "a line gives a vector: multiply the matrix with one by @"),
    ("h = U @ (V @ x)", "ambiguous-size", 1, "U", "nothing says what size 'U' has", INNER),
)]
# fmt: on

#: texts with one broken line: what hangs on that line is no further mistake
NO_FOLLOW_UPS = [
    "k = 0.5 */\nh = W @ (k * x) + k * h_prev",
    "f = sigmod(W @ x)\nc = f * c_prev\nh = tanh(c) * f_prev",
    "c[context] = W $ x\nh = P @ c + Q @ c_prev\ny[outputs] = V @ c",
    "c += x\nh = c_prev + c",
    "c f * c_prev\nh = c_prev + c",
    "c[2] = W @ x\nh = c_prev + c",
    "c = " + "x + " * 100 + "x\nh = c_prev + c",
    "h = b\n" * 201,
    "h = W / x",
    "h = W / x\nstart b = 1",
    "h = U @ r * h_prev\ny = h_prev",
    "x = tanh(b)\nh = U @ h_prev + W @ x",
    "h = W @ x\nh = h_prev + W @ x",
    "c_prev = 2\nh = c_prev * h_prev",
]
