import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface ProcessOptions {
  readonly args?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Of a copy of this repository; this one itself unless told. */
  readonly directory?: string;
}

/** A program of this repository, run for real. What it prints is kept, and can be waited for. */
export class StartedProcess {
  output = '';
  errors = '';
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  private readonly child: ChildProcess;
  private readonly listeners = new Set<() => void>();

  constructor(file: string, { args = [], environment, directory = root }: ProcessOptions) {
    const loader = file.endsWith('.ts') ? ['--import', './tools/typescript.mjs'] : [];
    const { PATH, HOME, TMPDIR } = process.env;
    this.child = spawn(process.execPath, [...loader, file, ...args], {
      cwd: directory,
      env: { PATH, HOME, TMPDIR, NODE_ENV: 'production', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout!.on('data', (chunk: Buffer) => this.hear((this.output += chunk.toString())));
    this.child.stderr!.on('data', (chunk: Buffer) => this.hear((this.errors += chunk.toString())));
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (code, signal) => {
        resolve(code ?? signal!);
        this.hear('');
      });
    });
  }

  get pid(): number {
    return this.child.pid!;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** The first match in what it prints. @throws Error when it ends without */
  until(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(this.output) ?? pattern.exec(this.errors);
        if (!match && this.isRunning) return;
        this.listeners.delete(look);
        if (match) resolve(match);
        else
          reject(
            new Error(
              `It ended with ${this.child.exitCode ?? this.child.signalCode} without saying ${pattern}:\n${this.output}\n${this.errors}`,
            ),
          );
      };
      this.listeners.add(look);
      look();
    });
  }

  async kill(signal: NodeJS.Signals): Promise<number | NodeJS.Signals> {
    this.child.kill(signal);
    return this.ended;
  }

  private hear(_text: string): void {
    for (const listener of [...this.listeners]) listener();
  }
}
