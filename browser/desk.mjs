// A desk with sample data for the stories: `kebei demo` on a port of its own, gone when they end.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = process.env.KEBEI_PROGRAM ?? new URL('../target/debug/kebei', import.meta.url).pathname;

/** A port of the loopback that nobody uses. */
function freePort() {
  return new Promise((found, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

/** Starts a demo, and resolves once it serves. */
export async function openDesk() {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'kebei-browser-'));
  const demo = spawn(PROGRAM, ['demo', '--port', String(port)], {
    cwd: folder,
    env: { ...process.env, TMPDIR: folder, KEBEI_LANG: 'zh' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = [];
  demo.stdout.on('data', (bytes) => said.push(bytes));
  demo.stderr.on('data', (bytes) => said.push(bytes));
  const ended = new Promise((done) => demo.once('exit', done));
  const address = `http://127.0.0.1:${port}`;
  const close = async () => {
    demo.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 600; tries += 1) {
    if (demo.exitCode !== null) break;
    const ready = await fetch(`${address}/readyz`).then((answer) => answer.ok, () => false);
    if (ready) return { address, close };
    await new Promise((later) => setTimeout(later, 100));
  }
  await close();
  throw new Error(`the demo does not serve: ${Buffer.concat(said)}`);
}

/** The password of everybody in the demo. */
export const PASSWORD = 'kebei-demo-password';

/** Who works at the desk and with it: the users of the demo. */
export const PEOPLE = ['demo-customer', 'demo-support', 'demo-reviewer', 'demo-operator', 'demo-auditor'];
