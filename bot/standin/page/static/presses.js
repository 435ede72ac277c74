// Buttons pressed in this window, and what the bot answers to that.

import { showBox, toast } from "./dialogs.js";
import { ask } from "./stand-in.js";

const LONGEST_WAIT_MS = 10000; // a press without an answer stops waiting then, as in the apps

export class Presses {
  /** `settle(id)` lets a message's buttons wait no longer; `open(url)` follows an answer's link. */
  constructor({ settle, open }) {
    Object.assign(this, { settle, open });
    // The reader may have other windows open: each shows the answers to its own presses. An
    // answer may come before the number of its press does.
    this.own = new Set();
    this.numbered = Promise.resolve();
  }

  async press(where, message, data, button) {
    if (button.classList.contains("busy")) return;
    button.classList.add("busy");
    button.setAttribute("aria-busy", "true");
    setTimeout(() => this.settle(message.message_id), LONGEST_WAIT_MS);
    const asked = this.ask({ ...where, message: message.message_id, data });
    this.numbered = Promise.allSettled([this.numbered, asked]);
    const answer = await asked;
    if (answer.ok) return;
    toast(answer.error);
    this.settle(message.message_id);
  }

  async ask(body) {
    const answer = await ask("press", body);
    if (answer.ok) this.own.add(answer.press);
    return answer;
  }

  async show(answer) {
    this.settle(answer.message_id);
    await this.numbered;
    if (!this.own.delete(answer.press)) return;
    if (answer.url) this.open(answer.url);
    if (!answer.text) return;
    if (answer.show_alert) showBox(answer.text);
    else toast(answer.text);
  }
}
