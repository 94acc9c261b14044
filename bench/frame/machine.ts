import { cpus, release, totalmem, type } from 'node:os';

/** What a reader has to know of the machine, and nothing that names it. */
export function machine(): string {
  const models = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${models.length} × ${models[0]?.model.trim() ?? 'unknown processor'}, ${memory} GiB, ${type()} ${release()}`;
}
