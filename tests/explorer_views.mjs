// Reads {base64, states} on standard input; writes what the model of the page sees.
import { unpack } from "../spnr_graph/render/explorer/web/src/data.js";
import { Model } from "../spnr_graph/render/explorer/web/src/model.js";

/** A state whose things are named by IRIs, as the model takes it: by indices. */
function indexed(model, state) {
  const told = { ...state };
  for (const key of ["axis", "objective", "audience", "kind", "role", "territory"]) {
    if (told[key]) told[key] = told[key].map((iri) => model.conceptOf.get(iri));
  }
  if (told.source) told.source = told.source.map((iri) => model.packed.sources.iri.indexOf(iri));
  if (told.focus) told.focus = model.nodeOf.get(told.focus);
  return told;
}

function seen(model, state) {
  const view = model.visible(indexed(model, state));
  const { iri } = model.packed.nodes;
  const { a, b } = model.packed.edges;
  const ends = (edge) => [iri[a[edge]], iri[b[edge]]];
  const all = Array.from(view.edges, (shown, edge) => (shown ? edge : -1)).filter((e) => e >= 0);
  return {
    nodes: iri.filter((_, node) => view.nodes[node]),
    edges: all.map((edge) => [
      ...ends(edge),
      view.weights[edge],
      view.via(edge).map((i) => model.packed.initiatives.iri[i]),
    ]),
    degree: Object.fromEntries(iri.map((node, k) => [node, view.degree[k]])),
    strength: Object.fromEntries(iri.map((node, k) => [node, view.strength[k]])),
    nodeCount: view.nodeCount,
    edgeCount: view.edgeCount,
    hiddenCount: view.hiddenCount,
  };
}

let text = "";
for await (const chunk of process.stdin) text += chunk;
const asked = JSON.parse(text);
const views = [];
for (const { base64, states } of asked) {
  const model = new Model(await unpack(base64));
  views.push(states.map((state) => seen(model, state)));
}
process.stdout.write(JSON.stringify(views));
