"use strict";

// The page's data as the Python side wrote them, and what is looked up in them again and again.

const data = JSON.parse(document.getElementById("data").textContent);
const nodeOf = (id) => data.nodes[id]; // nodes and edges are numbered by their place in the list
const edgeOf = (id) => data.edges[id];
const typeOf = (node) => data.types[node.group];

// Relations without a claim are background knowledge, such as the country of a province.
const BACKGROUND = "Background";
const STATUSES = [...data.statuses, BACKGROUND];
const edgesAt = data.nodes.map(() => []);
const numberOf = new Map(data.nodes.map((node) => [node.iri, node.id]));

for (const edge of data.edges) {
  edge.statuses = edge.evidence.length ? [...new Set(edge.evidence.map((claim) => claim.status))] : [BACKGROUND];
  edgesAt[edge.from].push(edge);
  if (edge.to !== edge.from) edgesAt[edge.to].push(edge);
}

const degree = (id) => edgesAt[id].length;
const otherEnd = (edge, id) => (edge.from === id ? edge.to : edge.from);
const neighboursOf = (id) => [...new Set(edgesAt[id].map((edge) => otherEnd(edge, id)))].filter((other) => other !== id);
const byDegree = data.nodes.map((node) => node.id).sort((a, b) => degree(b) - degree(a) || a - b);

const ordered = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
const plural = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** The text without case, accents and spacing, for finding. */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
}

/** How many there are of each key. */
function counted(keys) {
  const counts = new Map();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
