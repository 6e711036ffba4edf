import { useSay } from "../../texts.ts";
import type { ConditionFact } from "./conditionFacts.ts";

/** The conditions of a result, folded. */
export function Conditions({ facts }: { facts: readonly ConditionFact[] }) {
  const say = useSay("benchmark");
  return (
    <details className="bench-conditions">
      <summary>{say("result.conditions")}</summary>
      <dl className="facts small">
        {facts.map(({ name, value }) => (
          <div key={name} className="fact-row">
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
