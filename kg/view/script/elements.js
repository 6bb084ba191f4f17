"use strict";

// Building the page's elements. Text only ever goes in as text: nothing in the data is read as HTML.

const find = (id) => document.getElementById(id);

/** A new element: `props` are its properties, `aria*`, `role` and `data-*` its attributes; children are elements or text. */
function make(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.startsWith("aria-") || name.startsWith("data-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const button = (text, onclick, props = {}) => make("button", { type: "button", onclick, ...props }, text);

const SHARPNESS = 3; // pixels of a picture for one of the page
const pictures = new Map();

/** A picture drawn by `draw(context)`; those of one key are drawn once, and again when the colours change. */
function picture(key, width, height, draw) {
  const image = make("img", { width, height, alt: "", className: "picture" });
  image.repaint = () => {
    if (!pictures.has(key)) pictures.set(key, painted(width, height, draw));
    image.src = pictures.get(key);
  };
  image.repaint();
  return image;
}

function painted(width, height, draw) {
  const canvas = make("canvas", { width: width * SHARPNESS, height: height * SHARPNESS });
  const context = canvas.getContext("2d");
  context.scale(SHARPNESS, SHARPNESS);
  draw(context);
  return canvas.toDataURL();
}

function repaintPictures() {
  pictures.clear();
  for (const image of document.querySelectorAll("img.picture")) image.repaint();
}

/** A file of text that the reader's browser saves. */
function download(name, kind, text) {
  const url = URL.createObjectURL(new Blob([text], { type: kind }));
  const link = make("a", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Puts text on the clipboard, by the older way where the newer is refused. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const box = make("textarea", { value: text, className: "off-screen" });
    document.body.append(box);
    box.select();
    const copied = document.execCommand("copy");
    box.remove();
    if (!copied) throw new Error("the browser refused the clipboard");
  }
}
