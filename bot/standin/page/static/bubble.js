// One message as DOM nodes: quote, file, text, preview, time, buttons.

import { link, make, rich, safeUrl, startOf } from "./text.js";

const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

/** A message's content; `does` says what its buttons do. */
export function bubble(message, does) {
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  const own = !message.from?.is_bot;
  const parts = [
    message.reply_to_message && quote(message.reply_to_message, does),
    ...files(message),
    text && make("div", { className: "text", dir: "auto" }, ...rich(text, entities, does)),
    preview(message, text, entities, does),
    foot(message, does),
  ];
  const said = make("div", { className: "bubble" }, ...parts.filter(Boolean));
  said.prepend(make("span", { className: "unseen" }, own ? "You: " : `${does.name}: `));
  const rows = keyboard(message, does);
  return rows ? [said, rows] : [said];
}

/** A message's beginning on one line. */
export function brief(message) {
  const file = message.document?.file_name ?? (message.photo ? "Photo" : "");
  return (message.text ?? message.caption ?? file).replace(/\s+/g, " ").slice(0, 120);
}

function quote(replied, does) {
  const name = replied.from?.is_bot ? does.name : "You";
  const words = make("span", { dir: "auto" }, brief(replied));
  const button = make("button", { type: "button", className: "quote" }, make("b", {}, name), words);
  button.addEventListener("click", () => does.find(replied.message_id));
  return button;
}

function files(message) {
  const photo = message.photo?.at(-1);
  const file = message.document ?? photo;
  if (!file) return [];
  const name = file.file_name ?? "Photo";
  const kind = photo ? `${photo.width} × ${photo.height}` : file.mime_type ?? "file";
  const facts = [kind, file.file_size && size(file.file_size)].filter(Boolean).join(" · ");
  const icon = make("span", { className: "icon", "aria-hidden": "true" }, photo ? "▣" : "↓");
  const words = make("span", {}, make("b", { dir: "auto" }, name), make("small", {}, facts));
  return [make("div", { className: "file" }, icon, words)];
}

function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Where the preview leads: host and address. The page asks no other site for its title. */
function preview(message, text, entities, does) {
  const options = message.link_preview_options ?? {};
  if (options.is_disabled || message.photo || message.document) return null;
  const url = safeUrl(options.url ?? firstLink(text, entities) ?? "");
  if (!url || !url.protocol.startsWith("http") || startOf(url, does.username)) return null;
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
  if (key.callback_data) {
    pressed.addEventListener("click", () => does.press(message, key.callback_data, pressed));
  } else if (key.copy_text) {
    pressed.addEventListener("click", () => navigator.clipboard.writeText(key.copy_text.text));
  } else {
    pressed.disabled = true;
    pressed.title = "Only Telegram's own apps can do this";
  }
  return pressed;
}
