"""Hot spots: against PySAL, against its published example, and laws."""

import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as some

from osnowa.compute import spatial
from osnowa.compute.spatial import Neighbours, getis_ord_star, local_moran, nearest, sure


@pytest.fixture(scope="module")
def pysal() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import esda
        import libpysal

        yield esda, libpysal


def _points(n: int, seed: int = 7) -> tuple[np.ndarray, np.ndarray]:
    dice = np.random.default_rng(seed)
    points = dice.random((n, 2)) * 1000
    values = np.exp(-((points - 300) ** 2).sum(axis=1) / 40000) * 20 + dice.gamma(2, 1, n)
    return points, values


@pytest.mark.filterwarnings("ignore")
def test_the_published_example_of_pysal(pysal: Any) -> None:
    """The desmith data: esda's documentation prints these quadrants."""
    esda, libpysal = pysal
    weights = libpysal.io.open(libpysal.examples.get_path("desmith.gal")).read()
    values = np.array(libpysal.io.open(libpysal.examples.get_path("desmith.txt")).by_col["z"])
    beside = Neighbours.of([[weights.id2i[other] for other in weights.neighbors[one]] for one in weights.id_order])
    ours = local_moran(values, beside, 999)
    assert ours.quadrant.tolist() == [4, 4, 4, 2, 3, 3, 1, 4, 3, 3]
    theirs = esda.Moran_Local(values, weights, transformation="r", permutations=9, seed=1)
    n = len(values)
    assert np.allclose(ours.statistic * (n - 1) / n, theirs.Is, atol=1e-12)
    assert ours.overall == pytest.approx(esda.Moran(values, weights, permutations=0).I)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("n", [400, 3000])
def test_the_same_as_pysal_on_other_data(pysal: Any, n: int) -> None:
    esda, libpysal = pysal
    points, values = _points(n)
    weights = libpysal.weights.KNN.from_array(points, k=6)
    weights.transform = "r"
    theirs = esda.Moran_Local(values, weights, permutations=999, seed=3, n_jobs=1)
    ours = local_moran(values, nearest(points, 6), 9999)
    assert np.allclose(ours.statistic * (n - 1) / n, theirs.Is, atol=1e-12)
    assert (ours.quadrant == theirs.q).all()
    assert np.corrcoef(ours.p, theirs.p_sim)[0, 1] > 0.99
    assert np.abs(ours.p - theirs.p_sim).max() < 0.07


@pytest.mark.filterwarnings("ignore")
def test_getis_ord_as_pysal_counts_it(pysal: Any) -> None:
    esda, libpysal = pysal
    points, values = _points(500)
    weights = libpysal.weights.KNN.from_array(points, k=5)
    theirs = esda.G_Local(values, weights, transform="B", star=True, permutations=99, seed=3, n_jobs=1)
    ours = getis_ord_star(values, nearest(points, 5), 999)
    assert np.allclose(ours.statistic, theirs.Zs, atol=1e-10)


def test_the_shared_reference_agrees_with_dealing_place_by_place(monkeypatch: pytest.MonkeyPatch) -> None:
    points, values = _points(2000)
    beside = nearest(points, 8)
    shared = local_moran(values, beside, 4999)
    monkeypatch.setattr(spatial, "_FEW", 10**9)
    exact = local_moran(values, beside, 4999)
    assert np.corrcoef(shared.p, exact.p)[0, 1] > 0.995
    assert ((shared.p < 0.01) == (exact.p < 0.01)).mean() > 0.98


def test_pure_chance_names_hardly_anything() -> None:
    dice = np.random.default_rng(5)
    found = local_moran(dice.normal(size=1500), nearest(dice.random((1500, 2)), 6), 9999)
    assert found.is_sure.mean() < 0.01


def test_a_planted_hot_spot_is_found() -> None:
    points, values = _points(1500)
    found = local_moran(values, nearest(points, 6), 9999)
    inside = ((points - 300) ** 2).sum(axis=1) < 100**2
    assert found.is_sure[inside].mean() > 0.9
    assert (found.quadrant[inside] == spatial.HIGH_HIGH).mean() > 0.9


@given(some.arrays(float, st.integers(4, 30), elements=st.integers(0, 50).map(float)))
@settings(max_examples=40, deadline=None)
def test_shift_and_scale_change_nothing(values: np.ndarray) -> None:
    points = np.column_stack([np.arange(len(values)), np.arange(len(values)) ** 2 % 7])
    beside = nearest(points, 3)
    one, other = local_moran(values, beside, 99), local_moran(values * 4 + 16, beside, 99)
    assert np.allclose(one.statistic, other.statistic)
    assert one.p == pytest.approx(other.p, abs=0.021)


@pytest.mark.parametrize("values", [[], [1.0], [2.0, 2.0, 2.0]])
def test_nothing_to_tell(values: list[float]) -> None:
    beside = Neighbours.of([[] for _ in values])
    for method in (local_moran, getis_ord_star):
        found = method(values, beside)
        assert len(found.p) == len(values)
        assert not found.is_sure.any()


def test_benjamini_hochberg_by_hand() -> None:
    p = np.array([0.01, 0.04, 0.03, 0.2, 0.012])
    assert sure(p, 0.05).tolist() == [True, True, True, False, True]
    assert sure(np.array([0.3, 0.6])).tolist() == [False, False]
