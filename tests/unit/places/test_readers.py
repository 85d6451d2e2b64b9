"""GeoJSON and TopoJSON files."""

import json

import pytest

from osnowa.kit.errors import Refused
from osnowa.places import readers
from osnowa.places.readers import read

#: The example of the TopoJSON specification, cut down: a quantised ring of two arcs, one of them used backwards.
TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.1, 0.2], "translate": [10, 50]},
    "objects": {
        "areas": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "A", "arcs": [[0, 1]], "properties": {"name": "West"}},
                {"type": "MultiPolygon", "id": "B", "arcs": [[[2, -2]]]},
            ],
        }
    },
    "arcs": [[[10, 0], [-10, 0], [0, 10], [10, 0]], [[10, 10], [0, -10]], [[10, 10], [10, 0], [0, -10], [-10, 0], [0, 0]]],
}


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "outlines.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write


def test_a_quantised_topology_is_unrolled_and_scaled(file):
    west, _east = read(file(TOPOLOGY)).features
    assert west.properties == {"name": "West", "id": "A"}
    ring = [[round(x, 6), round(y, 6)] for x, y in west.geometry["coordinates"][0]]
    assert ring == [[11, 50], [10, 50], [10, 52], [11, 52], [11, 50]]


def test_a_shared_arc_runs_backwards_for_the_neighbour(file):
    _west, east = read(file(TOPOLOGY)).features
    ring = [[round(x, 6), round(y, 6)] for x, y in east.geometry["coordinates"][0][0]]
    assert ring[-2:] == [[11, 50], [11, 52]]


def test_arcs_without_a_transform_are_taken_as_they_are():
    assert readers.decode_arcs({"arcs": [[[1, 2], [3, 4]]]}) == [[[1, 2], [3, 4]]]


def test_several_objects_must_be_chosen_from(file):
    two = TOPOLOGY | {"objects": {"areas": TOPOLOGY["objects"]["areas"], "lines": {"type": "GeometryCollection", "geometries": []}}}
    with pytest.raises(Refused, match="several objects: areas, lines"):
        read(file(two))
    assert len(read(file(two), "areas").features) == 2
    with pytest.raises(Refused, match="no object seas"):
        read(file(two), "seas")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"not json", "not a JSON file"),
        (b"\xff\xfe{}", "not a JSON file"),
        (b"[" * 200_000, "not a JSON file"),
        ([1, 2], "neither GeoJSON nor TopoJSON"),
        ({"type": "Feature", "geometry": None}, "no area"),
        ({"type": "FeatureCollection", "features": []}, "no area"),
        ({"type": "FeatureCollection", "features": [{"geometry": {"type": "Point", "coordinates": [1, 2]}}]}, "no area"),
        ({"type": "FeatureCollection"}, "broken"),
        ({"type": "FeatureCollection", "features": [None]}, "broken"),
        (TOPOLOGY | {"arcs": []}, "broken"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(file, content, reason):
    with pytest.raises(Refused, match=reason):
        read(file(content))


def test_a_huge_file_is_refused_unread(file, monkeypatch):
    monkeypatch.setattr(readers, "MOST_BYTES", 10)
    with pytest.raises(Refused, match="200 MB"):
        read(file(TOPOLOGY))


def test_collections_of_areas_count_as_areas(file):
    part = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    drawing = read(file({"type": "FeatureCollection", "features": [{"geometry": {"type": "GeometryCollection", "geometries": [line, part]}}, {"geometry": line}]}))
    assert (len(drawing.features), drawing.without_area) == (1, 1)
