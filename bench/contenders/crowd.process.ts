import { connect } from 'node:net';
import type { CrowdArguments, CrowdNews } from './crowd.ts';
import { monotonicMs } from '../frame/clock.ts';

/** Many connections that listen to server-sent events; tells when the last of them has heard each message. */
const { url, path, tokens, body, connections } = JSON.parse(process.argv[2]!) as CrowdArguments;
const { hostname, port, host } = new URL(url);
const MOST_OPENING_AT_ONCE = 64;
const BEGINS = 'event: next';

let heard = 0;
let opened = 0;

process.on('disconnect', () => process.exit());

const opening = Array.from({ length: connections }, (_, index) => index);
await Promise.all(Array.from({ length: MOST_OPENING_AT_ONCE }, openSome));
tell({ opened });

async function openSome(): Promise<void> {
  for (let index = opening.pop(); index !== undefined; index = opening.pop()) await open(index);
}

/** Resolves when the answer has begun. */
function open(index: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const lines = [
      `POST ${path} HTTP/1.1`,
      `host: ${host}`,
      `authorization: Bearer ${tokens[index % tokens.length]}`,
      'accept: text/event-stream',
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
    let rest = '';
    let isOpen = false;
    socket.setEncoding('utf8');
    socket.on('data', (some: string) => {
      const frames = (rest + some).split('\n\n');
      rest = frames.pop()!;
      for (const frame of frames) {
        if (isOpen && frame.includes(BEGINS)) hear(frame);
        if (!isOpen) opened++;
        isOpen = true;
        resolve();
      }
    });
    const broken = (): never => process.exit(1);
    socket.on('error', broken);
    socket.on('close', broken);
  });
}

function hear(frame: string): void {
  heard++;
  if (heard % connections === 0) tell({ lastAt: monotonicMs(), frame: `${frame}\n\n` });
}

function tell(news: CrowdNews): void {
  process.send!(news);
}
