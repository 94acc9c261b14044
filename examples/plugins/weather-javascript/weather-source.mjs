import { codedError } from './coded-error.mjs';

const KEPT_MS = 10 * 60_000;
const DEADLINE_MS = 3_000;
const MOST_PLACES = 1_000;
const MOST_BYTES = 65_536;
const FIELDS = {
  temperature: 'temperature_2m',
  humidity: 'relative_humidity_2m',
  windSpeed: 'wind_speed_10m',
  code: 'weather_code',
};

/** Weather as Open-Meteo tells it; asked again for the same place after ten minutes at the earliest. */
export class WeatherSource {
  #url;
  #report;
  #now;
  #deadlineMs;
  /** @type {Map<string, {until: number, weather: Promise<object>}>} */
  #places = new Map();

  /**
   * @param {{url: string, report: (message: string, error: unknown) => void, now?: () => number, deadlineMs?: number}}
   *   options
   */
  constructor({ url, report, now = Date.now, deadlineMs = DEADLINE_MS }) {
    this.#url = url;
    this.#report = report;
    this.#now = now;
    this.#deadlineMs = deadlineMs;
  }

  /** @throws GraphQLError WEATHER_UNAVAILABLE when the source is away, late or not understood */
  at({ latitude, longitude }) {
    const place = `${latitude} ${longitude}`;
    const known = this.#places.get(place);
    if (known && known.until > this.#now()) return known.weather;
    const weather = this.#ask(latitude, longitude).catch((error) => {
      this.#places.delete(place); // whoever asks next tries again
      this.#report('The weather source did not answer', error);
      throw codedError('WEATHER_UNAVAILABLE', 'The weather is not known at the moment. Try again later.');
    });
    this.#keep(place, weather);
    return weather;
  }

  #keep(place, weather) {
    this.#places.delete(place);
    this.#places.set(place, { until: this.#now() + KEPT_MS, weather });
    if (this.#places.size > MOST_PLACES) this.#places.delete(this.#places.keys().next().value);
  }

  async #ask(latitude, longitude) {
    const url = new URL(this.#url);
    const asked = { latitude, longitude, current: Object.values(FIELDS).join(), timeformat: 'unixtime' };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    const response = await fetch(url, { signal: AbortSignal.timeout(this.#deadlineMs), redirect: 'error' });
    if (response.status !== 200) throw new Error(`It answered ${response.status}`);
    return weatherOf(JSON.parse(await textOf(response)).current);
  }
}

function weatherOf(current) {
  const values = Object.entries(FIELDS).map(([name, field]) => [name, Number(current[field])]);
  const observedAt = new Date(1_000 * current.time);
  if (values.some(([, value]) => !Number.isFinite(value)))
    throw new Error('It leaves out what was asked for');
  return { ...Object.fromEntries(values), observedAt: observedAt.toISOString() };
}

async function textOf(response) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error(`It answered more than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
