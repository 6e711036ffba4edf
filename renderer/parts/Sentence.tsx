import { Fragment, type ReactNode } from "react";

const mark = "\u0001";

/** Returns what to give a text as a fact, where an element is to stand: `say("inUse", { address: slot("address") })`. */
export const slot = (name: string): string => `${mark}${name}${mark}`;

/** A sentence with elements in its slots, in the order that its language wants. */
export function Sentence({ text, slots }: { text: string; slots: Record<string, ReactNode> }) {
  return text.split(mark).map((part, index) => (
    // Odd parts are names of slots; the order of parts never changes.
    <Fragment key={index}>{index % 2 === 1 ? slots[part] : part}</Fragment>
  ));
}
