"""Formulas are readable where that loses nothing, and untouched where it would."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studycards.tui.formula import formulas, readable


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"\frac{a+b}{2}", "(a+b)/2"),
        (r"\frac12", "1/2"),
        (r"\int_0^1 x^2\,dx = \frac13", "∫₀¹ x² dx = 1/3"),
        ("C_6H_{12}O_6", "C₆H₁₂O₆"),
        (r"\hat\beta = (X^TX)^{-1}X^Ty", "β̂ = (XᵀX)⁻¹Xᵀy"),
        (r"x_{ij}^{2k+1}", "xᵢⱼ²ᵏ⁺¹"),
        (r"\sqrt{x^2+y^2}", "√(x²+y²)"),
        (r"\sqrt[3]{x}", "∛x"),
        (r"\mathbb{R}^n", "ℝⁿ"),
        (r"\mathcal{L}_{task}", "ℒₜₐₛₖ"),
        (r"\left(\sum_{i=1}^{n} w_i L_i\right)", "(∑ᵢ₌₁ⁿ wᵢ Lᵢ)"),
        (r"90^\circ", "90°"),
        (r"\lVert g \rVert \ne 0", "‖ g ‖ ≠ 0"),
        (r"\text{loss} = -\log p", "loss = -log p"),
        (r"a_\theta", "a_θ"),
    ],
)
def test_a_formula_reads_as_one_would_write_it(source: str, shown: str) -> None:
    assert readable(source) == shown


@pytest.mark.parametrize(
    "source",
    [
        r"\begin{pmatrix}1&2\end{pmatrix}",
        r"\unknown{x}",
        r"{a",
        r"a}",
        r"\frac{1}",
        r"\hat{xy}",
        "{" * 500,
        r"\ce{H2O}",
    ],
)
def test_what_cannot_be_said_stays_source(source: str) -> None:
    assert readable(source) == source


def test_dollars_around_a_formula_go_away_and_prices_stay() -> None:
    assert formulas(r"cost $x^2$ and $$\alpha$$, not $5 or $10") == "cost x² and α, not $5 or $10"


def test_a_formula_that_stays_source_keeps_its_dollars() -> None:
    assert formulas(r"see $\unknown{x}$") == r"see $\unknown{x}$"


def test_code_keeps_its_dollars() -> None:
    assert formulas("`$x^2$` and $x^2$") == "`$x^2$` and x²"


@settings(max_examples=300, deadline=None)
@given(st.text("\\{}^_$abxyfrc12+- []&~'", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(readable(text), str)
    assert isinstance(formulas(text), str)
