import type { ReactNode } from "react";
import type { Server } from "../../../electron/contract/servers.ts";
import { useTexts } from "../../texts.ts";

/** A server may list hundreds of models, which the picker and the Models screen show. */
const mostNamed = 8;

/** What is known about a server, as far as it is known. */
export function ServerFacts({
  server: { dialect, keyFrom, keyVariable, certificate, models, test },
}: {
  server: Server;
}) {
  const { say, figures } = useTexts();
  const findings = test.state === "done" ? test.findings : null;
  const leftOut = findings?.leftOut ?? 0;
  const speed = findings?.tokensPerSecond ?? null;
  const named = models.slice(0, mostNamed).map(({ name }) => name);
  const left = models.length - named.length;
  const facts: [label: string, value: ReactNode][] = [
    [
      say("servers:facts.models"),
      (models.length > 0 || leftOut > 0) && (
        <>
          <bdi>{figures.joined([...named, left > 0 ? say("servers:moreModels", { count: left }) : null])}</bdi>
          {leftOut > 0 && <div className="quiet">{say("servers:leftOut", { count: leftOut })}</div>}
        </>
      ),
    ],
    [say("servers:facts.software"), dialect !== null && say(`servers:dialects.${dialect}`)],
    [say("servers:facts.thought"), findings?.thoughtField && say(`servers:thoughts.${findings.thoughtField}`)],
    [say("servers:facts.tokens"), findings?.counting && say(`servers:counting.${findings.counting}`)],
    [
      say("servers:facts.speed"),
      speed !== null &&
        say("servers:speed", {
          speed: figures.speed(speed),
          first: figures.seconds(findings?.ttftMs ?? 0, 2),
        }),
    ],
    [
      say("servers:facts.key"),
      keyFrom === "environment"
        ? say("servers:keys.environment", { name: keyVariable ?? "" })
        : say(`servers:keys.${keyFrom}`),
    ],
    [
      say("servers:facts.certificate"),
      certificate !== null &&
        say("servers:certificate", { subject: certificate.subject, day: figures.day(certificate.validTo) }),
    ],
  ];
  return (
    <dl className="facts server-facts small">
      {facts.map(
        ([label, value]) =>
          value && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
