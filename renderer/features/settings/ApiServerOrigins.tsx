import { X } from "lucide-react";
import { type SubmitEvent, useId, useRef, useState } from "react";
import { IconButton } from "../../parts/IconButton.tsx";
import { ProblemWords } from "../../parts/ProblemWords.tsx";
import { useApiServer } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { fieldOf } from "./settingEntries.ts";

/** The web pages whose scripts may connect. */
export function ApiServerOrigins({ origins }: { origins: readonly string[] }) {
  const say = useSay("apiServer");
  const change = useApiServer((state) => state.change);
  const problem = useApiServer((state) => (state.problem?.code === "api-origin-invalid" ? state.problem : null));
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const id = fieldOf("apiServerOrigins");
  const hintId = useId();
  const origin = typed.trim();
  const add = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (origin === "") return;
    // What the user did not agree to stays in the field.
    if ((await change({ allowedOrigins: [...origins, origin] }))?.allowedOrigins.includes(origin)) setTyped("");
  };
  const remove = async (gone: string): Promise<void> => {
    field.current?.focus();
    await change({ allowedOrigins: origins.filter((each) => each !== gone) });
  };
  return (
    <>
      <dt>
        <label htmlFor={id}>{say("settings:names.apiServerOrigins")}</label>
      </dt>
      <dd>
        {origins.length > 0 && (
          <ul className="api-origins">
            {origins.map((each) => (
              <li key={each}>
                <bdi className="figure">{each}</bdi>
                <IconButton small label={say("origins.remove", { origin: each })} onClick={() => void remove(each)}>
                  <X size={16} aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
        <form className="setting-line" onSubmit={(event) => void add(event)}>
          <input
            ref={field}
            id={id}
            type="text"
            inputMode="url"
            className="path-field"
            spellCheck={false}
            maxLength={300}
            placeholder="https://…"
            value={typed}
            aria-describedby={hintId}
            aria-invalid={problem !== null}
            onChange={({ target }) => setTyped(target.value)}
          />
          <button type="submit" className="button" disabled={origin === ""}>
            {say("origins.add")}
          </button>
        </form>
        {problem !== null && (
          <div role="alert">
            <ProblemWords problem={problem} />
          </div>
        )}
        <p className="hint" id={hintId}>
          {say("origins.hint")}
        </p>
      </dd>
    </>
  );
}
