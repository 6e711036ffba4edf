/*
 * Has the user click an element of a previewed page. Runs in a world of its own, so the page sees neither its variables
 * nor what it returns; that an element is marked, the page could see. What comes back is the page's, and so hostile.
 */

const longestHtml = 2000;
const deepest = 12;
const key = "endPointing";

interface Pointed {
  selector: string;
  html: string;
}

const world = globalThis as unknown as Record<string, (() => void) | undefined>;

/** Resolves with the element that the user clicks, or with null once pointing is ended. */
function point(): Promise<Pointed | null> {
  world[key]?.();
  return new Promise((resolve) => {
    const host = document.createElement("div");
    // Closed, so that the page's styles and scripts do not reach the frame.
    const shadow = host.attachShadow({ mode: "closed" });
    const frame = document.createElement("div");
    frame.style.cssText =
      "position:fixed;z-index:2147483647;pointer-events:none;box-sizing:border-box;border:2px solid #0f8a7d;background:#0f8a7d22;display:none";
    shadow.append(frame);
    document.documentElement.append(host);

    const at = (event: MouseEvent): Element | null => {
      const [found] = document.elementsFromPoint(event.clientX, event.clientY);
      return found === undefined || found === host ? null : found;
    };
    const move = (event: MouseEvent): void => {
      const element = at(event);
      if (element === null) return;
      const { left, top, width, height } = element.getBoundingClientRect();
      Object.assign(frame.style, {
        display: "block",
        left: `${left}px`,
        top: `${top}px`,
        width: `${width}px`,
        height: `${height}px`,
      });
    };
    const swallow = (event: Event): void => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    const click = (event: MouseEvent): void => {
      swallow(event);
      // A click that the page makes itself is not the user's.
      if (event.isTrusted) end(at(event));
    };
    const types = ["pointerdown", "pointerup", "mousedown", "mouseup", "dblclick", "auxclick", "contextmenu"];
    const end = (element: Element | null): void => {
      removeEventListener("mousemove", move, true);
      removeEventListener("click", click, true);
      for (const type of types) removeEventListener(type, swallow, true);
      host.remove();
      delete world[key];
      resolve(
        element === null ? null : { selector: selectorOf(element), html: element.outerHTML.slice(0, longestHtml) },
      );
    };
    world[key] = () => end(null);
    addEventListener("mousemove", move, true);
    addEventListener("click", click, true);
    for (const type of types) addEventListener(type, swallow, true);
  });
}

/** Returns a selector that finds this element and no other, as short as its ids allow. */
function selectorOf(element: Element): string {
  const parts: string[] = [];
  for (let at: Element | null = element; at !== null && parts.length < deepest; at = at.parentElement) {
    const id = at.getAttribute("id");
    const name = at.localName;
    if (id !== null && /^[A-Za-z][\w-]{0,60}$/.test(id) && document.querySelectorAll(`#${id}`).length === 1) {
      parts.unshift(`#${id}`);
      break;
    }
    const alike: Element[] = [...(at.parentElement?.children ?? [])].filter((other) => other.localName === name);
    parts.unshift(alike.length > 1 ? `${name}:nth-of-type(${alike.indexOf(at) + 1})` : name);
  }
  return parts.join(" > ");
}

Object.assign(globalThis, { point });
