"use strict";

// What the reader has chosen, and which nodes and edges are shown for it. Every change goes through change().

const MANY = 300; // above this many entities the page starts with the best connected
const START = 120;

const state = {
  types: new Set(Object.keys(data.types)),
  predicates: new Set([...Object.keys(data.predicates), ...Object.keys(data.facts)]),
  statuses: new Set(STATUSES),
  unconnected: false,
  scope: data.nodes.length > MANY ? topNodes() : null, // the entities drawn; null for all of them
  selected: null, // {node: id} or {edge: id}
};

const listeners = [];
const onChange = (listener) => listeners.push(listener);

/** Applies `step` to the state, then brings the whole page up to date. */
function change(step) {
  step(state);
  for (const listener of listeners) listener();
}

function topNodes() {
  return new Set(byDegree.slice(0, START));
}

const claimShown = (claim) => state.statuses.has(claim.status);

/** The edge's strongest status among those shown, or undefined where none is. */
const shownStatus = (edge) => STATUSES.find((status) => edge.statuses.includes(status) && state.statuses.has(status));

const passes = (edge) => state.predicates.has(edge.predicate) && shownStatus(edge) !== undefined;

/** The ids of the nodes and the edges that the drawing shows. */
function shownGraph() {
  const inScope = new Set();
  for (const node of data.nodes) {
    const chosen = state.selected?.node === node.id;
    if (chosen || (state.types.has(node.group) && (!state.scope || state.scope.has(node.id)))) inScope.add(node.id);
  }
  const edges = data.edges.filter((edge) => inScope.has(edge.from) && inScope.has(edge.to) && passes(edge));
  const joined = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  const nodes = [...inScope].filter((id) => state.unconnected || joined.has(id) || state.selected?.node === id);
  return { nodes, edges: edges.map((edge) => edge.id), apart: inScope.size - joined.size };
}

const select = (selected) => change((now) => { now.selected = selected; });

/** Selects a node and brings it into the drawing. */
function selectNode(id) {
  change((now) => {
    now.selected = { node: id };
    now.scope?.add(id);
  });
}

function selectEdge(id) {
  change((now) => {
    now.selected = { edge: id };
    for (const end of [edgeOf(id).from, edgeOf(id).to]) now.scope?.add(end);
  });
}

const addNeighbours = (id) => change((now) => {
  if (now.scope) for (const other of neighboursOf(id)) now.scope.add(other);
  now.selected = { node: id };
});

const onlyNeighbours = (id) => change((now) => {
  now.scope = new Set([id, ...neighboursOf(id)]);
  now.selected = { node: id };
});
