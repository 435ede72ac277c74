// The keyboard that the bot puts under the field, the wish for a reply, and sharing a place.

import { make } from "./text.js";

const PLACES = [
  ["Berlin", 52.52, 13.405], ["São Paulo", -23.5505, -46.6333], ["Kathmandu", 27.7172, 85.324],
  ["New York", 40.7128, -74.006], ["Cairo", 30.0444, 31.2357], ["Auckland", -36.8485, 174.7633],
];
const HINT = "Message";
const $ = (id) => document.getElementById(id);

export class Keys {
  constructor(does) {
    this.does = does; // say(text), sendLocation(latitude, longitude), replyTo(number)
    this.shown = 0; // the message that brought the keyboard
    this.once = false;
    $("keys-open").addEventListener("click", () => this.toggle($("keys").hidden));
    $("map-presets").replaceChildren(...PLACES.map((one) => this.preset(one)));
    $("map-cancel").addEventListener("click", () => $("map").close(""));
    $("map").addEventListener("close", () => {
      if ($("map").returnValue !== "send") return;
      this.does.sendLocation($("latitude").valueAsNumber, $("longitude").valueAsNumber);
      this.used();
    });
  }

  /** What the feed says: a keyboard with its message, or {} for none. */
  set({ message_id: number = 0, markup = {} }) {
    const rows = markup.keyboard ?? [];
    $("keys").replaceChildren(...rows.map((row) => this.row(row)));
    $("keys-open").hidden = !rows.length;
    $("text").placeholder = markup.input_field_placeholder || HINT;
    this.once = Boolean(markup.one_time_keyboard);
    this.toggle(rows.length > 0);
    if (markup.force_reply && number !== this.shown) this.does.replyTo(number);
    this.shown = number;
  }

  row(keys) {
    return make("div", { className: "keys" }, ...keys.map((key) => this.key(key)));
  }

  key(key) {
    const button = make("button", { type: "button", className: "key", dir: "auto" }, key.text);
    if (key.request_location) button.addEventListener("click", () => this.openMap());
    else button.addEventListener("click", () => this.send(key.text));
    return button;
  }

  send(text) {
    this.does.say(text);
    this.used();
  }

  used() {
    if (this.once) this.toggle(false);
    $("text").focus();
  }

  toggle(open) {
    $("keys").hidden = !open;
    $("keys-open").setAttribute("aria-expanded", String(open));
  }

  openMap() {
    $("map").returnValue = "";
    $("map").showModal();
  }

  preset([name, latitude, longitude]) {
    const button = make("button", { type: "button" }, name);
    button.addEventListener("click", () => {
      $("latitude").value = latitude;
      $("longitude").value = longitude;
      $("map-form").querySelector(".main").focus();
    });
    return button;
  }
}
