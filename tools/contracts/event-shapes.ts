import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import type { Definition, SchemaGenerator } from 'ts-json-schema-generator';
import ts from 'typescript';
import { withPlainNames } from './shape.ts';
import type { EventShape } from './shape.ts';

/**
 * Every event that the deciders of a domain/ can return, by its type, as the TypeScript types say.
 *
 * @param settings the tsconfig.json whose compiler options hold.
 * @throws Error naming the event whose shape cannot be told.
 */
export async function eventShapesOf(domain: string, settings: string): Promise<Map<string, EventShape>> {
  const names = await readdir(domain);
  const sources = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts')).sort();
  const files = sources.map((name) => join(domain, name));
  const { options } = ts.parseJsonConfigFileContent({ extends: settings, files }, ts.sys, domain);
  const program = ts.createProgram(files, options);
  const generator = createGenerator({
    tsProgram: program,
    topRef: false,
    additionalProperties: true, // a later version may tell more, and who reads an event lets that pass
  });
  const shapes = new Map<string, EventShape>();
  for (const event of files.flatMap((file) => eventsIn(program, file))) {
    const { type, shape } = shapeOf(event, program.getTypeChecker(), generator);
    const other = shapes.get(type);
    if (other && JSON.stringify(other) !== JSON.stringify(shape))
      throw new Error(`Two deciders in ${domain} return ${type}, each with data of another shape.`);
    shapes.set(type, shape);
  }
  return shapes;
}

/** What `decide` of the exported deciders returns, one by one; a decider is known by what it can do, not by its name. */
function eventsIn(program: ts.Program, file: string): ts.Type[] {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!);
  const values = (module ? checker.getExportsOfModule(module) : []).filter(
    ({ flags }) => flags & ts.SymbolFlags.Value,
  );
  return values.flatMap((value) => {
    const decider = checker.getTypeOfSymbol(value);
    const decide = decider.getProperty('decide');
    if (!decide || !decider.getProperty('evolve')) return [];
    const returned = checker
      .getTypeOfSymbol(decide)
      .getCallSignatures()
      .map((call) => call.getReturnType());
    return returned
      .flatMap(alternatives)
      .map((list) => checker.getIndexTypeOfType(list, ts.IndexKind.Number))
      .flatMap((event) => (event ? alternatives(event) : []));
  });
}

const alternatives = (type: ts.Type): ts.Type[] => (type.isUnion() ? type.types : [type]);

function shapeOf(
  event: ts.Type,
  checker: ts.TypeChecker,
  generator: SchemaGenerator,
): { type: string; shape: EventShape } {
  const name = event.getProperty('type');
  const named = name && checker.getTypeOfSymbol(name);
  if (!named?.isStringLiteral())
    throw new Error(
      `${checker.typeToString(event)} is returned by a decider, but its type is no single text.`,
    );
  const type = named.value;
  const described = event.getProperty('data')?.declarations?.[0]?.parent;
  const schema = described && !isGeneric(described) && generator.createSchemaFromNodes([described]);
  const data = schema && (schema.properties?.data as Definition | undefined);
  if (!data)
    throw new Error(
      `The data of ${type} has no shape of its own: describe the event by an interface or by { type; data }, without type parameters.`,
    );
  return {
    type,
    shape: withPlainNames({ data, definitions: schema.definitions as EventShape['definitions'] }),
  };
}

/** Then it says what the data of any such event is, not of this one. */
const isGeneric = (node: ts.Node): boolean =>
  ts.findAncestor(
    node,
    (outer) =>
      (ts.isTypeAliasDeclaration(outer) || ts.isInterfaceDeclaration(outer)) &&
      outer.typeParameters !== undefined,
  ) !== undefined;
