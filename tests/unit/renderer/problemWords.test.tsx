// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { ProblemWords } from "../../../renderer/parts/ProblemWords.tsx";
import { texts } from "../../../renderer/texts.ts";

afterEach(() => {
  cleanup();
  void texts.choose("en");
});

test("a row says what happened in the chosen language only, also in its tooltip", async () => {
  await texts.choose("fr");
  const detail = "2026-11-28T10:00:23.652Z\nThe engine stopped while it was working";
  render(<ProblemWords problem={{ code: "model-crashed-engine", detail }} />);
  const row = screen.getByText(/^Le moteur s’est arrêté brutalement/);
  expect(row.textContent).toBe(
    "Le moteur s’est arrêté brutalement alors qu’il utilisait ce modèle. Choisissez un autre modèle ou rechargez celui-ci.",
  );
  expect(row.getAttribute("title")).toBeNull();
});
