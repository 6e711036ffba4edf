import { useEffect, useId } from "react";
import { backendsText } from "../../../electron/texts/backendText.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { BackendOptions, backendOf } from "../../parts/BackendOptions.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { Select } from "../../parts/Select.tsx";
import { useFit, useSettings } from "../../stores/useStores.ts";
import { texts, useSay } from "../../texts.ts";

/** What replies run on and why, with a list to choose something else. Nothing if there is no choice. */
export function BackendChoiceFact() {
  const say = useSay("hardware");
  const { comparison, compare, trials, measure, problem } = useFit((state) => state);
  const settings = useSettings((state) => state.settings);
  const change = useSettings((state) => state.change);
  const id = useId();
  useEffect(() => compare(), [compare]);
  if (comparison === null || settings === null || comparison.backends.length < 2) return null;
  const { model, choice } = comparison;
  const measured = trials?.state === "ready" ? trials : null;
  const measuring = trials?.state === "measuring" ? trials : null;
  const hint = joinSentences(texts, [
    backendsText(texts, comparison),
    measured === null || choice.why === "faster" ? null : say("backends.figures", { model }),
    measured?.noisy ? say("backends.noisy") : measured?.stale ? say("backends.stale") : null,
  ]);
  return (
    <>
      <dt>
        <label htmlFor={id}>{say("settings:names.backend")}</label>
      </dt>
      <dd>
        <div className="backend-choice">
          <Select
            id={id}
            aria-describedby={`${id}-hint`}
            value={settings.backend ?? ""}
            onChange={({ target }) => void change({ backend: backendOf(target.value) })}
          >
            <BackendOptions chosen={settings.backend} />
          </Select>
          <button type="button" className="button ghost" disabled={measuring !== null} onClick={() => void measure()}>
            {measuring === null
              ? say(measured === null ? "backends.measure" : "backends.again")
              : say("backends.measuring", { seconds: measuring.secondsLeft })}
          </button>
        </div>
        <p id={`${id}-hint`} className="quiet small">
          {hint}
        </p>
        {problem && <ProblemNotice problem={problem} />}
      </dd>
    </>
  );
}
