// The lists of readers and chats, and adding to them.

import { renew, stepThrough } from "./lists.js";
import { make } from "./text.js";

const KINDS = { group: "group", supergroup: "supergroup", channel: "channel" };
const $ = (id) => document.getElementById(id);

export class Sidebar {
  constructor(does) {
    this.does = does; // pick(place), addReader(name), addChat(title, kind), here()
    this.seen = new Map(); // the newest message that was looked at, by chat
    this.readers = [];
    this.chats = [];
    for (const list of [$("readers"), $("chats")]) {
      list.addEventListener("keydown", (event) => stepThrough(list, event));
    }
    $("add").addEventListener("submit", (event) => this.onAdd(event, "name", "add-error"));
    $("add-chat").addEventListener("submit", (event) => this.onAdd(event, "title", "chat-error"));
    $("switch").addEventListener("click", () => this.open(!this.isOpen, true));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.isOpen) return;
      this.open(false);
      $("switch").focus();
    });
    document.addEventListener("click", (event) => {
      if (!event.target.closest("#people, #switch, dialog")) this.open(false);
    });
  }

  get isOpen() {
    return document.body.classList.contains("choosing");
  }

  /** On a narrow page: show the lists or put them away. */
  open(open, focus = false) {
    document.body.classList.toggle("choosing", open);
    $("switch").setAttribute("aria-expanded", String(open));
    if (open && focus) $("people").querySelector("[aria-current]")?.focus();
  }

  async onAdd(event, field, problem) {
    event.preventDefault();
    const text = $(field).value;
    const error = field === "name"
      ? await this.does.addReader(text)
      : await this.does.addChat(text, $("kind").value);
    $(problem).textContent = error ?? "";
    if (!error) $(field).value = "";
  }

  set({ readers = this.readers, chats = this.chats }) {
    this.readers = readers;
    this.chats = chats;
    const here = this.does.here();
    for (const { id, last } of [...readers, ...chats]) {
      if (id === here || !this.seen.has(id)) this.seen.set(id, last);
    }
    renew($("readers"), ...readers.map((one) => this.entry(one, one.name, "")));
    renew($("chats"), ...chats.map((one) => this.entry(one, one.title, KINDS[one.kind])));
  }

  entry(one, name, kind) {
    const here = one.id === this.does.here();
    const face = make("span", { className: "face", "aria-hidden": "true" }, [...name][0]);
    const words = make("span", { className: "words" }, make("bdi", {}, name));
    if (kind) words.append(make("small", {}, kind));
    const button = make("button", { type: "button" }, face, words);
    button.dataset.key = one.id;
    if (here) button.setAttribute("aria-current", "true");
    if (!here && one.last > (this.seen.get(one.id) ?? 0)) {
      button.append(make("span", { className: "dot", role: "img", "aria-label": "new messages" }));
    }
    button.addEventListener("click", () => this.does.pick(one));
    return make("li", {}, button);
  }
}
