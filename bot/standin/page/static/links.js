// Where addresses lead: out of the page, to the bot itself, or to a message.

const SCHEMES = new Set(["http:", "https:", "mailto:", "tg:"]);
const TELEGRAM = new Set(["t.me", "telegram.me", "telegram.dog"]);

/** The address if a browser may open it, else null: no javascript:, no data:. */
export function safeUrl(address) {
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `http://${address}`);
    return SCHEMES.has(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** What a link to the bot itself does: { start: payload } or { startgroup: payload }; else null. */
export function startOf(url, username) {
  const inApp = url.protocol === "tg:";
  if (!inApp && !TELEGRAM.has(url.hostname)) return null;
  const name = inApp ? url.searchParams.get("domain") : url.pathname.slice(1);
  if (!username || name?.toLowerCase() !== username.toLowerCase()) return null;
  if (url.searchParams.has("startgroup")) return { startgroup: url.searchParams.get("startgroup") };
  return { start: url.searchParams.get("start") ?? "" };
}

/** The number of the message that a link of Telegram's leads to; else null. */
export function messageOf(url) {
  if (url.protocol === "tg:" || !TELEGRAM.has(url.hostname)) return null;
  const place = /^\/(?:c\/-?\d+|[A-Za-z]\w+)(?:\/\d+)?\/(\d+)$/.exec(url.pathname);
  return place && Number(place[1]);
}
