// The page put together: readers, the live feed, and what is said and pressed.

import { ChatView } from "./chat.js";
import { Composer } from "./composer.js";
import { make } from "./text.js";

const TOAST_MS = 4000;
const LONGEST_WAIT_MS = 10000; // a press without an answer stops waiting then, as in the apps
const $ = (id) => document.getElementById(id);

const state = { bot: null, reader: null, readers: [], feed: null, seen: new Map(), toast: 0 };

const does = {
  get name() { return state.bot?.first_name ?? "Dateline"; },
  get username() { return state.bot?.username; },
  say, press,
  reply: (message) => composer.reply(message),
  find: (id) => view.find(id),
};
const view = new ChatView(
  {
    scroll: $("scroll"), list: $("messages"), empty: $("empty"),
    down: $("down"), announcer: $("announcer"),
  },
  does,
);
const composer = new Composer({ say, name: () => does.name });

async function ask(path, body) {
  const init = body && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  try {
    const response = await fetch(`/api/${path}`, init);
    const answer = await response.json();
    if (response.ok) return { ok: true, ...answer };
    return { ok: false, error: answer.error };
  } catch {
    return { ok: false, error: "Dateline is not running. Start it again: dateline run" };
  }
}

async function say(text, replyTo) {
  const reader = state.reader.id;
  const answer = await ask("say", { chat: reader, reader, text, reply_to: replyTo });
  if (!answer.ok) toast(answer.error);
  return answer.ok;
}

async function press(message, data, button) {
  if (button.classList.contains("busy")) return;
  button.classList.add("busy");
  button.setAttribute("aria-busy", "true");
  setTimeout(() => view.settle(message.message_id), LONGEST_WAIT_MS);
  const reader = state.reader.id;
  const body = { chat: reader, reader, message: message.message_id, data };
  const answer = await ask("press", body);
  if (answer.ok) return;
  view.settle(message.message_id);
  toast(answer.error);
}

function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(state.toast);
  state.toast = setTimeout(() => { $("toast").hidden = true; }, TOAST_MS);
}

function showAnswer(answer) {
  view.settle(answer.message_id);
  if (!answer.text) return;
  if (!answer.show_alert) {
    toast(answer.text);
    return;
  }
  $("box-text").textContent = answer.text;
  if (!$("box").open) $("box").showModal();
}

// --- the feed

function follow(reader) {
  state.feed?.close();
  const feed = new EventSource(`/api/events?chat=${reader.id}&reader=${reader.id}`);
  const on = (name, handle) => {
    feed.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  };
  let lost = false;
  feed.addEventListener("open", () => {
    $("state").textContent = "bot · on this computer";
    if (lost) addKnown();
    lost = false;
  });
  feed.addEventListener("error", () => {
    lost = true;
    $("state").textContent = "connecting …";
    // The browser tries again by itself, unless it was refused: then the reader is gone.
    if (feed.readyState === EventSource.CLOSED) setTimeout(begin, TOAST_MS);
  });
  on("chat", ({ messages }) => view.reset(messages));
  on("message", (message) => view.put(message));
  on("gone", ({ message_id }) => view.remove(message_id));
  on("answer", showAnswer);
  on("commands", ({ commands }) => composer.setCommands(commands));
  on("readers", ({ readers }) => listReaders(readers));
  state.feed = feed;
}

// --- readers

function listReaders(readers) {
  state.readers = readers;
  for (const { id, last } of readers) {
    if (id === state.reader.id || !state.seen.has(id)) state.seen.set(id, last);
  }
  const stood = document.activeElement?.dataset?.reader;
  $("readers").replaceChildren(...readers.map((one) => make("li", {}, readerButton(one))));
  if (stood) $("readers").querySelector(`[data-reader="${stood}"]`)?.focus();
  const me = readers.find((one) => one.id === state.reader.id);
  if (me) $("me").textContent = me.name;
}

function readerButton(reader) {
  const here = reader.id === state.reader.id;
  const face = make("span", { className: "face", "aria-hidden": "true" }, [...reader.name][0]);
  const button = make("button", { type: "button" }, face, make("bdi", {}, reader.name));
  button.dataset.reader = reader.id;
  if (here) button.setAttribute("aria-current", "true");
  if (!here && reader.last > (state.seen.get(reader.id) ?? 0)) {
    button.append(make("span", { className: "dot", role: "img", "aria-label": "new messages" }));
  }
  button.addEventListener("click", () => pick(reader));
  return button;
}

function pick(reader) {
  state.reader = reader;
  sessionStorage.setItem("name", reader.name);
  composer.clear();
  view.reset([]);
  listReaders(state.readers);
  $("me").textContent = reader.name;
  showPeople(false);
  follow(reader);
}

/** Names added on this page. */
function names() {
  return JSON.parse(localStorage.getItem("names") ?? "[]");
}

/** Say the names again to a bot that may have been restarted: it knows numbers only. */
async function addKnown() {
  for (const name of names()) await ask("readers", { name });
}

function showPeople(open) {
  document.body.classList.toggle("choosing", open);
  $("switch").setAttribute("aria-expanded", String(open));
}

async function addReader(name) {
  const answer = await ask("readers", { name });
  $("add-error").textContent = answer.ok ? "" : answer.error;
  if (!answer.ok) return;
  $("name").value = "";
  localStorage.setItem("names", JSON.stringify([...new Set([...names(), answer.name])]));
  pick({ id: answer.id, name: answer.name, last: 0 });
}

// --- beginning

async function begin() {
  await addKnown();
  const known = await ask("readers");
  if (!known.ok) {
    $("state").textContent = "connecting …";
    setTimeout(begin, TOAST_MS);
    return;
  }
  state.bot = known.bot;
  state.readers = known.readers;
  $("bot").textContent = known.bot.first_name;
  const last = sessionStorage.getItem("name");
  pick(known.readers.find((one) => one.name === last) ?? known.readers[0]);
}

$("add").addEventListener("submit", (event) => {
  event.preventDefault();
  addReader($("name").value);
});
$("switch").addEventListener("click", () => {
  const open = !document.body.classList.contains("choosing");
  showPeople(open);
  if (open) $("readers").querySelector("[aria-current]")?.focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("choosing")) {
    showPeople(false);
    $("switch").focus();
  }
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("#people, #switch")) showPeople(false);
});
for (const button of $("empty").querySelectorAll("button")) {
  button.addEventListener("click", () => {
    say(button.textContent);
    $("text").focus();
  });
}
begin();
