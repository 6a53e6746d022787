"""Read the data as plain values, and run the scripts that make them."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from spnr_graph.namespaces import PREFIXES, expand

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
FILES = sorted(DATA.rglob("*.ttl"))


def script(folder):
    """Import data/{folder}/build.py, which finds its neighbours as when it is run."""
    path = DATA / folder / "build.py"
    spec = importlib.util.spec_from_file_location(f"build_{folder}", path)
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(path.parent))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(path.parent))
    return module


def value(node):
    """Return an IRI as (iri,) and a literal as (text, language or datatype)."""
    if isinstance(node, ox.NamedNode):
        return (node.value,)
    return (node.value, node.language or node.datatype.value)


@cache
def facts_of(path):
    """Return a file as subject → predicate → set of values."""
    found = defaultdict(lambda: defaultdict(set))
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        assert isinstance(quad.subject, ox.NamedNode)
        assert not isinstance(quad.object, ox.BlankNode)
        found[quad.subject.value][quad.predicate.value].add(value(quad.object))
    return found


def union(*paths):
    """Return several files as one."""
    found = defaultdict(lambda: defaultdict(set))
    for path in paths:
        for subject, properties in facts_of(path).items():
            for predicate, values in properties.items():
                found[subject][predicate] |= values
    return found


def own(folder, *names):
    return union(*(DATA / folder / f"{name}.ttl" for name in names))


def a(found, kind):
    """Return the subjects of a class."""
    wanted = (expand(kind),)
    return {s for s, of in found.items() if wanted in of[expand("rdf:type")]}


def iris(*names):
    return {(expand(name),) for name in names}


def xsd(text, kind):
    return {(text, PREFIXES["xsd"] + kind)} if text else set()


def string(*texts):
    return {(text, PREFIXES["xsd"] + "string") for text in texts if text}


def run(*command, seed="0"):
    """Run a script as its reader would, from the root of the checkout."""
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *command], env=environment, cwd=ROOT, check=True
    )
