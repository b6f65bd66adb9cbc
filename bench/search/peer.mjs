// Optuna in a process of its own, spoken to in JSON lines. OPTUNA_PYTHON names a Python that has it.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export function startPeer() {
  const python = process.env['OPTUNA_PYTHON'] ?? 'python3';
  const script = fileURLToPath(new URL('optuna_peer.py', import.meta.url));
  const child = spawn(python, ['-W', 'ignore', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(message) {
      child.stdin.write(`${JSON.stringify(message)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`Optuna ended; give a Python that has it in OPTUNA_PYTHON (now ${python}).`);
      return JSON.parse(value);
    },
    stop: () => child.stdin.end(),
  };
}
