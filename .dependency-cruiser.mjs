const specs = '\\.spec\\.(ts|mjs)$';
const tests = ['(^|/)test/', specs];
const plugin = '^apps/services/([^/]+)';
const packages = '(^|/)node_modules/';
/** The second entry of libs/testing: what needs no test runner, so that `weinao plugin check` can run it. */
const conformance = '^libs/testing/conformance/index\\.ts$';
const pluginCheck = '^apps/standalone/cli/plugin-folder\\.check\\.ts$';
const store = `${packages}(pg|@nats-io/[^/]+|@kurrent/[^/]+)/`;

/** The rooms of a plugin and the walls between the projects; each comment says what to do instead. */
const rooms = [
  {
    name: 'domain-is-pure',
    comment:
      'domain/ imports its own folder and @weinao/events only. Bring what the decider needs in the command or its context; work that touches the world belongs to reactions/ or graphql/.',
    from: { path: `${plugin}/domain/`, pathNot: specs },
    to: { pathNot: ['^apps/services/$1/domain/', '^libs/events/index\\.ts$'] },
  },
  {
    name: 'read-keeps-to-rows',
    comment:
      'read/ imports its own folder, events of domain/, @weinao/events, columns of @weinao/plugins and typeorm. What a resolver needs of a row belongs into read/, so turn the import around.',
    from: { path: `${plugin}/read/`, pathNot: specs },
    to: {
      pathNot: [
        '^apps/services/$1/(read|domain)/',
        '^libs/(events|plugins)/index\\.ts$',
        `${packages}typeorm/`,
      ],
    },
  },
  {
    name: 'reactions-send-commands',
    comment:
      'reactions/ imports its own folder, domain/ and read/ of its plugin, @weinao/events and @weinao/plugins. Take events in and send commands of domain/ out; what speaks to a person belongs to graphql/.',
    from: { path: `${plugin}/reactions/`, pathNot: specs },
    to: { pathNot: ['^apps/services/$1/(reactions|read|domain)/', '^libs/(events|plugins)/index\\.ts$'] },
  },
  {
    name: 'graphql-behind-readers',
    comment:
      'graphql/ knows neither the log nor the broker. Send a command with Commands of @weinao/plugins, and read with a reader of read/.',
    from: { path: `${plugin}/graphql/`, pathNot: specs },
    to: { path: ['^libs/events/(log|bus)/', store] },
  },
  {
    name: 'graphql-keeps-to-its-rooms',
    comment:
      'graphql/ stands on read/ and domain/ of its plugin, not on reactions/ or migrations/. A reaction follows from an event, so let the command lead to one.',
    from: { path: `${plugin}/graphql/`, pathNot: specs },
    to: { path: '^apps/services/$1/(reactions|migrations|ui|test)/' },
  },
  {
    name: 'ui-behind-the-contract',
    comment:
      'ui/ imports its own folder and the generated contract/ of its plugin, not what runs on the server. Ask for it in a GraphQL document.',
    from: { path: `${plugin}/ui/`, pathNot: specs },
    to: { path: ['^apps/services/', '^libs/'], pathNot: '^apps/services/$1/(ui|contract)/' },
  },
];

const walls = [
  {
    name: 'no-plugin-imports-another',
    comment:
      'A plugin imports no other plugin, not even its types, so that each can be turned off. Name what it consumes in its manifest, and describe the event it reads in its own folder.',
    from: { path: `${plugin}/` },
    to: { path: '^apps/services/', pathNot: '^apps/services/$1/' },
  },
  {
    name: 'gateway-knows-no-plugin',
    comment:
      'The gateway imports no plugin: it composes what the plugins announce on the bus. Put the knowledge into the manifest or the subgraph of the plugin.',
    from: { path: '^apps/gateway/' },
    to: { path: '^apps/(services|standalone)/' },
  },
  {
    name: 'only-the-index-of-a-library',
    comment:
      'A library is entered through its index.ts only. Import it by its name (@weinao/…), and export there what is missing.',
    from: { path: '^((?:libs|apps)/[^/]+)/' },
    to: { path: '^libs/', pathNot: ['^libs/[^/]+/index\\.ts$', conformance, '^$1/'] },
  },
  {
    name: 'testing-in-tests-only',
    comment:
      '@weinao/testing is for tests. Move the importing file into test/ or name it *.spec.ts; what is needed at run time belongs to another library.',
    from: { path: '^(apps|libs)/', pathNot: [...tests, '^libs/testing/', pluginCheck] },
    to: { path: '^libs/testing/' },
  },
  {
    name: 'conformance-by-its-entry',
    comment:
      '`weinao plugin check` runs the conformance kit outside of tests, and nothing else of @weinao/testing. Import it as @weinao/testing/conformance.',
    from: { path: pluginCheck },
    to: { path: '^libs/testing/', pathNot: conformance },
  },
  {
    name: 'no-circular-imports',
    comment:
      'These files import each other in a circle. Move what both need into a third file which imports neither.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'nothing-unresolvable',
    comment:
      'This import leads nowhere. Correct its path (with its .ts ending), or add the package to the package.json of this project.',
    from: {},
    to: { couldNotResolve: true },
  },
];

export default {
  forbidden: [...rooms, ...walls].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: packages },
    exclude: { path: '(^|/)contract/.*\\.json$' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
