// What is shown over the page: a passing word, a box to close, a chat to choose.

import { make } from "./text.js";

const TOAST_MS = 4000;
const $ = (id) => document.getElementById(id);
let passing = 0;

/** Show a sentence for a while. */
export function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(passing);
  passing = setTimeout(() => { $("toast").hidden = true; }, TOAST_MS);
}

/** Put a text into the clipboard, and say so. */
export async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast("Copied.");
}

/** Show a text until it is closed. */
export function showBox(text) {
  $("box-text").textContent = text;
  if (!$("box").open) $("box").showModal();
}

/** Let one of these places be chosen. */
export function choose(title, places, then) {
  $("choose-title").textContent = title;
  const buttons = places.map((one) => {
    const button = make("button", { type: "button", dir: "auto" }, one.name ?? one.title);
    button.addEventListener("click", () => {
      $("choose").close();
      then(one);
    });
    return button;
  });
  $("choose-list").replaceChildren(...(buttons.length ? buttons : ["There is none yet."]));
  $("choose").showModal();
}
