"use strict";

// The marks of types and statuses, drawn the same way in the graph, in the legend and in the panel.

const FONT = getComputedStyle(document.body).fontFamily;
const ring = (count, turn, radius = () => 1) =>
  Array.from({ length: count }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / count;
    return [radius(i) * Math.cos(angle), radius(i) * Math.sin(angle)];
  });

// Outlines within a circle of radius 1.2, sized so that all look about as large as the circle of radius 1.
const OUTLINES = {
  square: [[-0.86, -0.86], [0.86, -0.86], [0.86, 0.86], [-0.86, 0.86]],
  diamond: ring(4, 0, () => 1.15),
  triangle: ring(3, -Math.PI / 2, () => 1.18),
  triangleDown: ring(3, Math.PI / 2, () => 1.18),
  pentagon: ring(5, -Math.PI / 2, () => 1.08),
  hexagon: ring(6, 0, () => 1.06),
  star: ring(10, -Math.PI / 2, (i) => (i % 2 ? 0.56 : 1.22)),
  plus: [[-0.36, -1], [0.36, -1], [0.36, -0.36], [1, -0.36], [1, 0.36], [0.36, 0.36], [0.36, 1], [-0.36, 1], [-0.36, 0.36], [-1, 0.36], [-1, -0.36], [-0.36, -0.36]],
  chevron: [[-1, -0.8], [0.3, -0.8], [1.1, 0], [0.3, 0.8], [-1, 0.8], [-0.45, 0]],
  page: [[-0.75, -1], [0.25, -1], [0.75, -0.5], [0.75, 1], [-0.75, 1]],
};

const DASHES = {
  Asserted: [],
  Attributed: [14, 4],
  Planned: [7, 5],
  Hypothetical: [2, 5],
  Negated: [10, 4, 2, 4],
  Background: [],
};

let colours = {};

/** Reads the colours of the present scheme from the style sheet. */
function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["paper", "ink", "muted", "line", "accent", "edge", "negated", "policy", "body", "place", "person", "event", "topic"];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

function outline(context, shape, x, y, radius) {
  context.beginPath();
  if (shape === "bust") {
    context.arc(x, y - radius * 0.45, radius * 0.5, 0, 2 * Math.PI);
    context.closePath();
    context.moveTo(x + radius * 0.95, y + radius);
    context.arc(x, y + radius, radius * 0.95, 0, Math.PI, true);
  } else if (shape in OUTLINES) {
    for (const [dx, dy] of OUTLINES[shape]) context.lineTo(x + dx * radius, y + dy * radius);
  } else {
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.closePath();
}

function drawGlyph(context, type, x, y, radius) {
  const colour = colours[type.family];
  context.save();
  context.setLineDash([]);
  context.lineJoin = "round";
  context.lineWidth = radius * (type.solid ? 0.2 : 0.38);
  context.strokeStyle = type.solid ? colours.paper : colour;
  context.fillStyle = type.solid ? colour : colours.paper;
  outline(context, type.shape, x, y, type.solid ? radius : radius * 0.88);
  if (type.solid) context.stroke();
  context.fill();
  if (!type.solid) context.stroke();
  context.restore();
}

const glyph = (type, size = 18) => picture(`${type.label} ${size}`, size, size, (context) => drawGlyph(context, type, size / 2, size / 2, size * 0.38));

const statusColour = (status) => (status === "Negated" ? colours.negated : colours.edge);

const statusLine = (status) =>
  picture(status, 34, 12, (context) => {
    context.strokeStyle = status === "Negated" ? colours.negated : colours.muted;
    context.lineWidth = status === BACKGROUND ? 1 : 2;
    context.setLineDash(DASHES[status]);
    context.beginPath();
    context.moveTo(1, 6);
    context.lineTo(33, 6);
    context.stroke();
  });
