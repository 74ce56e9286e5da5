import { type ChildProcess, spawn } from "node:child_process";
import { INSTANCE_MARKER } from "./environment.ts";

/**
 * Reads `add <pid>` and `remove <pid>`; when its input ends, for whatever reason the emulator ended, it kills the
 * groups that are left, on Linux also marked processes outside them, and removes the folder of the sockets.
 */
const SCRIPT = `
groups=" "
while read -r verb id; do
  case "$verb" in
    add) groups="$groups$id " ;;
    remove) case "$groups" in *" $id "*) groups="\${groups%% $id *} \${groups#* $id }" ;; esac ;;
  esac
done
for id in $groups; do kill -9 -- "-$id" 2>/dev/null; done
if [ -d /proc/self ]; then
  for round in 1 2; do
    for file in $(grep -ls "$2=$3" /proc/[0-9]*/environ 2>/dev/null); do
      pid=\${file#/proc/}; kill -9 "\${pid%/environ}" 2>/dev/null
    done
  done
fi
rm -rf -- "$1"
`;

/** Outlives the emulator by a moment, so that functions don't outlive it, not even after a \`kill -9\`. */
export class Guardian {
  readonly #process: ChildProcess;
  readonly #ended: Promise<void>;

  /**
   * @param directory - Folder of the sockets, removed at the end.
   * @param markerPrefix - What the markers of this runtime's instances begin with; only letters, digits and `-`.
   */
  constructor(directory: string, markerPrefix: string) {
    this.#process = spawn(
      "/bin/sh",
      ["-c", SCRIPT, "fn-guardian", directory, INSTANCE_MARKER, markerPrefix],
      {
        cwd: "/",
        detached: true,
        env: { PATH: "/usr/local/bin:/usr/bin:/bin" },
        stdio: ["pipe", "ignore", "ignore"],
      },
    );
    this.#ended = new Promise((resolve) => {
      this.#process.once("exit", () => resolve());
      this.#process.once("error", () => resolve());
    });
    this.#process.stdin?.on("error", () => {});
    this.#process.unref();
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  add(pid: number): void {
    this.#process.stdin?.write(`add ${pid}\n`);
  }

  remove(pid: number): void {
    this.#process.stdin?.write(`remove ${pid}\n`);
  }

  /** Ends it and waits until it has cleaned up. */
  close(): Promise<void> {
    this.#process.ref();
    this.#process.stdin?.end();
    return this.#ended;
  }
}
