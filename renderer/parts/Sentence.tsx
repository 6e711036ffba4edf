import { Fragment, type ReactNode } from "react";

const mark = "\u0001";

/** Returns the fact to pass to a text where an element belongs: `say("inUse", { address: slot("address") })`. */
export const slot = (name: string): string => `${mark}${name}${mark}`;

/** A sentence with elements in its slots, in the order that its language requires. */
export function Sentence({ text, slots }: { text: string; slots: Record<string, ReactNode> }) {
  return text.split(mark).map((part, index) => (
    // Odd parts are names of slots. The order of the parts never changes.
    <Fragment key={index}>{index % 2 === 1 ? slots[part] : part}</Fragment>
  ));
}
