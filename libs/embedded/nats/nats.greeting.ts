import { connect } from 'node:net';

const patience = 5000;

export interface NatsGreeting {
  version: string;
}

/** The INFO line with which a nats-server greets every connection. */
export function readGreeting(url: string): Promise<NatsGreeting> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect({ host: hostname, port: Number(port), timeout: patience });
    socket.once('timeout', () => socket.destroy(new Error(`${url} sends no INFO line.`)));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`${url} closed the connection without an INFO line.`)));
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const info = /^INFO (.*)\r\n/.exec(text)?.[1];
      if (info === undefined) return;
      resolve(JSON.parse(info) as NatsGreeting);
      socket.destroy();
    });
  });
}
