"use strict";

// The side panel: everything known of the selected entity, or the evidence of the selected relation.

function updatePanel() {
  const { node, edge } = state.selected ?? {};
  find("panel").hidden = node === undefined && edge === undefined;
  document.body.classList.toggle("with-panel", !find("panel").hidden);
  if (node !== undefined) find("panel-body").replaceChildren(...nodeDetails(nodeOf(node)));
  else if (edge !== undefined) find("panel-body").replaceChildren(...edgeDetails(edgeOf(edge)));
  find("panel").scrollTop = 0;
}

function nodeDetails(node) {
  const unseen = state.scope ? neighboursOf(node.id).filter((id) => !state.scope.has(id)).length : 0;
  return [
    make("p", { className: "kind" }, glyph(typeOf(node), 20), typeOf(node).label),
    make("h2", {}, node.label),
    node.aliases.length ? make("p", { className: "aliases" }, "also ", ...joined(node.aliases.map((name) => make("span", {}, name)))) : null,
    degree(node.id) ? make("p", { className: "actions" },
      unseen ? button(`Show ${plural(unseen, "more neighbour")}`, () => showAround(addNeighbours, node.id)) : null,
      button("Only its neighbours", () => showAround(onlyNeighbours, node.id))) : null,
    ...relationGroups(node),
    ...Object.keys(data.facts).map((predicate) => factGroup(node, predicate)),
    group(plural(node.articles.length, "article"), node.articles.map((title) => make("li", {}, title))),
    make("p", { className: "iri" }, node.iri),
  ].filter(Boolean);
}

const joined = (parts) => parts.flatMap((part, i) => (i ? [", ", part] : [part]));

function showAround(step, id) {
  step(id);
  fit([id, ...neighboursOf(id)].filter((other) => drawn.nodes.get(other)));
}

function group(title, items) {
  return items.length ? make("section", {}, make("h3", {}, title), make("ul", {}, ...items)) : null;
}

/** The node's relations, those that leave it before those that reach it, in the order of the tables. */
function relationGroups(node) {
  const groups = Object.entries(data.predicates).flatMap(([predicate, wording]) => {
    const edges = edgesAt[node.id].filter((edge) => edge.predicate === predicate);
    if (wording.forward === wording.backward) return [[wording.forward, edges]];
    return [[wording.forward, edges.filter((edge) => edge.from === node.id)], [wording.backward, edges.filter((edge) => edge.from !== node.id)]];
  });
  return groups.map(([title, edges]) => group(title, edges.map((edge) => relation(edge, otherEnd(edge, node.id)))));
}

function relation(edge, other) {
  const role = edge.evidence.find((claim) => claim.role)?.role;
  return make("li", { className: "relation" },
    make("span", {}, link(other), role ? make("span", { className: "role" }, ` ${role}`) : null, " ", statusChip(strongest(edge))),
    button(edge.evidence.length ? plural(edge.evidence.length, "quote") : "no quote", () => visitEdge(edge.id), { className: "quotes" }));
}

const strongest = (edge) => STATUSES.find((status) => edge.statuses.includes(status));

/** A button that leads to an entity. */
function link(id) {
  const node = nodeOf(id);
  return make("button", { type: "button", className: "entity", title: typeOf(node).label, onclick: () => visit(id) }, glyph(typeOf(node), 14), make("span", {}, node.label));
}

/** Selects a node and moves the drawing to it. */
function visit(id) {
  selectNode(id);
  if (!find("graph-view").hidden) centre(id);
}

function visitEdge(id) {
  selectEdge(id);
  if (!find("graph-view").hidden) uncover(edgeOf(id));
}

const statusChip = (status) => (status === "Asserted" ? null : make("span", { className: `status ${status.toLowerCase()}` }, status.toLowerCase()));

function factGroup(node, predicate) {
  const facts = node.facts.filter((fact) => fact.predicate === predicate);
  const title = facts.length > 1 && ["indicatorOf", "hasMeasure"].includes(predicate) ? `${data.facts[predicate]}s` : data.facts[predicate];
  return group(title, facts.map((fact) => make("li", {}, fact.evidence.length ? unfolding(fact) : fact.text)));
}

function unfolding(fact) {
  const statuses = STATUSES.filter((status) => fact.evidence.some((claim) => claim.status === status));
  return make("details", {}, make("summary", {}, fact.text, statuses.length ? statusChip(statuses[0]) : null), ...fact.evidence.map(evidenceCard));
}

function edgeDetails(edge) {
  const shown = edge.evidence.filter(claimShown);
  const rest = edge.evidence.length - shown.length;
  return [
    make("p", { className: "kind" }, "Relation"),
    make("div", { className: "triple" },
      link(edge.from), make("span", { className: "predicate" }, data.predicates[edge.predicate].forward), link(edge.to)),
    edge.evidence.length ? null : make("p", { className: "hint" }, "Background knowledge: no sentence of the texts is needed for it."),
    ...shown.map(evidenceCard),
    rest ? make("p", { className: "hint" }, `${plural(rest, "quote")} more of a status that is filtered out.`) : null,
  ].filter(Boolean);
}

/** One claim: its words to the letter, and where they stand. */
function evidenceCard(claim) {
  return make("figure", { className: `evidence ${claim.status.toLowerCase()}` },
    make("blockquote", {}, claim.quote),
    make("figcaption", {},
      make("span", { className: "article" }, claim.article),
      make("span", { className: "where" }, `${claim.source}, characters ${claim.start}–${claim.end}`),
      make("span", { className: "how" },
        make("span", { className: `status ${claim.status.toLowerCase()}` }, claim.status.toLowerCase()),
        claim.attributed_to ? ` to ${claim.attributed_to}` : null,
        claim.role ? make("span", { className: "role" }, ` as ${claim.role}`) : null,
        make("meter", { min: 0, max: 1, value: claim.confidence, "aria-label": "confidence" }),
        `confidence ${claim.confidence.toFixed(2)}`)));
}
