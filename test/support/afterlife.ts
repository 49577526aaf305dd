import { spawn } from "node:child_process";
import { Socket } from "node:net";

// Reads until this process, which holds the other end, is gone in whatever way; then waits for the server to follow.
const script = `
  cat > /dev/null
  if [ -n "$2" ]; then
    kill -INT "$2"
    for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$2" || break; sleep 0.5; done
  fi
  rm -rf "$1"`;

/**
 * Sees to it that a folder is removed, and the server that works in it ended, when this process ends, be it by SIGKILL.
 * Does nothing on Windows, which has no shell for it.
 *
 * @returns what calls it off, once the folder has been removed in the ordinary way.
 */
export function removeAfterDeath(folder: string, server?: number): () => void {
  if (process.platform === "win32") return () => undefined;
  const shell = spawn("sh", ["-c", script, "sh", folder, server === undefined ? "" : String(server)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true, // or Ctrl-C would reach it as well
  });
  shell.unref();
  // A pipe is a socket, which would keep this process alive.
  if (shell.stdin instanceof Socket) shell.stdin.unref();
  return () => shell.kill("SIGKILL");
}
