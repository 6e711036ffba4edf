import { useSay } from "../../../texts.ts";

/** Says why a reply, or a part of it, is not formatted. */
export function PlainNote({ isRest }: { isRest: boolean }) {
  const say = useSay("chats");
  return <p className="plain-note">{say(isRest ? "plain.rest" : "plain.part")}</p>;
}
