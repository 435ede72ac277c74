// The list of messages: kept as the feed says, scrolled only when at the bottom.

import { brief, bubble } from "./bubble.js";
import { make } from "./text.js";

const NEAR = 80; // pixels from the bottom that count as at the bottom
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "full" });

export class ChatView {
  constructor(elements, does) {
    Object.assign(this, elements); // scroll, list, empty, down, announcer
    this.does = does;
    this.messages = new Map();
    this.down.addEventListener("click", () => this.toBottom(true));
    this.stuck = true; // at the bottom, and to stay there when the window shrinks
    this.scroll.addEventListener("scroll", () => {
      this.stuck = this.atBottom();
      if (this.stuck) this.down.hidden = true;
    });
    new ResizeObserver(() => this.stuck && this.toBottom()).observe(this.scroll);
  }

  /** Show these messages and no others. */
  reset(messages) {
    this.messages.clear();
    this.list.replaceChildren();
    for (const message of messages) this.place(message);
    this.separate();
    this.down.hidden = true;
    this.toBottom();
  }

  /** Show a new message or the new state of one. */
  put(message) {
    const known = this.messages.has(message.message_id);
    const stay = this.atBottom();
    this.place(message);
    this.separate();
    const own = !message.from?.is_bot;
    if (stay || (own && !known)) this.toBottom();
    else if (!known) this.down.hidden = false;
    if (!known && !own) this.announce(`${this.does.name}: ${message.text ?? brief(message)}`);
    else if (known) this.announce("A message was edited.");
  }

  remove(id) {
    this.messages.get(id)?.element.remove();
    this.messages.delete(id);
    this.separate();
  }

  /** The message's buttons wait for an answer, or no longer. */
  settle(id) {
    for (const key of this.messages.get(id)?.element.querySelectorAll(".busy") ?? []) {
      key.classList.remove("busy");
      key.removeAttribute("aria-busy");
    }
  }

  find(id) {
    const found = this.messages.get(id)?.element;
    if (!found) return;
    found.scrollIntoView({ block: "center" });
    found.classList.remove("found");
    requestAnimationFrame(() => found.classList.add("found"));
  }

  atBottom() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroll;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  toBottom(smooth = false) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const behavior = smooth && !calm ? "smooth" : "instant";
    this.scroll.scrollTo({ top: this.scroll.scrollHeight, behavior });
    this.down.hidden = true;
    this.stuck = true;
  }

  announce(text) {
    this.announcer.replaceChildren(make("p", {}, text));
  }

  place(message) {
    const known = this.messages.get(message.message_id);
    const element = known?.element ?? make("article", { id: `m${message.message_id}` });
    element.className = message.from?.is_bot ? "message theirs" : "message own";
    redraw(element, bubble(message, this.does));
    if (!known) this.list.append(element);
    this.messages.set(message.message_id, { message, element });
    foldShort(element);
  }

  /** Put a heading before the first message of each day, in the browser's zone. */
  separate() {
    for (const old of this.list.querySelectorAll(".day")) old.remove();
    let last = "";
    for (const { message, element } of this.messages.values()) {
      const date = day.format(new Date(message.date * 1000));
      if (date !== last) element.before(make("h2", { className: "day" }, date));
      last = date;
    }
    this.empty.hidden = this.messages.size > 0;
  }
}

/** Give an element new content; whoever stood on its nth button stands there again. */
function redraw(element, content) {
  const at = [...element.querySelectorAll(".key")].indexOf(document.activeElement);
  const open = element.querySelector("blockquote:not(.folded) > .more") !== null;
  element.replaceChildren(...content);
  const keys = element.querySelectorAll("button.key, a.key");
  if (at >= 0) (keys[at] ?? keys[keys.length - 1])?.focus({ preventScroll: true });
  if (open) for (const more of element.querySelectorAll(".folded > .more")) more.click();
}

/** A quotation that fits when folded needs no "Show more". */
function foldShort(element) {
  for (const words of element.querySelectorAll(".folded > .quoted")) {
    const fits = words.scrollHeight <= words.clientHeight + 1;
    if (fits && words.clientHeight) words.parentElement.classList.remove("folded");
    words.nextElementSibling.hidden = fits;
  }
}
