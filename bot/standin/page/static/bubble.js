// One message as DOM nodes: sender, quote, file, text, preview, time, buttons.

import { files } from "./files.js";
import { safeUrl, startOf, messageOf } from "./links.js";
import { link, make, rich } from "./text.js";

const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

/** Whose message it is: "own", "theirs" (the bot's, a channel's) or "others". */
export function sideOf(message, does) {
  if (!message.from || (message.from.id === does.botId && !message.sender_chat)) return "theirs";
  return message.from.id === does.me && !message.sender_chat ? "own" : "others";
}

/** The name above a message. */
export function nameOf(message, does) {
  if (message.sender_chat) return message.sender_chat.title;
  if (!message.from || message.from.id === does.botId) return does.name;
  return message.from.id === does.me ? "You" : message.from.first_name;
}

/** A message's content; `does` says what its buttons do. */
export function bubble(message, does) {
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  const said = text && rich(text, entities, does);
  const words = said && make("div", { className: "text", dir: "auto" }, ...said);
  const content = [...files(message), words];
  const replied = message.reply_to_message;
  const parts = [
    sender(message, does),
    replied && !replied.forum_topic_created && quote(replied, does),
    ...(message.show_caption_above_media ? content.reverse() : content),
    preview(message, text, entities, does),
    foot(message, does),
  ];
  const shown = make("div", { className: "bubble" }, ...parts.filter(Boolean));
  const rows = keyboard(message, does);
  return rows ? [shown, rows] : [shown];
}

/** The line that stands in place of a message where something happened to the chat; else null. */
export function happening(message) {
  const by = message.from?.first_name ?? message.chat.title ?? "";
  const came = message.new_chat_members?.map((one) => one.first_name).join(", ");
  if (came) return came === by ? `${by} joined` : `${by} added ${came}`;
  const gone = message.left_chat_member?.first_name;
  if (gone) return gone === by ? `${by} left` : `${by} removed ${gone}`;
  if (message.forum_topic_created) return `${by} created “${message.forum_topic_created.name}”`;
  if (message.forum_topic_closed) return `${by} closed the topic`;
  if (message.forum_topic_reopened) return `${by} opened the topic again`;
  if (message.migrate_to_chat_id) return "The group became a supergroup";
  return message.migrate_from_chat_id ? "This supergroup was a group" : null;
}

/** A message's beginning on one line. */
export function brief(message) {
  const file = message.document?.file_name ?? (message.photo ? "Photo" : "");
  const place = message.location ? "Location" : happening(message) ?? "";
  return (message.text ?? message.caption ?? (file || place)).replace(/\s+/g, " ").slice(0, 120);
}

function sender(message, does) {
  const shown = message.chat.type !== "private" && sideOf(message, does) !== "own";
  const bot = message.via_bot?.username;
  const via = bot && make("span", { className: "via" }, `via @${bot}`);
  const name = make("b", { dir: "auto" }, nameOf(message, does));
  if (shown) return make("div", { className: "name" }, name, via ? " " : "", via ?? "");
  const unseen = make("span", { className: "unseen" }, name, ": ");
  return make("div", { className: via ? "name" : "unseen" }, unseen, via ?? "");
}

function quote(replied, does) {
  const words = make("span", { dir: "auto" }, brief(replied));
  const name = make("b", { dir: "auto" }, nameOf(replied, does));
  const button = make("button", { type: "button", className: "quote" }, name, words);
  button.addEventListener("click", () => does.find(replied.message_id));
  return button;
}

/** Where the preview leads: host and address. The page asks no other site for its title. */
function preview(message, text, entities, does) {
  const options = message.link_preview_options ?? {};
  if (options.is_disabled || message.photo || message.document) return null;
  const url = safeUrl(options.url ?? firstLink(text, entities) ?? "");
  if (!url || !url.protocol.startsWith("http")) return null;
  if (startOf(url, does.username) || messageOf(url)) return null;
  const host = make("b", {}, url.hostname.replace(/^www\./, ""));
  const card = link(url.href, [host, make("span", {}, readable(url))], does);
  card.className = options.show_above_text ? "preview above" : "preview";
  return card;
}

function firstLink(text, entities) {
  const one = entities.find((entity) => ["url", "text_link"].includes(entity.type));
  return one && (one.url ?? text.slice(one.offset, one.offset + one.length));
}

function readable(url) {
  const path = url.pathname + url.search;
  try {
    return url.host + decodeURI(path);
  } catch {
    return url.host + path;
  }
}

function foot(message, does) {
  const sent = new Date(message.date * 1000);
  const changed = message.edit_date && new Date(message.edit_date * 1000);
  const title = full.format(sent) + (changed ? `, edited ${full.format(changed)}` : "");
  const time = make("time", { dateTime: sent.toISOString(), title }, clock.format(sent));
  const reply = make("button", { type: "button", className: "reply" }, "Reply");
  reply.addEventListener("click", () => does.reply(message));
  const edited = make("span", { className: "edited" }, "edited ");
  return make("div", { className: "foot" }, reply, changed ? edited : "", time);
}

function keyboard(message, does) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  const shown = rows.map((row) => {
    return make("div", { className: "keys" }, ...row.map((key) => button(key, message, does)));
  });
  return make("div", { className: "keyboard", role: "group", "aria-label": "Buttons" }, ...shown);
}

function button(key, message, does) {
  if (key.url) {
    const opened = link(key.url, [key.text, make("i", { "aria-hidden": "true" }, "↗")], does);
    opened.classList.add("key");
    return opened;
  }
  const pressed = make("button", { type: "button", className: "key", dir: "auto" }, key.text);
  const act = action(key, message, pressed, does);
  pressed.disabled = !act;
  if (act) pressed.addEventListener("click", act);
  else pressed.title = "Only Telegram's own apps can do this";
  return pressed;
}

function action(key, message, pressed, does) {
  if (key.callback_data) return () => does.press(message, key.callback_data, pressed);
  if (key.copy_text) return () => does.copy(key.copy_text.text);
  const here = key.switch_inline_query_current_chat;
  if (here !== undefined) return () => does.askInline(here);
  const chosen = key.switch_inline_query_chosen_chat;
  if (chosen) return () => does.askElsewhere(chosen.query ?? "", chosen);
  const there = key.switch_inline_query;
  return there === undefined ? null : () => does.askElsewhere(there, null);
}
