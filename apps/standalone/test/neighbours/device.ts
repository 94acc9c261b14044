import { expect } from '@jest/globals';

/** A device that sends its readings by HTTP. */
export class Device {
  constructor(
    private readonly address: string,
    private readonly token: string,
  ) {}

  /** Durable when this is over. */
  async tell(reading: Record<string, unknown>): Promise<void> {
    expect((await this.send(JSON.stringify(reading))).status).toBe(202);
  }

  async send(body: string, token = this.token): Promise<Response> {
    return fetch(this.address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
    });
  }
}
