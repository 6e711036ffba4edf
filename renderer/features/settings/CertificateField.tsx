import { useId, useRef } from "react";
import { useSay } from "../../texts.ts";

export interface CertificateFieldProps {
  /** Whose certificate is kept. Null if none is. */
  kept: string | null;
  /** What it is to be: PEM text, or null for none. Undefined: as it was. */
  value: string | null | undefined;
  isWrong: boolean;
  onChange: (value: string | null | undefined) => void;
}

/** Chooses the certificate that a server is trusted with. Few servers need one, so it is folded. */
export function CertificateField({ kept, value, isWrong, onChange }: CertificateFieldProps) {
  const say = useSay("servers");
  const file = useRef<HTMLInputElement>(null);
  const fieldId = useId();
  const hintId = useId();
  const isKept = kept !== null && value === undefined;
  return (
    <details className="server-certificate" open={kept !== null || isWrong}>
      <summary>{say("sheet.certificate")}</summary>
      {isKept && (
        <p>
          <bdi>{kept}</bdi>
        </p>
      )}
      {!isKept && (
        <textarea
          id={fieldId}
          className="figure"
          rows={4}
          spellCheck={false}
          maxLength={100_000}
          aria-label={say("sheet.certificate")}
          aria-describedby={hintId}
          aria-invalid={isWrong}
          value={value ?? ""}
          onChange={({ target }) => onChange(target.value.trim() === "" ? null : target.value)}
        />
      )}
      <div className="setting-line">
        <input
          ref={file}
          type="file"
          accept=".pem,.crt,.cer"
          hidden
          onChange={({ target }) => {
            const [chosen] = target.files ?? [];
            void chosen?.text().then(onChange);
            // So that the same file can be chosen again.
            target.value = "";
          }}
        />
        <button type="button" className="button" onClick={() => file.current?.click()}>
          {say("sheet.certificateChoose")}
        </button>
        {isKept && (
          <button type="button" className="button" onClick={() => onChange(null)}>
            {say("sheet.certificateRemove")}
          </button>
        )}
      </div>
      <p className="hint" id={hintId}>
        {say("sheet.certificateHint")}
      </p>
    </details>
  );
}
