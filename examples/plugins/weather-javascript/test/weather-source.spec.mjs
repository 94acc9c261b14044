import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DRIZZLE, MadeUpSource } from './made-up-source.mjs';
import { WeatherSource } from '../weather-source.mjs';

const HANGZHOU = { latitude: 30.25, longitude: 120.15 };
const MINUTE_MS = 60_000;

let madeUp;
let weather;
let now;

beforeEach(async () => {
  madeUp = await new MadeUpSource().start();
  now = 0;
  weather = patient(30_000);
});

afterEach(() => madeUp.stop());

const patient = (deadlineMs) =>
  new WeatherSource({ url: madeUp.url, report: () => undefined, now: () => now, deadlineMs });

const away = { extensions: { code: 'WEATHER_UNAVAILABLE' } };

describe('the weather at a place', () => {
  it('is what the source says of it', async () => {
    expect(await weather.at(HANGZHOU)).toEqual({
      ...{ temperature: 18.5, humidity: 82, windSpeed: 7.2, code: 51 },
      observedAt: '2026-05-01T08:00:00.000Z',
    });
    expect(Object.fromEntries(madeUp.asked[0])).toMatchObject({ latitude: '30.25', longitude: '120.15' });
  });

  it('is asked for once by all who want to know it within ten minutes, and then anew', async () => {
    await Promise.all([weather.at(HANGZHOU), weather.at(HANGZHOU)]);
    now = 10 * MINUTE_MS - 1;
    await weather.at(HANGZHOU);
    expect(madeUp.asked).toHaveLength(1);
    now += 1;
    await weather.at(HANGZHOU);
    expect(madeUp.asked).toHaveLength(2);
  });

  it('is another one at another place', async () => {
    await weather.at(HANGZHOU);
    await weather.at({ latitude: 0, longitude: 120.15 });
    expect(madeUp.asked.map((search) => search.get('latitude'))).toEqual(['30.25', '0']);
  });

  it('is not known while the source is away, and known as soon as it is back', async () => {
    const { answer } = madeUp;
    madeUp.answer = (response) => response.destroy();
    const both = [weather.at(HANGZHOU), weather.at(HANGZHOU)];
    for (const one of both) await expect(one).rejects.toMatchObject(away);
    madeUp.answer = answer;
    expect(await weather.at(HANGZHOU)).toMatchObject({ code: 51 });
  });

  it('is not known where the source does not answer in time', async () => {
    madeUp.answer = () => undefined;
    await expect(patient(50).at(HANGZHOU)).rejects.toMatchObject(away);
  });

  it.each([
    ['refuses', (response) => response.writeHead(429).end()],
    ['sends somebody elsewhere', (response) => response.writeHead(302, { location: '/' }).end()],
    ['answers no JSON', (response) => response.end('<html>')],
    ['leaves something out', (response) => response.end('{"current":{"time":1777622400}}')],
    [
      'answers more than 64 KiB',
      (response) => response.end(JSON.stringify({ current: DRIZZLE, more: ' '.repeat(65_536) })),
    ],
  ])('is not known where the source %s', async (_what, answer) => {
    madeUp.answer = answer;
    await expect(weather.at(HANGZHOU)).rejects.toMatchObject(away);
  });
});
