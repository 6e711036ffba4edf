import { useSay } from "../../texts.ts";
import { useChangeGate } from "./changeGate.ts";
import { focusComposer } from "./focusComposer.ts";

export interface CutActionsProps {
  onRest: () => void;
  onKeep: () => void;
}

/** What can be done with a vote or a comparison that the end of the app has cut. The buttons are gone then. */
export function CutActions({ onRest, onKeep }: CutActionsProps) {
  const say = useSay("chats");
  const ref = useChangeGate();
  const after = (change: () => void) => () => {
    focusComposer();
    change();
  };
  return (
    <>
      <button ref={ref} type="button" className="text-button" onClick={after(onRest)}>
        {say("votes.rest")}
      </button>
      <button ref={ref} type="button" className="text-button" onClick={after(onKeep)}>
        {say("votes.keep")}
      </button>
    </>
  );
}
