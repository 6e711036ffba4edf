/**
 * What the previewed page asks for, and gets, where nothing keeps it in: one of each kind of way out. It has more (tests/
 * support/preview/escapingPage.ts).
 */
export const plantedByPage = {
  "the page's image": "img.attempt.example",
  "the page's fetch": "fetch.attempt.example",
  "the page's socket": "websocket.attempt.example",
  "the page's frame": "iframe.attempt.example",
  "the page's WebRTC": "stun.attempt.example",
};

/** Contacts that the proof makes on purpose. A record that misses one of them would miss others too. */
export const plantedByProof = {
  /** Asked of the name server. */
  question: "question.planted.example",
  /** A datagram, and the first packet of a connection, to addresses reserved for documentation (RFC 5737). */
  packet: "203.0.113.17",
  connection: "203.0.113.6",
  ...plantedByPage,
};
