// Lists of buttons: walking through them by arrow keys, and drawing them anew.

const KEYS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Move the focus within a list of buttons; true where the key did that. */
export function stepThrough(list, event) {
  const buttons = [...list.querySelectorAll("button:not(:disabled)")];
  const at = buttons.indexOf(document.activeElement);
  const ends = { Home: 0, End: buttons.length - 1 };
  if (!buttons.length || !(event.key in KEYS || event.key in ends)) return false;
  event.preventDefault();
  const next = ends[event.key] ?? (at + KEYS[event.key] + buttons.length) % buttons.length;
  buttons[next].focus();
  return true;
}

/** Give a container new content; whoever stood on something with a data-key stands there again. */
export function renew(container, ...content) {
  const stood = container.contains(document.activeElement) && document.activeElement.dataset.key;
  container.replaceChildren(...content);
  if (stood) container.querySelector(`[data-key="${CSS.escape(stood)}"]`)?.focus();
}
