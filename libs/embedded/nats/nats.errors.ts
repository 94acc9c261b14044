/** There is no nats-server on the PATH. */
export class NatsServerMissing extends Error {
  override readonly name = 'NatsServerMissing';

  constructor() {
    super(
      'The program nats-server is not on the PATH; install it with `apt-get install nats-server` or ' +
        '`brew install nats-server`, or from https://nats.io/download.',
    );
  }
}
