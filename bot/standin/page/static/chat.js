// The list of messages: kept as the feed says, scrolled only when at the bottom.

import { brief, bubble, happening, nameOf, sideOf } from "./bubble.js";
import { make } from "./text.js";

const NEAR = 80; // pixels from the bottom that count as at the bottom
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "full" });

export class ChatView {
  constructor(elements, does) {
    Object.assign(this, elements); // scroll, list, empty, down, announcer
    this.does = does;
    this.all = new Map(); // every message of the chat by number
    this.messages = new Map(); // those that are shown: of one topic, where there are topics
    this.down.addEventListener("click", () => this.toBottom(true));
    this.stuck = true; // at the bottom, and to stay there when the window shrinks
    this.height = 0;
    this.scroll.addEventListener("scroll", () => this.onScroll());
    new ResizeObserver(() => {
      this.height = this.scroll.clientHeight;
      if (this.stuck) this.toBottom();
    }).observe(this.scroll);
  }

  /** Who scrolls leaves the bottom; a window that becomes lower does not. */
  onScroll() {
    if (this.atBottom()) {
      this.stuck = true;
      this.down.hidden = true;
    } else if (this.scroll.clientHeight === this.height) {
      this.stuck = false;
    }
  }

  /** Show these messages and no others. */
  reset(messages) {
    this.all = new Map(messages.map((message) => [message.message_id, message]));
    this.refresh();
  }

  /** Show what is to be shown now, after another topic was chosen. */
  refresh() {
    this.messages.clear();
    this.list.replaceChildren();
    for (const message of this.all.values()) if (this.does.shows(message)) this.place(message);
    this.separate();
    this.down.hidden = true;
    this.toBottom();
  }

  /** Show a new message or the new state of one. */
  put(message) {
    const isNew = !this.all.has(message.message_id);
    this.all.set(message.message_id, message);
    if (!this.does.shows(message)) {
      if (isNew) this.does.elsewhere(message);
      return;
    }
    const known = this.messages.has(message.message_id);
    const stay = this.atBottom();
    this.place(message);
    this.separate();
    const own = sideOf(message, this.does) === "own";
    if (stay && !known && !own) this.toNew(message.message_id);
    else if (stay || (own && !known)) this.toBottom();
    else if (!known) this.down.hidden = false;
    if (!known && !own) this.announce(this.spoken(message));
    else if (known) this.announce("A message was edited.");
  }

  spoken(message) {
    const line = happening(message);
    return line ?? `${nameOf(message, this.does)}: ${message.text ?? brief(message)}`;
  }

  remove(id) {
    this.all.delete(id);
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

  /** Scroll to a message; false where the chat does not show it. */
  find(id) {
    const found = this.messages.get(id)?.element;
    if (!found) return false;
    found.scrollIntoView({ block: "center" });
    found.classList.remove("found");
    requestAnimationFrame(() => found.classList.add("found"));
    return true;
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

  /** Go on to a message that has just come; one that is higher than the window is read from
   * its beginning. */
  toNew(id) {
    const { element } = this.messages.get(id);
    const beyond = element.offsetHeight - this.scroll.clientHeight;
    this.toBottom();
    if (beyond <= 0) return;
    element.scrollIntoView({ block: "start" });
    this.stuck = false;
  }

  announce(text) {
    this.announcer.replaceChildren(make("p", {}, text));
  }

  place(message) {
    const known = this.messages.get(message.message_id);
    const element = known?.element ?? make("article", { id: `m${message.message_id}` });
    const line = happening(message);
    element.className = line ? "happening" : `message ${sideOf(message, this.does)}`;
    redraw(element, line ? [make("span", { dir: "auto" }, line)] : bubble(message, this.does));
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
