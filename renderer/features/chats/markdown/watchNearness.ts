/** Further than Chromium itself lays out in advance, so that a replacement is never seen. */
const margin = "200% 0px";

interface Watch {
  observer: IntersectionObserver;
  listeners: WeakMap<Element, (isNear: boolean) => void>;
}

/** One for each scroller: Chromium measures the root of each observer in every frame that scrolls. */
const watches = new WeakMap<Element | Document, Watch>();

function watchOf(root: Element | Document): Watch {
  const known = watches.get(root);
  if (known !== undefined) return known;
  const listeners: Watch["listeners"] = new WeakMap();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting);
    },
    { root, rootMargin: margin },
  );
  const watch = { observer, listeners };
  watches.set(root, watch);
  return watch;
}

/**
 * Tells `listener` whether an element is visible or close to it, now and at each change. An element has one listener.
 * Returns how to end that.
 */
export function watchNearness(element: Element, listener: (isNear: boolean) => void): () => void {
  const { observer, listeners } = watchOf(
    element.closest(".conversation-scroll, .comparison-scroll, .document-scroll") ?? document,
  );
  listeners.set(element, listener);
  observer.observe(element);
  return () => {
    observer.unobserve(element);
    listeners.delete(element);
  };
}
