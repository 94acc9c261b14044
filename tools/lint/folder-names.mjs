import { relative, sep } from 'node:path';

const nondescript = new Set(['impl', 'core', 'common', 'utils', 'helpers', 'base']);

/** A folder is named after what its files are about, so that one can find them and knows what does not belong. */
export const folderNames = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      nondescript:
        'The folder name `{{name}}` says nothing about what lies in it: name it after its subject, or put the file beside the one that uses it.',
    },
  },
  create(context) {
    const folders = relative(context.cwd, context.filename).split(sep).slice(0, -1);
    const name = folders.find((folder) => nondescript.has(folder));
    if (name === undefined) return {};
    return { Program: (node) => context.report({ node, messageId: 'nondescript', data: { name } }) };
  },
};
