/**
 * Shows what Accession does, without a network: a sandbox of MusicBrainz in this process, a catalogue in a temporary
 * folder, and the real command, run as anybody would run it. Ends with 1 if anything is not as it should be.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";
import { shellWord } from "../src/command/output/printable.ts";
import { environmentOf } from "../src/sandbox/environment.ts";
import { openSandbox } from "../src/sandbox/open-sandbox.ts";

interface Step {
  readonly says: string;
  readonly args: readonly string[];
  /** The exit code, and what the output must hold: all of it, where several are given. */
  readonly code?: number;
  readonly expects: RegExp | readonly RegExp[];
  /** Lines of output to show. Default: all. */
  readonly lines?: number;
}

const steps: readonly Step[] = [
  {
    says: "An artist that the catalogue does not have: searched for, looked up, stored.",
    args: ["import", "artist", "Pink Floyd"],
    expects: /^created {2}Pink Floyd/m,
    lines: 14,
  },
  {
    says: "The same again: the catalogue has it, so nobody is asked.",
    args: ["import", "artist", "Pink Floyd"],
    expects: /^unchanged .* 0 requests$/m,
  },
  {
    says: "An album, with the artist that is there already.",
    args: ["import", "album", "The Dark Side of the Moon", "--artist", "Pink Floyd"],
    expects: /^created {2}The Dark Side of the Moon/m,
    lines: 2,
  },
  {
    says: "A whole shelf: all studio albums of the artist, at one request a hundred.",
    args: ["import", "albums", "Pink Floyd", "--studio", "--no-background"],
    expects: /^complete .* albums of Pink Floyd .* 1 request$/m,
  },
  {
    says: "That is the artist's discography. With years:",
    args: ["list", "album", "--where", "artistCredit=Pink Floyd"],
    expects: [/^Animals {2}Pink Floyd · album · 1977 /m, /^Wish You Were Here {2}Pink Floyd · album · 1975 /m],
  },
  {
    says: "All editions of one of these albums, with their tracks, songs and artists, at one request in all.",
    args: ["import", "releases", "The Dark Side of the Moon", "--no-background"],
    expects: /^complete {2}5 releases of The Dark Side of the Moon \(5 created\), 1 request$/m,
  },
  {
    says: "One of the editions, and what is on it, medium by medium.",
    args: ["show", "musicbrainz.release:b27b993b-c1a2-4fab-ba7f-379160ccbcc9"],
    expects: [/^CD 1: The Dark Side of the Moon/m, /^ +6 +6:23 +Money/m, /^CD 2: Live .*\n +1 +2:45 +Speak to Me/m],
  },
  {
    says: "All editions once more: everything was there, and nothing is changed.",
    args: ["import", "releases", "The Dark Side of the Moon", "--no-background"],
    expects: /^complete {2}all 5 releases/m,
  },
  {
    says: "The songs of the shelf that came out before 1974.",
    args: ["list", "song", "--where", "firstReleaseDate<1974", "--limit", "10"],
    expects: /^Money /m,
  },
  {
    says: "Covers, Amazon and a language model are slow, so their runs are queued. A worker makes them …",
    args: ["work", "--drain"],
    expects: [/cover-art-archive .*contributed/, /amazon .*contributed/, /description .*contributed/],
  },
  {
    says: "… and now the album has a cover, products and a description. What is known of it, and who says so:",
    args: ["show", "The Dark Side of the Moon"],
    expects: [/^description +.*\[description\]/m, /^amazon product +.*\[amazon\]/m, /^image front +\d+×\d+ .*\[/m],
  },
  {
    says: "The same in one go: the import returns, and waits for the rest.",
    args: ["import", "album", "Kind of Blue", "--artist", "Miles Davis", "--wait"],
    expects: /cover-art-archive … contributed/,
    lines: 8,
  },
  {
    says: "Runs that wait, have failed or were given up: there are none.",
    args: ["jobs"],
    expects: /No run waits/,
  },
  {
    says: "A name that several artists have: nothing is stored, and the exit code is 4.",
    args: ["import", "artist", "Nirvana"],
    code: 4,
    expects: /3 candidates/,
  },
  {
    says: "One word more tells them apart.",
    args: ["import", "artist", "Nirvana", "--country", "US"],
    expects: /^created {2}Nirvana/m,
    lines: 6,
  },
  {
    says: "A compilation, by its barcode: each track says who plays it.",
    args: ["import", "release", "--barcode", "2022463597239"],
    expects: [/^ +2 +2:27 +Misirlou {2}Dick Dale & His Del‐Tones/m, /^ +9 +3:12 +You Never Can Tell {2}Chuck Berry/m],
  },
  {
    says: "You know better than any source …",
    args: ["edit", "Pink Floyd", "disambiguation=the one with the prism", "country="],
    expects: /the one with the prism/,
  },
  {
    says: "… and a forced import of everything changes nothing of that.",
    args: ["import", "artist", "Pink Floyd", "--force"],
    expects: /^unchanged {2}Pink Floyd/m,
  },
  {
    says: "Every value, who said it, and what lost to it.",
    args: ["explain", "Pink Floyd"],
    expects: /not GB +\[musicbrainz/,
  },
];

async function run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [command, ...args], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  }
  await once(child, "close");
  return { code: child.exitCode, output };
}

function show(output: string, most: number): void {
  const lines = output.trimEnd().split("\n");
  const rest = lines.length - most;
  for (const line of lines.slice(0, most)) process.stdout.write(`  ${line}\n`);
  if (rest > 0) process.stdout.write(`  … and ${rest} more ${rest === 1 ? "line" : "lines"}\n`);
}

async function demonstrate(): Promise<boolean> {
  const built = fileURLToPath(new URL("../dist/bin/main.js", import.meta.url));
  const source = fileURLToPath(new URL("../src/command/main.ts", import.meta.url));
  const command = existsSync(built) ? built : source;
  const folder = await mkdtemp(join(tmpdir(), "accession-demo-"));
  const sandbox = await openSandbox();
  const colors = process.stdout.hasColors?.() && !process.env["NO_COLOR"] ? { FORCE_COLOR: "1" } : {};
  const environment = {
    ACCESSION_DATABASE: folder,
    ...environmentOf(sandbox),
    // Nothing of the machine's own configuration plays a part.
    ACCESSION_CONFIG: "",
    ACCESSION_SCHEMA: "",
    ACCESSION_OFFLINE: "",
    ACCESSION_SNAPSHOTS: "",
    ...colors,
  };
  try {
    for (const { says, args, code = 0, expects, lines = Number.POSITIVE_INFINITY } of steps) {
      process.stdout.write(`\n${says}\n${styleText("bold", `$ accession ${args.map(shellWord).join(" ")}`)}\n`);
      const end = await run(command, args, environment);
      show(end.output, lines);
      // oxlint-disable-next-line no-control-regex -- colours are no part of what is expected
      const plain = end.output.replaceAll(/\u001b\[\d+m/g, "");
      const missing = [expects].flat().filter((expected) => !expected.test(plain));
      if (end.code === code && missing.length === 0) continue;
      const wrong = [
        ...(end.code === code ? [] : [`exit code ${end.code}, not ${code}`]),
        ...missing.map((one) => `no ${one}`),
      ];
      process.stdout.write(`\nThat is not as expected: ${wrong.join(", ")}.\n`);
      return false;
    }
    process.stdout.write(`
The sandbox was asked ${sandbox.requests.length} times in all. Next, with the real MusicBrainz:

  export ACCESSION_CONTACT=you@example.org     # musicbrainz.org wants to know whom to turn to
  npx accession import artist "Your favourite"
  npx accession doctor --online
`);
    return true;
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = (await demonstrate()) ? 0 : 1;
