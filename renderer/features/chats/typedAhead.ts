/** A field that does not come is not waited for any longer. */
const longestHoldMs = 2000;

let typed = "";
let end: () => void = () => undefined;

/**
 * Keeps letters that are typed from reaching what has the focus, until the field that they are meant for is there and calls
 * `takeTyped`.
 */
export function holdTyped(): void {
  takeTyped();
  const hold = (event: KeyboardEvent): void => {
    const { key } = event;
    const isLetter = /^.$/u.test(key) && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isLetter && key !== "Backspace" && key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    if (isLetter) typed += key;
    if (key === "Backspace") typed = typed.replace(/.$/u, "");
  };
  const timer = setTimeout(takeTyped, longestHoldMs);
  window.addEventListener("keydown", hold, true);
  window.addEventListener("pointerdown", takeTyped, true);
  end = () => {
    clearTimeout(timer);
    window.removeEventListener("keydown", hold, true);
    window.removeEventListener("pointerdown", takeTyped, true);
  };
}

/** Ends that, and returns what was typed meanwhile. */
export function takeTyped(): string {
  end();
  end = () => undefined;
  const taken = typed;
  typed = "";
  return taken;
}
