import { useSay } from "../../texts.ts";

/** What the lock protects from, and what not. */
export function LockLimits() {
  const say = useSay("chatLock");
  return (
    <>
      <p>{say("turnOn.protects")}</p>
      <ul>
        {(["disk", "account"] as const).map((id) => (
          <li key={id}>{say(`turnOn.protected.${id}`)}</li>
        ))}
      </ul>
      <p>{say("turnOn.leaves")}</p>
      <ul>
        {(["inUse", "others", "memory"] as const).map((id) => (
          <li key={id}>{say(`turnOn.open.${id}`)}</li>
        ))}
      </ul>
      <p className="quiet">{say("turnOn.states")}</p>
    </>
  );
}
