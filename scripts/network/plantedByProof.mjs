/** Contacts that the proof makes on purpose. A record that misses one of them would miss others too. */
export const plantedByProof = {
  /** Asked of the name server. */
  question: "question.planted.example",
  /** A datagram, and the first packet of a connection, to addresses reserved for documentation (RFC 5737). */
  packet: "203.0.113.17",
  connection: "203.0.113.6",
};
