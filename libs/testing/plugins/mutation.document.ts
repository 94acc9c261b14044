/**
 * A mutation of one thing, named by `id` or whatever `key` says, which answers with the fragment `whole`.
 *
 * @param declared the further variables as GraphQL declares them, such as `$reason: String!`
 */
export function mutationDocument(field: string, declared: string, fragment: string, key = 'id'): string {
  const given = [...declared.matchAll(/\$(\w+)/g)].map(([, name]) => `, ${name}: $${name}`).join('');
  const rest = declared ? `, ${declared}` : '';
  return `mutation ($${key}: ID!${rest}) { ${field}(${key}: $${key}${given}) { ...whole } } ${fragment}`;
}
