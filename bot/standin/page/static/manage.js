// The chat menu: members and their roles, the bot, topics, the language.

import { renew } from "./lists.js";
import { make } from "./text.js";

const ROLES = {
  creator: "Owner", administrator: "Administrator", member: "Member", left: "Remove",
};
const BOT = { left: "Not in this chat", member: "Member", administrator: "Administrator" };
const LANGUAGES = {
  "": "Not told", en: "English", de: "Deutsch", fr: "Français", es: "Español", "pt-br": "Português",
  it: "Italiano", ru: "Русский", uk: "Українська", tr: "Türkçe", ar: "العربية", fa: "فارسی",
  he: "עברית", hi: "हिन्दी", ja: "日本語", ko: "한국어", "zh-hans": "简体中文",
};
const $ = (id) => document.getElementById(id);

export class Manage {
  constructor(does) {
    this.does = does; // change(path, body), readers(), bot(), openMap()
    $("more").addEventListener("click", () => {
      this.draw();
      $("manage").showModal();
    });
  }

  /** What the feed says of the chat. */
  set(place) {
    this.place = place;
    if ($("manage").open) this.draw();
  }

  draw() {
    const { chat, me } = this.place;
    const isPrivate = chat.type === "private";
    $("manage-title").textContent = isPrivate ? me.first_name : chat.title;
    const parts = isPrivate ? [this.blocking()] : [this.members(), this.bot(), ...this.group()];
    renew($("manage-parts"), ...parts, this.language());
  }

  get rules() {
    return ["creator", "administrator"].includes(this.place.me.status);
  }

  // --- parts

  members() {
    const lines = this.place.members.map((one) => {
      const change = (status) => this.does.change("member", { member: one.id, status });
      return line(one.name, this.select(`role-${one.id}`, one.name, ROLES, one.status, change));
    });
    const inside = new Set(this.place.members.map((one) => one.id));
    const others = this.does.readers().filter((one) => !inside.has(one.id));
    const added = others.map((one) => {
      const come = () => this.does.change("member", { member: one.id, status: "member" });
      return this.button(`join-${one.id}`, `+ ${one.name}`, come);
    });
    return part("Members", ...lines, make("div", { className: "choices" }, ...added));
  }

  bot() {
    const { id, first_name: name } = this.does.bot();
    const change = (status) => this.does.change("member", { member: id, status });
    const now = this.place.bot === "kicked" ? "left" : this.place.bot;
    return part("The bot", line(name, this.select("bot", name, BOT, now, change)));
  }

  group() {
    const { chat } = this.place;
    if (chat.type === "channel") return [];
    const box = make("input", { type: "checkbox", checked: Boolean(chat.is_forum) });
    box.dataset.key = "forum";
    box.disabled = !this.rules;
    box.addEventListener("change", () => this.does.change("forum", { forum: box.checked }));
    const topics = chat.is_forum ? this.topics() : [];
    const use = make("label", { className: "line" }, "Use topics", box);
    const parts = [part("Topics", use, ...topics)];
    if (chat.type !== "group") return parts;
    const upgrade = () => this.does.change("upgrade", {});
    return [...parts, part("Group", this.button("upgrade", "Make it a supergroup", upgrade))];
  }

  topics() {
    const lines = this.place.topics.map((one) => {
      const act = (what) => () => this.does.change("topic", { do: what, topic: one.id });
      const what = one.closed ? ["reopen", "Open"] : ["close", "Close"];
      const turn = this.button(`turn-${one.id}`, what[1], act(what[0]));
      const gone = this.button(`gone-${one.id}`, "Delete", act("delete"));
      return line(one.name, make("span", { className: "choices" }, turn, gone));
    });
    const label = "New topic";
    const look = { maxLength: 128, placeholder: label, required: true, dir: "auto" };
    const name = make("input", { ...look, "aria-label": label });
    name.dataset.key = "topic";
    const add = make("button", { type: "submit" }, "Add");
    const form = make("form", { className: "row" }, name, add);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.does.change("topic", { do: "add", name: name.value });
    });
    return [...lines, form];
  }

  blocking() {
    const blocked = this.place.bot === "kicked";
    const label = blocked ? "Unblock the bot" : "Block the bot";
    const turn = () => this.does.change("block", { blocked: !blocked });
    const map = () => {
      $("manage").close();
      this.does.openMap();
    };
    const share = this.button("map", "Share a location", map);
    const block = this.button("block", label, turn);
    return part("The bot", make("div", { className: "choices" }, share, block));
  }

  language() {
    const { me } = this.place;
    const label = `Language of ${me.first_name}’s Telegram`;
    const change = (code) => this.does.change("language", { code });
    const known = me.language_code ?? "";
    const choices = known in LANGUAGES ? LANGUAGES : { ...LANGUAGES, [known]: known };
    return part("Language", line(label, this.select("language", label, choices, known, change)));
  }

  // --- pieces

  select(key, label, choices, now, change) {
    const options = Object.entries(choices).map(([value, text]) => {
      return make("option", { value, selected: value === now }, text);
    });
    const select = make("select", { "aria-label": label }, ...options);
    select.dataset.key = key;
    select.addEventListener("change", async () => {
      if (!(await change(select.value))) select.value = now;
    });
    return select;
  }

  button(key, label, does) {
    const button = make("button", { type: "button" }, label);
    button.dataset.key = key;
    button.addEventListener("click", does);
    return button;
  }
}

function part(title, ...content) {
  return make("section", {}, make("h3", {}, title), ...content);
}

function line(text, control) {
  return make("div", { className: "line" }, make("bdi", {}, text), control);
}
