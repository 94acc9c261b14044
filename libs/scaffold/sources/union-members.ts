import ts from 'typescript';
import { findNode, isNamed, parse } from './syntax.ts';

/** A command or an event, as the union of all of them names it. */
export interface UnionMember {
  readonly type: string;
  /** What it says beside its type. */
  readonly fields: readonly string[];
  /** Of an event: what its data hold. */
  readonly data: readonly string[];
}

/** None where there is no such union of types with literal names. */
export function membersOf(text: string, name: string): UnionMember[] {
  const isIt = (node: ts.Node): node is ts.TypeAliasDeclaration =>
    ts.isTypeAliasDeclaration(node) && isNamed(node, name);
  const type = findNode(parse(text), isIt)?.type;
  if (!type) return [];
  const members = ts.isUnionTypeNode(type) ? [...type.types] : [type];
  return members.filter(ts.isTypeLiteralNode).flatMap(memberOf);
}

function memberOf(literal: ts.TypeLiteralNode): UnionMember[] {
  const type = propertyOf(literal, 'type');
  if (!type || !ts.isLiteralTypeNode(type) || !ts.isStringLiteral(type.literal)) return [];
  const data = propertyOf(literal, 'data');
  return [
    {
      type: type.literal.text,
      fields: namesOf(literal).filter((name) => name !== 'type'),
      data: data && ts.isTypeLiteralNode(data) ? namesOf(data) : [],
    },
  ];
}

const propertiesOf = ({ members }: ts.TypeLiteralNode): ts.PropertySignature[] =>
  members.filter(ts.isPropertySignature);

const namesOf = (literal: ts.TypeLiteralNode): string[] =>
  propertiesOf(literal).map(({ name }) => name.getText());

const propertyOf = (literal: ts.TypeLiteralNode, name: string): ts.TypeNode | undefined =>
  propertiesOf(literal).find((property) => isNamed(property, name))?.type;
