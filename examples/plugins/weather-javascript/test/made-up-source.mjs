import { once } from 'node:events';
import { createServer } from 'node:http';

export const DRIZZLE = {
  ...{ time: 1_777_622_400, temperature_2m: 18.5, relative_humidity_2m: 82 },
  ...{ wind_speed_10m: 7.2, weather_code: 51 },
};

/** An HTTP source of weather that a test holds in its hands. */
export class MadeUpSource {
  /** What it was asked, as search parameters. @type {URLSearchParams[]} */
  asked = [];
  answer = (response) => response.end(JSON.stringify({ current: DRIZZLE }));
  #server = createServer((request, response) => {
    this.asked.push(new URL(request.url, this.url).searchParams);
    this.answer(response);
  });

  async start() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${this.#server.address().port}/v1/forecast`;
    return this;
  }

  async stop() {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
