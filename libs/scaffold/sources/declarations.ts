import ts from 'typescript';
import { findNode, isNamed, parse, spliced } from './syntax.ts';
import { found } from './unrecognised.ts';

/** The list that a variable, or a property of an object, is. @throws Unrecognised */
export function appendToList(text: string, name: string, element: string): string {
  const list = found(listNamed(text, name), `${name}: […, ${element}]`);
  const last = list.elements.at(-1);
  return last ? spliced(text, last.end, `, ${element}`) : spliced(text, list.end - 1, element);
}

/** Where the object has no such list yet, it gets one after its property of another name. @throws Unrecognised */
export function appendToOptionalList(text: string, name: string, element: string, after: string): string {
  if (listNamed(text, name)) return appendToList(text, name, element);
  const list = found(listNamed(text, after), `${name}: [${element}]`);
  return spliced(text, list.end, `, ${name}: [${element}]`);
}

/** @throws Unrecognised */
export function appendToUnion(text: string, name: string, member: string): string {
  const isIt = (node: ts.Node): node is ts.TypeAliasDeclaration =>
    ts.isTypeAliasDeclaration(node) && isNamed(node, name);
  const alias = found(findNode(parse(text), isIt), `type ${name} = … | ${member}`);
  return spliced(text, alias.type.end, ` | ${member}`);
}

/** @throws Unrecognised */
export function appendToInterface(text: string, name: string, member: string): string {
  const isIt = (node: ts.Node): node is ts.InterfaceDeclaration =>
    ts.isInterfaceDeclaration(node) && isNamed(node, name);
  const type = found(findNode(parse(text), isIt), `interface ${name} { … ${member} }`);
  return spliced(text, type.end - 1, `${member}\n`);
}

/** The object that a property is. @throws Unrecognised */
export function appendToObject(text: string, name: string, property: string): string {
  const isIt = (node: ts.Node): node is ts.PropertyAssignment & { initializer: ts.ObjectLiteralExpression } =>
    ts.isPropertyAssignment(node) && isNamed(node, name) && ts.isObjectLiteralExpression(node.initializer);
  const { initializer } = found(findNode(parse(text), isIt), `${name}: { …, ${property} }`);
  const last = initializer.properties.at(-1);
  return last ? spliced(text, last.end, `, ${property}`) : spliced(text, initializer.end - 1, property);
}

/** Of the switch in a method; before its default. @throws Unrecognised */
export function appendCase(text: string, method: string, clause: string): string {
  const isMethod = (node: ts.Node): node is ts.MethodDeclaration =>
    ts.isMethodDeclaration(node) && isNamed(node, method);
  const holder = findNode(parse(text), isMethod);
  const { caseBlock } = found(holder && findNode(holder, ts.isSwitchStatement), clause);
  const otherwise = caseBlock.clauses.find(ts.isDefaultClause);
  return spliced(text, otherwise ? otherwise.getStart() : caseBlock.end - 1, `${clause.trim()}\n`);
}

/** Before the first private method of a class, or at its end. @throws Unrecognised */
export function appendMethod(text: string, className: string, method: string): string {
  const isIt = (node: ts.Node): node is ts.ClassDeclaration =>
    ts.isClassDeclaration(node) && isNamed(node, className);
  const owner = found(findNode(parse(text), isIt), method);
  const isPrivate = (member: ts.ClassElement): boolean =>
    ts.isMethodDeclaration(member) &&
    (member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) ?? false);
  const first = owner.members.find(isPrivate);
  return spliced(text, first ? first.getFullStart() : owner.end - 1, `\n\n${method}\n`);
}

/** Before what a function returns. @throws Unrecognised */
export function insertBeforeReturn(text: string, functionName: string, statement: string): string {
  const returned = functionNamed(text, functionName)?.body?.statements.find(ts.isReturnStatement);
  return spliced(text, found(returned, statement).getStart(), `${statement.trim()}\n`);
}

/** @throws Unrecognised */
export function insertBeforeFunction(text: string, functionName: string, statement: string): string {
  return spliced(
    text,
    found(functionNamed(text, functionName), statement).getFullStart(),
    `\n\n${statement}`,
  );
}

function functionNamed(text: string, name: string): ts.FunctionDeclaration | undefined {
  const isIt = (node: ts.Node): node is ts.FunctionDeclaration =>
    ts.isFunctionDeclaration(node) && isNamed(node, name);
  return findNode(parse(text), isIt);
}

function listNamed(text: string, name: string): ts.ArrayLiteralExpression | undefined {
  type Declared = (ts.PropertyAssignment | ts.VariableDeclaration) & {
    initializer: ts.ArrayLiteralExpression;
  };
  const isIt = (node: ts.Node): node is Declared =>
    (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) &&
    isNamed(node, name) &&
    node.initializer !== undefined &&
    ts.isArrayLiteralExpression(node.initializer);
  return findNode(parse(text), isIt)?.initializer;
}
