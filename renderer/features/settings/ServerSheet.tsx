import { type FormEvent, useId, useRef, useState } from "react";
import { mostServerNameChars } from "../../../electron/contract/names.ts";
import type { Server } from "../../../electron/contract/servers.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { SheetDialog } from "../../parts/SheetDialog.tsx";
import { useServers } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { CertificateField } from "./CertificateField.tsx";

/** Where such servers usually listen on this machine, and the one on the internet that is made for R1. */
const usualAddresses = [
  { url: "http://localhost:8080", dialect: "llama-server" },
  { url: "http://localhost:8000/v1", dialect: "vllm" },
  { url: "http://localhost:30000/v1", dialect: "sglang" },
  { url: "http://localhost:11434", dialect: "ollama" },
  { url: "http://localhost:1234/v1", dialect: "lm-studio" },
  { url: "https://api.deepseek.com", dialect: "deepseek" },
] as const;

export interface ServerSheetProps {
  /** The server that is changed. Null: a new one. */
  server: Server | null;
  /** Whether the system has a keychain. */
  canKeepKey: boolean;
}

/** Adds or changes a server. Its key is written and never shown. */
export function ServerSheet({ server, canKeepKey }: ServerSheetProps) {
  const say = useSay("servers");
  const add = useServers((state) => state.add);
  const change = useServers((state) => state.change);
  const close = useServers((state) => state.closeEdited);
  const isSaving = useServers((state) => state.isSaving);
  const problem = useServers((state) => state.saveProblem);
  const [url, setUrl] = useState(server?.url ?? "");
  const [name, setName] = useState(server?.name ?? "");
  const [key, setKey] = useState("");
  const [dropsKey, setDropsKey] = useState(false);
  /** Undefined: as it was. */
  const [certificate, setCertificate] = useState<string | null | undefined>(undefined);
  const [allowsPlainHttp, setAllowsPlainHttp] = useState(false);
  const address = useRef<HTMLInputElement>(null);
  const ids = useId();
  const idOf = (field: string): string => `${ids}-${field}`;
  const isOpenRefused = problem?.code === "server-address-invalid" && problem.facts?.["case"] === "plainHttp";
  const wrong =
    problem?.code === "server-address-invalid"
      ? "address"
      : problem?.code === "server-name-taken"
        ? "name"
        : problem?.code === "server-key-malformed"
          ? "key"
          : null;
  const hasKey = server !== null && (server.keyFrom === "keychain" || server.keyFrom === "session");
  const isMoved = server !== null && urlOf(url)?.origin !== urlOf(server.url)?.origin;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const typedUrl = url.trim();
    if (isSaving || typedUrl === "") return;
    const typedName =
      name.trim() === "" ? (urlOf(typedUrl)?.host ?? typedUrl).slice(0, mostServerNameChars) : name.trim();
    const typedKey = key.trim();
    if (server === null) {
      void add({
        name: typedName,
        url: typedUrl,
        key: typedKey === "" ? null : typedKey,
        certificate: certificate ?? null,
        allowsPlainHttp,
      });
    } else {
      void change({
        serverId: server.id,
        ...(typedName !== server.name && { name: typedName }),
        ...(typedUrl !== server.url && { url: typedUrl }),
        ...(typedKey !== "" ? { key: typedKey } : dropsKey && { key: null }),
        ...(certificate !== undefined && { certificate }),
        allowsPlainHttp,
      });
    }
  };
  return (
    <SheetDialog
      title={say(server === null ? "sheet.add" : "sheet.edit")}
      className="server-sheet"
      initialFocus={address}
      onClose={close}
    >
      <form className="info-body server-form" aria-busy={isSaving} onSubmit={submit}>
        {problem && <ProblemNotice problem={problem} />}
        {isOpenRefused && (
          <label className="server-check">
            <input
              type="checkbox"
              checked={allowsPlainHttp}
              onChange={({ target }) => setAllowsPlainHttp(target.checked)}
            />
            {say("sheet.allowOpen")}
          </label>
        )}
        <div>
          <label htmlFor={idOf("address")}>{say("sheet.address")}</label>
          <input
            ref={address}
            id={idOf("address")}
            // Not `url`: an address without its scheme is told by main, in words.
            type="text"
            inputMode="url"
            list={idOf("usual")}
            placeholder="https://…"
            autoComplete="off"
            spellCheck={false}
            maxLength={1000}
            required
            aria-invalid={wrong === "address"}
            aria-describedby={idOf("address-hint")}
            value={url}
            onChange={({ target }) => setUrl(target.value)}
          />
          <datalist id={idOf("usual")}>
            {usualAddresses.map(({ url: usual, dialect }) => (
              <option key={usual} value={usual}>
                {say(`dialects.${dialect}`)}
              </option>
            ))}
          </datalist>
          <p className="hint" id={idOf("address-hint")}>
            {say("sheet.addressHint")}
          </p>
        </div>
        <div>
          <label htmlFor={idOf("name")}>{say("sheet.name")}</label>
          <input
            id={idOf("name")}
            type="text"
            autoComplete="off"
            placeholder={urlOf(url)?.host ?? ""}
            maxLength={mostServerNameChars}
            aria-invalid={wrong === "name"}
            aria-describedby={idOf("name-hint")}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <p className="hint" id={idOf("name-hint")}>
            {say("sheet.nameHint")}
          </p>
        </div>
        <div>
          <label htmlFor={idOf("key")}>{say("sheet.key")}</label>
          <div className="setting-line">
            <input
              id={idOf("key")}
              type="password"
              autoComplete="off"
              spellCheck={false}
              maxLength={4000}
              placeholder={hasKey && !dropsKey ? "••••••••" : ""}
              aria-invalid={wrong === "key"}
              aria-describedby={idOf("key-hint")}
              value={key}
              onChange={({ target }) => setKey(target.value)}
            />
            {hasKey && key === "" && (
              <button type="button" className="button" onClick={() => setDropsKey(!dropsKey)}>
                {say(dropsKey ? "sheet.keyKeep" : "sheet.keyRemove")}
              </button>
            )}
          </div>
          <p className="hint" id={idOf("key-hint")}>
            {hasKey && key === ""
              ? say(dropsKey ? "sheet.keyRemoved" : isMoved ? "sheet.keyMoves" : "sheet.keyKept")
              : say(canKeepKey ? "sheet.keyHint" : "sheet.keyHintSession")}
          </p>
        </div>
        <CertificateField
          kept={server?.certificate?.subject ?? null}
          value={certificate}
          isWrong={problem?.code === "server-certificate-invalid"}
          onChange={setCertificate}
        />
        <div className="dialog-actions">
          <button type="button" className="button" onClick={close}>
            {say("shell:cancel")}
          </button>
          <button type="submit" className="button primary" disabled={url.trim() === ""} aria-disabled={isSaving}>
            {say(isSaving ? "sheet.saving" : "sheet.save")}
          </button>
        </div>
      </form>
    </SheetDialog>
  );
}

/** Returns an address as main reads it: without a scheme, it is http here and nearby. Null if it is none yet. */
function urlOf(address: string): URL | null {
  const typed = address.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `http://${typed}`;
  if (!URL.canParse(withScheme)) return null;
  const url = new URL(withScheme);
  const isNear = /^(localhost|\[.*\]|[\d.]+)$/.test(url.hostname);
  return withScheme === typed || isNear ? url : new URL(`https://${typed}`);
}
