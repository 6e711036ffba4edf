import { useEffect } from "react";
import { useCommands, useEngine, useShell } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { InfoDialog } from "../../parts/InfoDialog.tsx";

/** The versions of the app and of what it is made of, and the licences of all software in it. */
export default function AboutSheet({ onClose }: { onClose: () => void }) {
  const say = useSay("commands");
  const info = useShell((state) => state.info);
  const engine = useEngine(({ engine: state }) => (state !== null && "info" in state ? state.info : null));
  const licences = useCommands((state) => state.licences);
  const readLicences = useCommands((state) => state.readLicences);
  useEffect(() => {
    if (licences === null) void readLicences();
  }, [licences, readLicences]);

  const versions = [
    ["R1 Workbench", info?.version],
    ["Electron", info?.electronVersion],
    ["Chromium", info?.chromiumVersion],
    ["Node", info?.nodeVersion],
    ["node-llama-cpp", engine?.libraryVersion],
    ["llama.cpp", engine?.llamaRelease],
  ].filter((row): row is [string, string] => row[1] !== undefined);
  return (
    <InfoDialog title={say("names.showAbout")} onClose={onClose}>
      <dl className="about-versions">
        {versions.map(([name, version]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="figure">{version}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{say("about.licence")}</p>
      <h3>{say("about.others")}</h3>
      {licences === null ? (
        <p className="quiet">{say("about.reading")}</p>
      ) : (
        <ul className="licences">
          {licences.map(({ title, text }) => (
            <li key={title}>
              <details>
                <summary>{title}</summary>
                <pre>{text}</pre>
              </details>
            </li>
          ))}
        </ul>
      )}
      <p className="quiet">{say("about.chromium")}</p>
    </InfoDialog>
  );
}
