import type { PluginManifest } from '@weinao/plugins';
import type { Definition, Schema } from 'ts-json-schema-generator';
import type { EventShape } from './shape.ts';

/** What others may rely on of the events that a plugin publishes, as one JSON Schema. */
export function publishedEvents(
  { id, publishes }: Pick<PluginManifest, 'id' | 'publishes'>,
  shapes: ReadonlyMap<string, EventShape>,
): string {
  const definitions: Record<string, Definition> = {};
  const events = publishes.toSorted().map((type): Definition => {
    const shape = shapes.get(type);
    if (!shape) throw new Error(`${id} publishes ${type}, but no decider in its domain/ returns it.`);
    for (const [name, definition] of Object.entries(shape.definitions)) {
      if (JSON.stringify(definitions[name] ?? definition) !== JSON.stringify(definition))
        throw new Error(`The published events of ${id} have two types that are called ${name}.`);
      definitions[name] = definition;
    }
    const properties = { type: { type: 'string', const: type } as Definition, data: shape.data };
    return { type: 'object', title: type, properties, required: ['type', 'data'] };
  });
  const schema: Schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Events that ${id} publishes`,
    description: `As CloudEvents: the type is ${id}.<type>, the data as here.`,
    oneOf: events,
    definitions: Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
