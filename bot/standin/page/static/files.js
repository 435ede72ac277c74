// Photos, documents and places in a message. Everything comes from the stand-in itself.

import { make } from "./text.js";

/** The nodes of what a message carries besides text. */
export function files(message) {
  if (message.location) return [place(message.location)];
  const photo = message.photo?.at(-1);
  if (photo) return [photo.file_size ? picture(photo) : row("Photo", sides(photo), null)];
  const file = message.document;
  if (!file) return [];
  const kept = file.file_size ? address(file) : null;
  const facts = [file.mime_type, file.file_size && size(file.file_size)];
  return [row(file.file_name ?? "File", facts.filter(Boolean).join(" · "), kept)];
}

function address(file) {
  return `/api/files/${encodeURIComponent(file.file_id)}`;
}

function sides(photo) {
  return `${photo.width} × ${photo.height}`;
}

function picture(photo) {
  const { width, height } = photo;
  const src = address(photo);
  const image = make("img", { width, height, alt: "Photo", decoding: "async", src });
  const there = { href: src, target: "_blank", rel: "noopener", className: "photo" };
  const shown = make("a", there, image);
  image.addEventListener("error", () => shown.replaceWith(row("Photo", sides(photo), null)));
  return shown;
}

function row(name, facts, href, sign = href ? "↓" : "▣") {
  const icon = make("span", { className: "icon", "aria-hidden": "true" }, sign);
  const words = make("span", {}, make("b", { dir: "auto" }, name), make("small", {}, facts));
  if (!href) return make("div", { className: "file" }, icon, words);
  return make("a", { className: "file", href, download: name, title: `Save ${name}` }, icon, words);
}

function place({ latitude, longitude }) {
  return row("Location", `${latitude}, ${longitude}`, null, "◎");
}

function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
