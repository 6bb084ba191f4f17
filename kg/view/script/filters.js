"use strict";

// The filters: the legend of types, the relations, the kinds of facts and the statuses, each a list of boxes to tick.

function buildFilters() {
  const types = counted(data.nodes.map((node) => node.group));
  const relations = counted(data.edges.map((edge) => edge.predicate));
  const facts = counted(data.nodes.flatMap((node) => node.facts.map((fact) => fact.predicate)));
  const claims = [...data.edges.flatMap((edge) => edge.statuses), ...data.nodes.flatMap((node) => node.facts.flatMap((fact) => [...new Set(fact.evidence.map((claim) => claim.status))]))];
  find("filters").replaceChildren(
    filter("Entities", "types", types, Object.entries(data.types).map(([key, type]) => [key, type.label, () => glyph(type)])),
    filter("Relations", "predicates", relations, Object.entries(data.predicates).map(([key, wording]) => [key, wording.forward])),
    filter("Facts in the table", "predicates", facts, Object.entries(data.facts)),
    filter("Status", "statuses", counted(claims), STATUSES.map((status) => [status, status.toLowerCase(), () => statusLine(status)])));
}

/** One list; `options` are [key, label, mark], and those that nothing has are left out. */
function filter(title, field, counts, options) {
  const present = options.filter(([key]) => counts.has(key));
  const keys = present.map(([key]) => key);
  const choose = (chosen) => change((now) => {
    for (const key of keys) {
      if (chosen.includes(key)) now[field].add(key);
      else now[field].delete(key);
    }
  });
  const rows = present.map(([key, label, mark]) => filterRow(key, label, mark, counts.get(key), field, () => choose([key])));
  const box = make("fieldset", { hidden: present.length === 0 },
    make("legend", {}, title),
    make("div", { className: "all" }, button("all", () => choose(keys), { "aria-label": `${title}: all` }), button("none", () => choose([]), { "aria-label": `${title}: none` })),
    ...rows);
  return box;
}

function filterRow(key, label, mark, count, field, only) {
  const box = make("input", { type: "checkbox", checked: state[field].has(key), onchange: () => change((now) => {
    if (box.checked) now[field].add(key);
    else now[field].delete(key);
  }) });
  box.dataset.field = field;
  box.dataset.key = key;
  return make("div", { className: "option" },
    make("label", {}, box, mark ? mark() : null, make("span", { className: "name" }, label), make("span", { className: "count" }, count.toLocaleString("en"))),
    button("only", only, { className: "only", "aria-label": `only ${label}` }));
}

function updateFilters() {
  for (const box of find("filters").querySelectorAll("input")) box.checked = state[box.dataset.field].has(box.dataset.key);
}
