import { Dot } from "../parts/Dot.tsx";
import { useUpdates } from "../stores/useStores.ts";
import { useSay } from "../texts.ts";

/** A dot beside Settings while a newer version of the app can be fetched there. */
export function UpdateSign() {
  const say = useSay("updates");
  const version = useUpdates(({ updates }) =>
    updates?.status.state === "available" ? updates.status.release.version : null,
  );
  return version === null ? null : <Dot isOn label={say("isAvailable", { version })} />;
}
