import { randomBytes, randomInt } from "node:crypto";

/** Short and common, so that most models have one token for each. */
const words =
  "river stone garden paper window morning letter music field winter glass table road summer light water hand story " +
  "house green small quiet early bread door wind north street child horse market silver ship cloud forest island";
const choices = words.split(" ");

const request = "Write a long story in which these words occur. Take your time, and do not end it soon.";

/** How many words the request has besides those that were drawn. */
export const requestWords = request.split(" ").length;

/**
 * Returns a prompt of about so many words. It begins with a number that was never sent before, so that no server can have
 * read it already.
 */
export function freshPrompt(length: number): string {
  const drawn = Array.from({ length: Math.max(1, length - requestWords) }, () => choices[randomInt(choices.length)]);
  return `${randomBytes(8).toString("hex")} ${drawn.join(" ")}\n\n${request}`;
}
