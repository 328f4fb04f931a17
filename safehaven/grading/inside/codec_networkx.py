"""Graphs of networkx, and the views of their nodes, edges and degrees, as data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
from networkx.classes import reportviews

from .codec import Decoder, Encoder, Tree, Unreadable, read_text

_GRAPHS = {kind.__name__: kind for kind in (nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph)}


def _kind(graph: Any) -> str:
    prefix = "Multi" if graph.is_multigraph() else ""
    return f"{prefix}DiGraph" if graph.is_directed() else f"{prefix}Graph"


def _encode_graph(encoder: Encoder, value: Any) -> Tree:
    return encoder.numbered(value, lambda: ["nx.g", _kind(value), *_parts(encoder, value)])


def _parts(encoder: Encoder, graph: Any) -> list[Tree]:
    places = {node: place for place, node in enumerate(graph.nodes)}
    nodes = [encoder.encode_all(graph.nodes), encoder.encode_all(graph.nodes[n] for n in graph)]
    several = graph.is_multigraph()
    edges = graph.edges(keys=True, data=True) if several else graph.edges(data=True)
    lines = [[places[edge[0]], places[edge[1]], *encoder.encode_all(edge[2:])] for edge in edges]
    return [encoder.encode(dict(graph.graph)), *nodes, lines]


def _read_graph(decoder: Decoder, tree: list[Tree]) -> Any:
    number = decoder.reserve()
    graph = _GRAPHS[read_text(tree[1])]()
    graph.graph.update(decoder.read(tree[2]))
    nodes, attributes = decoder.read_all(tree[3]), decoder.read_all(tree[4])
    for node, more in zip(nodes, attributes, strict=True):
        graph.add_node(node)
        graph.nodes[node].update(more)
    for line in tree[5]:
        one, other = nodes[line[0]], nodes[line[1]]
        *key, more = decoder.read_all(line[2:])
        _add(graph, one, other, *key)
        (graph.edges[one, other, *key]).update(more)
    decoder.met[number] = graph
    return graph


def _add(graph: Any, one: Any, other: Any, *key: Any) -> None:
    if bool(key) != graph.is_multigraph() or len(key) > 1:
        raise Unreadable("an edge that does not fit the graph")
    graph.add_edge(one, other, *key)


# --- views ------------------------------------------------------------------------------------


def _encode_nodes(encoder: Encoder, value: Any) -> Tree:
    keys, more = encoder.encode_all(value._nodes), encoder.encode_all(value._nodes.values())
    data = getattr(value, "_data", None)
    how = None if data is None else [encoder.encode(data), encoder.encode(value._default)]
    return ["nx.nodes", keys, more, how]


def _read_nodes(decoder: Decoder, tree: list[Tree]) -> Any:
    graph = nx.Graph()
    for node, more in zip(decoder.read_all(tree[1]), decoder.read_all(tree[2]), strict=True):
        graph.add_node(node)
        graph.nodes[node].update(more)
    if tree[3] is None:
        return graph.nodes
    data, default = decoder.read_all(tree[3])
    return graph.nodes(data=data, default=default)


def _encode_edges(encoder: Encoder, value: Any) -> Tree:
    return ["nx.edges", encoder.encode(value._graph)]


def _read_edges(decoder: Decoder, tree: list[Tree]) -> Any:
    return decoder.read(tree[1]).edges


def _encode_degrees(encoder: Encoder, value: Any) -> Tree:
    return ["nx.degree", encoder.encode(value._graph), encoder.encode(value._weight)]


def _read_degrees(decoder: Decoder, tree: list[Tree]) -> Any:
    graph, weight = decoder.read(tree[1]), decoder.read(tree[2])
    return graph.degree if weight is None else graph.degree(weight=weight)


ENCODERS: dict[type, Callable[[Encoder, Any], Tree]] = {
    nx.Graph: _encode_graph,
    reportviews.NodeView: _encode_nodes,
    reportviews.NodeDataView: _encode_nodes,
    reportviews.EdgeView: _encode_edges,
    reportviews.OutEdgeView: _encode_edges,
    reportviews.DiDegreeView: _encode_degrees,
    reportviews.OutEdgeDataView: lambda encoder, value: encoder.encode(list(value)),
    nx.classes.coreviews.AtlasView: lambda encoder, value: encoder.encode(
        {key: dict(value[key]) for key in value}
    ),
}
READERS: dict[str, Callable[[Decoder, list[Tree]], Any]] = {
    "nx.g": _read_graph,
    "nx.nodes": _read_nodes,
    "nx.edges": _read_edges,
    "nx.degree": _read_degrees,
}
