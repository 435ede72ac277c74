// Asking the stand-in, and what the browser remembers.

/** The answer to a request with a body (or without: a question), with `ok` and else `error`. */
export async function ask(path, body, signal) {
  const init = body && {
    signal,
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

/** Names added on this page. */
export function names() {
  return JSON.parse(localStorage.getItem("names") ?? "[]");
}

export function rememberName(name) {
  localStorage.setItem("names", JSON.stringify([...new Set([...names(), name])]));
}

/** Who looked at which chat last in this window. */
export function remember(name, chat) {
  sessionStorage.setItem("name", name ?? "");
  sessionStorage.setItem("chat", String(chat));
}

export function remembered() {
  return { name: sessionStorage.getItem("name"), chat: Number(sessionStorage.getItem("chat")) };
}
