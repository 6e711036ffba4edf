/** Contacts made on purpose at the end of a tour. A watcher that misses one of them would miss others too. */
export const planted = {
  /** Requested by Chromium's spell checker once it has a language. */
  spellChecker: "redirector.gvt1.com",
  /** Requested by Chromium's network stack, without a page. */
  chromium: "chromium.planted.example",
  /** Looked up by Node in the main process. */
  lookup: "lookup.planted.example",
  /** Looked up by a child process. */
  child: "child.planted.example",
  /** Addresses reserved for documentation (RFC 5737). */
  tcp: "203.0.113.6",
  udp: "203.0.113.17",
};
