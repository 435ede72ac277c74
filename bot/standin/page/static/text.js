// Texts with entities as DOM nodes. Nothing is ever parsed as HTML.

import { messageOf, safeUrl, startOf } from "./links.js";

const STYLES = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
};

/** An element with properties and children. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** A link that opens beside the page, or a button where it leads to the bot or to a message. */
export function link(address, children, does) {
  const url = safeUrl(address);
  if (!url) return make("span", {}, ...children);
  const start = startOf(url, does.username);
  if (start) return doing(url.href, children, () => does.start(start));
  const number = messageOf(url);
  if (number) return doing(url.href, children, () => does.find(number));
  const there = { href: url.href, target: "_blank", rel: "noopener noreferrer", title: url.href };
  return make("a", there, ...children);
}

function doing(title, children, does) {
  const button = make("button", { type: "button", className: "inline", title }, ...children);
  button.addEventListener("click", does);
  return button;
}

/** The text's nodes. Offsets are UTF-16 units, as JavaScript's own. */
export function rich(text, entities, does) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return part(text, 0, text.length, sorted, does);
}

function part(text, start, end, entities, does) {
  const nodes = [];
  let at = start;
  let rest = entities.filter((one) => one.offset >= start && one.offset < end);
  while (rest.length) {
    const [one, ...others] = rest;
    const stop = Math.min(one.offset + one.length, end);
    nodes.push(text.slice(at, one.offset));
    const inside = part(text, one.offset, stop, others, does);
    nodes.push(shown(one, text.slice(one.offset, stop), inside, does));
    // A quotation is a block: the line break after it would show as an empty line.
    const isBlock = one.type.includes("blockquote") || one.type === "pre";
    at = isBlock && text[stop] === "\n" ? stop + 1 : stop;
    rest = others.filter((other) => other.offset >= at);
  }
  nodes.push(text.slice(at, end));
  return nodes.filter((node) => node !== "");
}

function shown(entity, covered, inside, does) {
  if (entity.type in STYLES) return make(STYLES[entity.type], {}, ...inside);
  switch (entity.type) {
    case "text_link": return link(entity.url, inside, does);
    case "url": return link(covered, inside, does);
    case "email": return link(`mailto:${covered}`, inside, does);
    case "bot_command": return doing(covered, inside, () => does.say(covered));
    case "spoiler": return hiding(inside);
    case "blockquote": return make("blockquote", { dir: "auto" }, ...inside);
    case "expandable_blockquote": return expandable(inside);
    case "mention": case "hashtag": case "cashtag": case "text_mention":
      return make("span", { className: "tag" }, ...inside);
    default: return make("span", {}, ...inside);
  }
}

function hiding(inside) {
  const words = make("span", { className: "spoiler", tabIndex: 0, role: "button" }, ...inside);
  words.setAttribute("aria-label", "Hidden text, press to show");
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    words.className = "spoiler open";
    for (const name of ["tabindex", "role", "aria-label"]) words.removeAttribute(name);
  };
  words.addEventListener("click", show);
  words.addEventListener("keydown", show);
  return words;
}

function expandable(inside) {
  const words = make("div", { className: "quoted" }, ...inside);
  const button = make("button", { type: "button", className: "more" }, "Show more");
  const quote = make("blockquote", { className: "folded", dir: "auto" }, words, button);
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    const folded = quote.classList.toggle("folded");
    button.textContent = folded ? "Show more" : "Show less";
    button.setAttribute("aria-expanded", String(!folded));
  });
  return quote;
}
