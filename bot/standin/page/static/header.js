// The lines around a chat: what it is, its topics, and who speaks.

import { renew } from "./lists.js";
import { make } from "./text.js";

const $ = (id) => document.getElementById(id);

/** A chat in one line. */
export function about({ chat, members, bot }) {
  if (chat.type === "private") return "bot · on this computer";
  const people = `${members.length} ${chat.type === "channel" ? "subscriber" : "member"}`;
  const count = members.length === 1 ? people : `${people}s`;
  const inside = { member: "bot is a member", administrator: "bot is administrator" };
  return `${chat.type} · ${count} · ${inside[bot] ?? "bot is not here"}`;
}

/** The topics of a forum, with those that have news; `choose(id)` gets the one pressed. */
export function showTopics({ chat, topics }, { topic: current, fresh }, choose) {
  $("topics").hidden = !chat.is_forum;
  const all = chat.is_forum ? [{ id: null, name: "General" }, ...topics] : [];
  renew($("topics"), ...all.map((one) => {
    const label = one.closed ? `${one.name} (closed)` : one.name;
    const button = make("button", { type: "button", dir: "auto" }, label);
    button.dataset.key = one.id ?? "general";
    if (one.id === current) button.setAttribute("aria-current", "true");
    if (fresh.has(one.id)) {
      button.append(make("span", { className: "dot", role: "img", "aria-label": "new messages" }));
    }
    button.addEventListener("click", () => choose(one.id));
    return button;
  }));
}

/** Who can speak in a shared chat, and whether anybody may. */
export function showSpeaker({ chat, me, members }) {
  const rules = ["creator", "administrator"].includes(me.status);
  $("speaking").hidden = chat.type === "private";
  $("hidden-line").hidden = chat.type === "channel" || !rules;
  renew($("speaker"), ...members.map((one) => {
    const role = { creator: " (owner)", administrator: " (admin)" }[one.status] ?? "";
    return make("option", { value: one.id, selected: one.id === me.id }, one.name + role);
  }));
  const silent = chat.type === "channel" && !rules;
  $("silent").hidden = !silent;
  $("field").hidden = silent;
}
