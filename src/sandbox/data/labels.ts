import { fingerprint, mbid } from "./mbid.ts";
import type { LabelRecord } from "./records.ts";

const label = (
  name: string,
  type: LabelRecord["type"],
  code: number | null,
  id = mbid("label", name),
): LabelRecord => ({
  id,
  name,
  type,
  code,
});

/** The labels that the data set names, by the name it names them with. */
export const labels = {
  Harvest: label("Harvest", "Original Production", 1305, "993af7f6-bb99-456b-83e7-5e728ea80a0e"),
  "DGC Records": label("DGC Records", "Original Production", 6406, "68803e28-86fe-4a95-985f-8e493795ab31"),
  Columbia: label("Columbia", "Imprint", 162),
  EMI: label("EMI", "Imprint", 542),
  "EMI Columbia": label("EMI Columbia", "Imprint", null),
  Capitol: label("Capitol Records", "Original Production", 148),
  "Pink Floyd Records": label("Pink Floyd Records", "Original Production", null),
  "Sub Pop": label("Sub Pop", "Original Production", 6777),
  Parlophone: label("Parlophone", "Imprint", 299),
  MCA: label("MCA Records", "Original Production", 1056),
  "Go! Beat": label("Go! Beat", "Original Production", 6403),
  "Lantern & Sons": label("Lantern & Sons", "Production", null),
  "Meridian Sound": label("Meridian Sound", "Original Production", 90_210),
  "Harbour Discs": label("Harbour Discs", "Imprint", null),
} as const satisfies Record<string, LabelRecord>;

/** The name by which a data file points to a label. */
export type LabelName = keyof typeof labels;

const madeUp = [labels["Lantern & Sons"], labels["Meridian Sound"], labels["Harbour Discs"]];

/** The label and catalogue number of a release that nobody has written them down for. */
export const madeUpLabel = (releaseId: string): { readonly label: LabelRecord; readonly catalogNumber: string } => {
  const number = fingerprint("label", releaseId);
  const one = madeUp[number % madeUp.length] ?? labels["Harbour Discs"];
  return { label: one, catalogNumber: `${one.name.slice(0, 3).toUpperCase()} ${String(100 + (number % 900))}` };
};
