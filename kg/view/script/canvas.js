"use strict";

// The drawing: vis-network moves and finds things, this file says how they look.

const NAMED_EDGES = 16; // a selection with more leaves their names to the panel
const NO_LABEL = " "; // vis-network keeps an edge's former label where the new one is empty
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const narrow = matchMedia("(max-width: 760px)");
const movement = (milliseconds) => (calm || !milliseconds ? false : { duration: milliseconds, easingFunction: "easeInOutQuad" });

const drawn = { nodes: new vis.DataSet(), edges: new vis.DataSet() };
let network = null;
let hovered = null;
let near = new Set(); // what the selection touches

/** A glyph's radius in the units of the layout: more for the better connected, never too small to see. */
const radiusAt = (id, scale) => Math.max(Math.min(20, 6.5 + 2.4 * Math.sqrt(degree(id))), 4 / scale);

function visNode(id) {
  const { x, y } = nodeOf(id);
  return { id, x, y, shape: "custom", ctxRenderer, physics: false };
}

/** How an edge is to look, in one string, by which a change is known. */
const lookOf = (edge) => `${shownStatus(edge)} ${touchesSelection(edge)} ${isFaint(edge)} ${document.documentElement.dataset.scheme}`;

/** Whether an edge steps back behind the selection; in a large drawing none does, since each would have to be remade. */
const isFaint = (edge) => near.size > 0 && !touchesSelection(edge) && drawn.nodes.length <= MANY;

function visEdge(edge) {
  const status = shownStatus(edge);
  return {
    id: edge.id,
    from: edge.from,
    to: edge.to,
    smooth: edge.smooth,
    dashes: DASHES[status].length ? DASHES[status] : false,
    width: status === BACKGROUND ? 0.8 : Math.min(4, 1 + 0.5 * edge.evidence.length),
    color: { color: statusColour(status), highlight: colours.accent, hover: colours.accent, opacity: isFaint(edge) ? 0.3 : 0.9 },
    label: touchesSelection(edge) ? (status === "Negated" ? "not: " : "") + data.predicates[edge.predicate].forward : NO_LABEL,
  };
}

const touchesSelection = (edge) =>
  state.selected?.edge === edge.id || (state.selected?.node !== undefined && degree(state.selected.node) <= NAMED_EDGES && [edge.from, edge.to].includes(state.selected.node));

/** How vis-network draws one node: its glyph, faint where something else is selected. */
function ctxRenderer({ ctx, x, y, id }) {
  const radius = radiusAt(id, network.getScale());
  return {
    drawNode() {
      ctx.save();
      ctx.globalAlpha = near.size === 0 || near.has(id) || id === hovered ? 1 : 0.28;
      if (state.selected?.node === id) halo(ctx, x, y, radius);
      drawGlyph(ctx, typeOf(nodeOf(id)), x, y, radius);
      ctx.restore();
    },
    nodeDimensions: { width: 2 * radius, height: 2 * radius },
  };
}

function halo(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius * 1.7, 0, 2 * Math.PI);
  context.fillStyle = colours.accent;
  context.globalAlpha = 0.22;
  context.fill();
  context.globalAlpha = 1;
}

/** Brings the drawing up to date with the state, touching only what changed. */
function updateDrawing() {
  const shown = shownGraph();
  near = nearSelection();
  replace(drawn.edges, [], new Set(shown.edges));
  replace(drawn.nodes, shown.nodes.filter((id) => !drawn.nodes.get(id)).map(visNode), new Set(shown.nodes));
  restyleEdges(shown.edges);
  showSelection();
  find("empty").hidden = shown.nodes.length > 0;
  find("shown").textContent = shownText(shown);
}

const looks = new Map(); // how each edge looks in the drawing

function restyleEdges(ids) {
  const changed = ids.filter((id) => !drawn.edges.get(id) || looks.get(id) !== lookOf(edgeOf(id)));
  for (const id of changed) looks.set(id, lookOf(edgeOf(id)));
  drawn.edges.update(changed.map((id) => visEdge(edgeOf(id))));
}

function replace(dataset, added, kept) {
  dataset.remove(dataset.getIds().filter((id) => !kept.has(id)));
  dataset.add(added);
}

function nearSelection() {
  const { node, edge } = state.selected ?? {};
  if (node !== undefined) return new Set([node, ...neighboursOf(node)]);
  return edge === undefined ? new Set() : new Set([edgeOf(edge).from, edgeOf(edge).to]);
}

function showSelection() {
  const { node, edge } = state.selected ?? {};
  network.setSelection({ nodes: node === undefined ? [] : [node], edges: drawn.edges.get(edge ?? -1) ? [edge] : [] });
}

function shownText({ nodes, edges, apart }) {
  const hidden = apart && !state.unconnected ? ` · ${plural(apart, "unconnected entity", "unconnected entities")} hidden` : "";
  const of = nodes.length < data.nodes.length ? ` of ${data.nodes.length.toLocaleString("en")}` : "";
  return `${nodes.length.toLocaleString("en")}${of} entities, ${plural(edges.length, "relation")}${hidden}`;
}

/** Moves and zooms the drawing so that the nodes fill the window, by default all that are drawn. */
function fit(ids = drawn.nodes.getIds(), milliseconds = 350) {
  if (!ids.length) return;
  const { clientWidth, clientHeight } = find("canvas");
  const [xs, ys] = ["x", "y"].map((axis) => ids.map((id) => drawnAt(id)[axis])).map((values) => [Math.min(...values), Math.max(...values)]);
  const margin = Math.min(160, 0.25 * clientWidth);
  const scale = Math.min((clientWidth - margin) / (xs[1] - xs[0] || 1), (clientHeight - margin) / (ys[1] - ys[0] || 1), 1.3);
  network.moveTo({ position: { x: (xs[0] + xs[1]) / 2, y: (ys[0] + ys[1]) / 2 }, scale: Math.max(scale, 0.03), animation: movement(milliseconds) });
}

const drawnAt = (id) => network.getPosition(id);

/** Moves the drawing to a node, or to a node and its neighbours. */
function centre(id) {
  const offset = narrow.matches ? { x: 0, y: -find("canvas").clientHeight / 4 } : { x: 0, y: 0 };
  network.focus(id, { scale: Math.max(0.9, network.getScale()), offset, animation: movement(350) });
}

/** Moves the drawing so far out that both ends of an edge are in the window, where they are not. */
function uncover(edge) {
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  const { clientWidth, clientHeight } = find("canvas");
  const opposite = network.DOMtoCanvas({ x: clientWidth, y: clientHeight });
  const ends = [edge.from, edge.to];
  const inWindow = ends.map(drawnAt).every(({ x, y }) => x > corner.x && y > corner.y && x < opposite.x && y < opposite.y);
  if (!inWindow) fit(ends);
}

function zoom(factor) {
  network.moveTo({ scale: Math.min(4, Math.max(0.03, network.getScale() * factor)), animation: movement(200) });
}

function startDrawing() {
  network = new vis.Network(find("canvas"), drawn, {
    autoResize: true,
    physics: { enabled: false },
    layout: { improvedLayout: false, randomSeed: 1 },
    nodes: { shape: "custom", ctxRenderer },
    edges: {
      arrows: { to: { enabled: true, scaleFactor: 0.5 } },
      smooth: false,
      font: { align: "middle", size: 11, face: FONT, strokeWidth: 4 },
      hoverWidth: 0.8,
      selectionWidth: 1.4,
      chosen: { label: false },
    },
    interaction: { hover: true, hideEdgesOnDrag: data.edges.length > 3000, selectConnectedEdges: true, tooltipDelay: 1e6 },
  });
  network.on("click", ({ nodes, edges }) => {
    if (nodes.length) selectNode(nodes[0]);
    else select(edges.length ? { edge: edges[0] } : null);
  });
  network.on("doubleClick", ({ nodes }) => {
    if (!nodes.length) return;
    addNeighbours(nodes[0]);
    fit([nodes[0], ...neighboursOf(nodes[0])].filter((id) => drawn.nodes.get(id)));
  });
  for (const [event, id] of [["hoverNode", ({ node }) => node], ["blurNode", () => null]]) {
    network.on(event, (found) => {
      hovered = id(found);
      find("canvas").classList.toggle("pointing", hovered !== null);
    });
  }
  for (const event of ["hoverEdge", "blurEdge"]) network.on(event, () => find("canvas").classList.toggle("pointing", event === "hoverEdge"));
  network.on("afterDrawing", drawLabels);
}

function colourDrawing() {
  network.setOptions({ edges: { font: { color: colours.muted, strokeColor: colours.paper } } });
  restyleEdges(drawn.edges.getIds());
}
