import { randomUUID } from 'node:crypto';
import { buildSchema, execute, GraphQLError, parse, validate } from 'graphql';
import { codedError } from './coded-error.mjs';
import { manifest, typeDefinitions } from './manifest.mjs';
import { wordsFor } from './weather-words.mjs';

const schema = buildSchema(typeDefinitions);

/** Executes what the gateway sends to `gql.weather`. */
export class Subgraph {
  #directory;
  #source;
  #report;

  /**
   * @param {{directory: import('./community-directory.mjs').CommunityDirectory,
   *   source: import('./weather-source.mjs').WeatherSource, report: (message: string, error: unknown) => void}} parts
   */
  constructor({ directory, source, report }) {
    this.#directory = directory;
    this.#source = source;
    this.#report = report;
  }

  /** @returns {Promise<{result: object}>} there are no events, so there is no position */
  async answer({ door, communityId, directoryPosition, query, operationName, variables, viewer }) {
    if (door !== 'community') return refusal(codedError('NOT_FOUND', 'weather serves nothing at this door.'));
    let settings;
    try {
      settings = await this.#directory.settingsIn(communityId, directoryPosition);
    } catch (error) {
      if (error instanceof GraphQLError) return refusal(error);
      throw error;
    }
    const document = parsed(query);
    if (document instanceof GraphQLError) return refusal(badInput(document));
    const mistakes = validate(schema, document);
    if (mistakes.length > 0) return refusal(...mistakes.map(badInput));
    const rootValue = { weather: () => this.#weather(settings, viewer) };
    const { data, errors } = await execute({
      ...{ schema, document, rootValue, operationName, variableValues: variables },
    });
    return { result: { data, ...(errors && { errors: errors.map((error) => this.#tellable(error)) }) } };
  }

  async #weather(settings, viewer) {
    requirePermission('read', viewer);
    const weather = await this.#source.at(settings);
    return { ...weather, description: ({ locale }) => wordsFor(weather.code, locale) };
  }

  /** What the caller may know of an error: what nobody foresaw keeps its details here. */
  #tellable(error) {
    const cause = error.originalError;
    if (error.extensions.code !== undefined) return error;
    if (cause === undefined || error.path === undefined) return badInput(error);
    const incident = randomUUID();
    this.#report(`Incident ${incident}`, cause);
    const { path, locations } = error;
    const extensions = { code: 'INTERNAL_SERVER_ERROR', incident };
    return {
      message: `Something went wrong here; it is logged as ${incident}.`,
      path,
      locations,
      extensions,
    };
  }
}

function requirePermission(id, { roles }) {
  const { roles: holders } = manifest.permissions.find((permission) => permission.id === id);
  if (holders.some((role) => roles.includes(role))) return;
  throw codedError('FORBIDDEN', `This needs the permission ${manifest.id}.${id}.`);
}

function parsed(query) {
  try {
    return parse(query);
  } catch (error) {
    return error;
  }
}

const refusal = (...errors) => ({ result: { errors } });

const badInput = ({ message, path, locations }) => ({
  ...{ message, path, locations, extensions: { code: 'BAD_USER_INPUT' } },
});
