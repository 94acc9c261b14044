import ts from 'typescript';
import { parse, spliced } from './syntax.ts';

export interface Imported {
  readonly names: readonly string[];
  readonly from: string;
  readonly typeOnly?: boolean;
}

/** Adds what is not imported yet, in the order of the house: packages, beside, above. */
export function addImport(text: string, wanted: Imported): string {
  const imports = parse(text).statements.filter(ts.isImportDeclaration);
  const same = imports.find((one) => moduleOf(one) === wanted.from && isTypeOnly(one) === !!wanted.typeOnly);
  if (same) return withNames(text, same, wanted.names);
  const later = imports.find((one) => isBefore(wanted.from, moduleOf(one)));
  if (later) return spliced(text, later.getStart(), `${statement(wanted)}\n`);
  return spliced(text, imports.at(-1)?.end ?? 0, `\n${statement(wanted)}\n`);
}

const statement = ({ names, from, typeOnly }: Imported): string =>
  `import ${typeOnly ? 'type ' : ''}{ ${names.join(', ')} } from '${from}';`;

const moduleOf = ({ moduleSpecifier }: ts.ImportDeclaration): string =>
  (moduleSpecifier as ts.StringLiteral).text;

const isTypeOnly = ({ importClause }: ts.ImportDeclaration): boolean =>
  importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;

function withNames(text: string, declaration: ts.ImportDeclaration, names: readonly string[]): string {
  const bindings = declaration.importClause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings)) return text;
  const present = bindings.elements.map((element) => element.getText());
  const all = [...new Set([...present, ...names])].sort((a, b) => a.localeCompare(b, 'en'));
  return `${text.slice(0, bindings.getStart())}{ ${all.join(', ')} }${text.slice(bindings.end)}`;
}

const rank = (module: string): number => (module.startsWith('../') ? 2 : module.startsWith('./') ? 1 : 0);

const isBefore = (a: string, b: string): boolean => (rank(a) === rank(b) ? a < b : rank(a) < rank(b));
