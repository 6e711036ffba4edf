import type { ApiRefusal } from "../../../electron/contract/apiServer.ts";
import { useFigures, useSay } from "../../texts.ts";
import { isOwnAddress } from "./isOwnAddress.ts";

/** Whom the server has refused: without the key, from a web page, or under another name. */
export function ApiServerRefusals({ refusals }: { refusals: readonly ApiRefusal[] }) {
  const say = useSay("apiServer");
  const figures = useFigures();
  return (
    <details className="api-refusals">
      <summary>{say("requests.refused.title", { count: refusals.length })}</summary>
      <ul>
        {refusals.map(({ at, status, program, from, origin }, index) => (
          // Two of the same moment may have the same facts.
          <li key={index} className="small">
            <bdi>
              {figures.joined([
                figures.moment(at),
                say(`requests.refused.${status}`),
                origin,
                program === "" ? null : program,
                isOwnAddress(from) ? null : say("requests.from", { address: from }),
              ])}
            </bdi>
          </li>
        ))}
      </ul>
    </details>
  );
}
