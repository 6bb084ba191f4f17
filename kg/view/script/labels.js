"use strict";

// The names in the drawing: of the same size at any zoom, the best connected first, and none over another or over a glyph.

const LABEL = 12.5; // CSS pixels
const LEADING = LABEL * 1.22;
const CELL = 60;
const FOREMOST = 5; // the best connected in view are named even where that covers a glyph

const wrapped = new Map();
let labels = []; // the names in the drawing after the last frame

/** A name in at most two lines, or in full, and the width of its longest line in CSS pixels. */
function linesOf(context, id, whole) {
  const key = whole ? -1 - id : id;
  if (!wrapped.has(key)) {
    const lines = wrap(nodeOf(id).label, 24, whole ? 6 : 2);
    context.font = `500 ${LABEL}px ${FONT}`;
    wrapped.set(key, { lines, width: Math.max(...lines.map((line) => context.measureText(line).width)) });
  }
  return wrapped.get(key);
}

function wrap(text, length, most) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (line && line.length + word.length + 1 > length) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  const kept = lines.slice(0, most).map((line) => (line.length > length + 8 ? `${line.slice(0, length + 6)}…` : line));
  if (lines.length > most) kept[most - 1] = `${kept[most - 1].replace(/…$/, "")}…`;
  return kept;
}

/** What is taken of the window, in boxes [left, top, right, bottom] filed by the cells of a grid they touch. */
class Taken {
  cells = new Map();

  * touched([left, top, right, bottom]) {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) yield `${x} ${y}`;
    }
  }

  add(box) {
    for (const cell of this.touched(box)) this.cells.set(cell, [...(this.cells.get(cell) ?? []), box]);
  }

  free(box) {
    for (const cell of this.touched(box)) {
      for (const other of this.cells.get(cell) ?? []) {
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
      }
    }
    return true;
  }
}

/** The boxes that a name of this size may fill around a glyph, the usual place below it first. */
function placesAround({ x, y, radius }, width, height) {
  const [half, gap] = [width / 2, radius * 1.2 + 2];
  return [
    [x - half, y + gap, x + half, y + gap + height],
    [x - half, y - gap - height, x + half, y - gap],
    [x + gap + 2, y - height / 2, x + gap + 2 + width, y + height / 2],
    [x - gap - 2 - width, y - height / 2, x - gap - 2, y + height / 2],
  ];
}

/** The glyphs within the window, in CSS pixels from its corner, the first in line for a name first. */
function glyphsInView() {
  const scale = network.getScale();
  const where = network.getPositions();
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  const { clientWidth, clientHeight } = find("canvas");
  const first = [hovered, state.selected?.node, ...near].filter((id) => id in where);
  return [...new Set([...first, ...byDegree.filter((id) => id in where)])]
    .map((id) => ({ id, x: (where[id].x - corner.x) * scale, y: (where[id].y - corner.y) * scale, radius: radiusAt(id, scale) * scale }))
    .filter(({ x, y }) => x > 0 && y > 0 && x < clientWidth && y < clientHeight);
}

/** About where the drawing names the edges of the selection, in CSS pixels from the window's corner. */
function labelledEdges(corner, scale) {
  return drawn.edges.get({ filter: (edge) => edge.label !== NO_LABEL }).map(({ from, to }) => {
    const [a, b] = [drawnAt(from), drawnAt(to)];
    return [((a.x + b.x) / 2 - corner.x) * scale, ((a.y + b.y) / 2 - corner.y) * scale];
  });
}

/** Draws the names onto the drawing, whose own units are those of the layout. */
function drawLabels(context) {
  const scale = network.getScale();
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  const glyphs = glyphsInView();
  const [taken, names] = [new Taken(), new Taken()];
  const { clientWidth } = find("canvas");
  const inside = ([left, , right]) => left >= 0 && right <= clientWidth;
  for (const { x, y, radius } of glyphs) taken.add([x - radius, y - radius, x + radius, y + radius]);
  for (const [x, y] of labelledEdges(corner, scale)) taken.add([x - 32, y - 8, x + 32, y + 8]);
  labels = [];
  context.save();
  context.translate(corner.x, corner.y);
  context.scale(1 / scale, 1 / scale);
  glyphs.forEach((glyph, rank) => {
    const whole = glyph.id === hovered || glyph.id === state.selected?.node;
    const { lines, width } = linesOf(context, glyph.id, whole);
    const places = placesAround(glyph, width + 4, lines.length * LEADING);
    const box = places.find((place) => inside(place) && taken.free(place))
      ?? (rank < FOREMOST ? places.find((place) => inside(place) && names.free(place)) : undefined)
      ?? (whole ? places[0] : undefined);
    if (!box) return;
    taken.add(box);
    names.add(box);
    labels.push(nodeOf(glyph.id).label);
    drawName(context, lines, (box[0] + box[2]) / 2, box[1], near.size === 0 || near.has(glyph.id) || whole);
  });
  context.restore();
}

function drawName(context, lines, x, top, strong) {
  context.font = `500 ${LABEL}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.globalAlpha = strong ? 1 : 0.35;
  context.lineWidth = 3.5;
  context.strokeStyle = colours.paper;
  context.fillStyle = colours.ink;
  lines.forEach((line, i) => {
    context.strokeText(line, x, top + i * LEADING);
    context.fillText(line, x, top + i * LEADING);
  });
}
