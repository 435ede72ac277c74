// Inline mode: `@bot words` in the field shows the bot's results over it.

import { stepThrough } from "./lists.js";
import { make } from "./text.js";

const PAUSE_MS = 300; // typing stops that long before the bot is asked, as in the apps
const $ = (id) => document.getElementById(id);

export class Inline {
  constructor(does) {
    this.does = does; // username, ask(path, body), where(), start(payload), done(), toast(text)
    this.list = $("results");
    this.asked = null; // the words that are asked about or shown
    this.timer = 0;
    this.waiting = null;
    this.list.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.leave();
      else stepThrough(this.list, event);
    });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** The field's text has changed. */
  typed(text) {
    const found = /^@(\w+)\s([\s\S]*)$/.exec(text);
    const name = this.does.username?.toLowerCase();
    const words = found?.[1].toLowerCase() === name ? found[2].trim() : null;
    if (words === this.asked) return;
    this.asked = words;
    clearTimeout(this.timer);
    if (words === null) this.close();
    else this.timer = setTimeout(() => this.look(words, ""), PAUSE_MS);
  }

  async look(words, offset) {
    // A slow bot must not hold all the connections that a browser has for one address.
    this.waiting?.abort();
    const { signal } = (this.waiting = new AbortController());
    const body = { ...this.does.where(), query: words, offset };
    const answer = await this.does.ask("inline", body, signal);
    if (signal.aborted || words !== this.asked) return;
    if (!answer.ok) this.does.toast(answer.error);
    else if (answer.results) this.show(words, answer, offset);
    else this.say("The bot did not answer.");
  }

  show(words, answer, offset) {
    const shown = answer.results.map((one) => this.entry(answer.query, one));
    const more = answer.next_offset ? [this.more(words, answer.next_offset)] : [];
    const older = offset ? [...this.list.children].slice(0, -1) : [];
    const above = !offset && answer.button ? [this.above(answer.button)] : [];
    if (!older.length && !above.length && !shown.length) this.say("Nothing found.");
    else this.open([...above, ...older, ...shown, ...more], older.length);
  }

  say(text) {
    this.open([make("p", { role: "status" }, text)], 0);
  }

  open(content, at) {
    const inside = this.list.contains(document.activeElement);
    this.list.replaceChildren(...content);
    this.list.hidden = false;
    if (inside) this.list.children[at]?.focus();
  }

  entry(query, result) {
    const what = make("span", { dir: "auto" }, result.description);
    const title = make("b", { dir: "auto" }, result.title);
    const button = make("button", { type: "button", className: "result" }, title, what);
    button.addEventListener("click", () => this.choose(query, result.id));
    return button;
  }

  above(key) {
    const button = make("button", { type: "button", className: "switch" }, key.text);
    button.disabled = key.start_parameter === undefined;
    button.addEventListener("click", () => {
      this.does.done();
      this.does.start({ start: key.start_parameter });
    });
    return button;
  }

  more(words, offset) {
    const button = make("button", { type: "button", className: "switch" }, "Show more results");
    // Once: a second press would ask for the same again.
    button.addEventListener("click", () => this.look(words, offset), { once: true });
    return button;
  }

  async choose(query, result) {
    const answer = await this.does.ask("choose", { ...this.does.where(), query, result });
    if (answer.ok) this.does.done();
    else this.does.toast(answer.error);
  }

  /** A key in the field while results are shown; true where it was meant for them. */
  onFieldKey(event) {
    const buttons = this.list.querySelectorAll("button.result");
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && !event.shiftKey) buttons[0]?.click();
    else if (event.key === "ArrowDown") this.list.querySelector("button")?.focus();
    else if (event.key === "ArrowUp") [...this.list.querySelectorAll("button")].at(-1)?.focus();
    else return false;
    event.preventDefault();
    return true;
  }

  leave() {
    this.close();
    $("text").focus();
  }

  close() {
    this.waiting?.abort();
    this.list.hidden = true;
    this.list.replaceChildren();
  }
}
