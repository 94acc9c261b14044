import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import { compose, pluginNamed } from '@weinao/composition';
import { connectNats } from '@weinao/events';
import { wireSubjects } from '@weinao/plugins';
import { print } from 'graphql';
import { quickPlugins } from './quick.plugins.ts';

/** The quick plugins stitched as the documentation of @graphql-tools/federation does it: a message for each request. */
const bus = await connectNats({
  url: process.env.NATS_URL!,
  name: 'stitched',
  report: (message) => console.error(message),
});
const composition = compose(quickPlugins);
const schema = getStitchedSchemaFromSupergraphSdl({
  supergraphSdl: composition.supergraph,
  onSubschemaConfig: (config) => {
    const subject = wireSubjects.subgraph(pluginNamed(config.name, composition));
    config.executor = async ({ document, variables }) => {
      const request = JSON.stringify({ query: print(document), variables });
      const reply = JSON.parse(await bus.request(subject, request, { timeoutMs: 10_000 })) as {
        result: object;
      };
      return reply.result;
    };
  },
});
const { url } = await startStandaloneServer(new ApolloServer({ schema }), {
  listen: { port: 0, host: '127.0.0.1' },
});
console.log(`stitched is listening on ${url}`);
