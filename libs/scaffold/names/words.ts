/** `ReportItem` is `Report` and `Item`. */
export const wordsOf = (pascal: string): string[] => pascal.match(/[A-Z][a-z0-9]*/g) ?? [];

export const camelCase = (pascal: string): string => pascal.charAt(0).toLowerCase() + pascal.slice(1);

export const pascalCase = (kebab: string): string =>
  kebab
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

export const kebabCase = (name: string): string => separated(name, '-');

/** As read models name columns and tables. */
export const snakeCase = (name: string): string => separated(name, '_');

/** What a sentence says of it: `LostItem` is a `lost item`. */
export const spoken = (name: string): string => separated(name, ' ');

/** The English plural by its common rules; who needs another renames it. */
export function pluralOf(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** The past of a verb by its common rules: what is suggested for an event. */
export function pastOf(verb: string): string {
  if (verb.endsWith('e')) return `${verb}d`;
  return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ied` : `${verb}ed`;
}

export const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

const separated = (name: string, separator: string): string =>
  name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, separator).toLowerCase();
