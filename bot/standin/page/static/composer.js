// The field to write in, the reply above it and the menu of commands.

import { brief, nameOf } from "./bubble.js";
import { stepThrough } from "./lists.js";
import { make } from "./text.js";

const LONGEST = 4096; // UTF-16 units: what Telegram's apps send in one message
const $ = (id) => document.getElementById(id);

export class Composer {
  constructor(does, inline) {
    this.does = does; // say(text, replyTo), and what names are made of
    this.inline = inline;
    this.text = $("text");
    this.menu = $("menu");
    this.replyTo = null;
    this.all = [];
    $("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    $("no-reply").addEventListener("click", () => this.reply(null));
    $("commands").addEventListener("click", () => this.toggle());
    this.text.addEventListener("keydown", (event) => this.onKey(event));
    this.text.addEventListener("input", () => this.onInput());
    this.menu.addEventListener("keydown", (event) => this.onMenuKey(event));
    document.addEventListener("click", (event) => {
      const inside = event.target.closest("#menu, #commands, #text");
      if (!inside) this.list([]);
    });
  }

  /** Learn the bot's commands. */
  setCommands(commands) {
    this.all = commands;
    $("commands").hidden = !commands.length;
  }

  /** Answer this message, or (null) none. */
  reply(message) {
    this.replyTo = message;
    $("replying").hidden = !message;
    if (message) {
      $("reply-who").textContent = nameOf(message, this.does);
      $("reply-text").textContent = brief(message);
    }
    this.text.focus();
  }

  /** Put a text into the field, as if it were typed. */
  type(text) {
    this.text.value = text;
    this.onInput();
    this.text.focus();
  }

  clear() {
    this.text.value = "";
    this.reply(null);
    this.onInput();
  }

  async submit() {
    const text = this.text.value.trim();
    if (!text || this.inline.isOpen) return;
    const replied = this.replyTo?.message_id;
    this.clear();
    for (const piece of pieces(text)) {
      if (!(await this.does.say(piece, replied)) && !this.text.value) this.text.value = text;
    }
  }

  onInput() {
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight}px`;
    const typed = /^\/(\w*)$/.exec(this.text.value);
    this.inline.typed(this.text.value);
    this.list(typed ? this.all.filter((one) => one.command.startsWith(typed[1])) : []);
  }

  onKey(event) {
    const first = this.menu.firstElementChild;
    if (this.inline.isOpen && this.inline.onFieldKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape") {
      if (this.menu.hidden) this.reply(null);
      this.list([]);
    } else if (!this.menu.hidden && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      this.complete(first.dataset.command);
    } else if (!this.menu.hidden && ["ArrowUp", "ArrowDown"].includes(event.key)) {
      event.preventDefault();
      (event.key === "ArrowDown" ? first : this.menu.lastElementChild).focus();
    }
  }

  onMenuKey(event) {
    const at = document.activeElement;
    if (event.key === "Escape") {
      this.list([]);
      this.text.focus();
    } else if (event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      this.complete(at.dataset.command);
    } else {
      stepThrough(this.menu, event);
    }
  }

  toggle() {
    const open = this.menu.hidden;
    this.list(open ? this.all : []);
    if (open) this.menu.firstElementChild?.focus();
  }

  complete(command) {
    this.type(`/${command} `);
  }

  list(commands) {
    this.menu.hidden = !commands.length;
    $("commands").setAttribute("aria-expanded", String(commands.length > 0));
    this.menu.replaceChildren(...commands.map((one) => this.entry(one)));
  }

  entry({ command, description }) {
    const what = make("span", { dir: "auto" }, description);
    const button = make("button", { type: "button" }, make("b", {}, `/${command}`), what);
    button.dataset.command = command;
    button.addEventListener("click", () => {
      this.clear();
      this.does.say(this.does.addressed(command));
    });
    return button;
  }
}

/** A text as the messages that an app makes of it, no character cut in two. */
function pieces(text) {
  const found = [];
  let rest = text;
  while (rest.length > LONGEST) {
    const broken = Math.max(rest.lastIndexOf("\n", LONGEST), rest.lastIndexOf(" ", LONGEST));
    const half = /[\ud800-\udbff]/.test(rest[LONGEST - 1]) ? LONGEST - 1 : LONGEST;
    const end = broken > 0 ? broken : half;
    found.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...found, rest].filter((piece) => piece.trim());
}
