import ts from 'typescript';

export const parse = (text: string): ts.SourceFile =>
  ts.createSourceFile('source.ts', text, ts.ScriptTarget.ESNext, true);

/** The first node, from the outside in, that is so. */
export function findNode<Node extends ts.Node>(
  root: ts.Node,
  is: (node: ts.Node) => node is Node,
): Node | undefined {
  if (is(root)) return root;
  return ts.forEachChild(root, (child) => findNode(child, is));
}

export const isNamed = (node: ts.Node, name: string): boolean =>
  ts.isIdentifier((node as ts.NamedDeclaration).name ?? node) &&
  ((node as ts.NamedDeclaration).name as ts.Identifier | undefined)?.text === name;

export const spliced = (text: string, position: number, added: string): string =>
  text.slice(0, position) + added + text.slice(position);
