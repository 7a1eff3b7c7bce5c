import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/**
 * A tiny shell that outlives us by a moment. It reads the numbers of our children from a pipe; when the pipe ends,
 * we are gone, however that happened, and it ends the children: first politely, after five seconds by force.
 * A shell, because it costs a megabyte and is on every Unix; a pipe, because the kernel closes it also on SIGKILL.
 */
const SCRIPT = `
trap '' INT TERM HUP QUIT
held=
while read -r sign pid signal; do
  rest=
  for one in $held; do [ "\${one%:*}" = "$pid" ] || rest="$rest $one"; done
  held=$rest
  if [ "$sign" = + ]; then held="$held $pid:$signal"; fi
done
for one in $held; do kill "-\${one#*:}" "-\${one%:*}" 2>/dev/null; done
round=0
while [ $round -lt 50 ]; do
  alive=
  for one in $held; do kill -0 "-\${one%:*}" 2>/dev/null && alive="$alive \${one%:*}"; done
  [ -n "$alive" ] || exit 0
  sleep 0.1
  round=$((round + 1))
done
for one in $alive; do kill -KILL "-$one" 2>/dev/null; done
`;

/** Sees to it that no child outlives this program. */
export class Watchdog {
  readonly #pipe: Writable;

  constructor() {
    const shell = spawn('sh', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    shell.unref();
    this.#pipe = shell.stdin;
    this.#pipe.on('error', () => undefined); // somebody ended the watchdog; the next start still finds left-overs
    // The pipe must not keep this program running: its whole point is to end with it.
    (this.#pipe as Writable & { unref?: () => void }).unref?.();
  }

  /** From now on this child, which leads its own process group, ends with us; first it is asked by this signal. */
  hold(pid: number, signal: 'INT' | 'TERM'): void {
    this.#pipe.write(`+ ${pid} ${signal}\n`);
  }

  /** The child has ended; its number may soon be somebody else's. */
  release(pid: number): void {
    this.#pipe.write(`- ${pid} -\n`);
  }

  /** Ends the watchdog; whatever it still holds ends with it. */
  close(): void {
    this.#pipe.end();
  }
}
