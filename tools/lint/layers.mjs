/** Which layer may depend on which; the tags stand in the package.json of each project. */
const dependencies = {
  events: ['events'],
  plugins: ['events', 'plugins'],
  testing: ['events', 'plugins', 'testing', 'embedded', 'composition'],
  embedded: ['embedded'],
  composition: ['composition'],
  scaffold: ['scaffold'],
  gateway: ['events', 'plugins', 'composition'],
  service: ['events', 'plugins', 'composition'],
  bench: ['events', 'plugins', 'testing', 'embedded', 'composition', 'gateway', 'bench'],
  proofs: ['events', 'plugins', 'testing', 'embedded', 'gateway', 'service', 'proofs'],
  // testing: `weinao plugin check`, by the one entry that .dependency-cruiser.mjs lets it have
  standalone: [
    ...['events', 'plugins', 'testing', 'embedded', 'composition', 'scaffold', 'gateway', 'service'],
    'standalone',
  ],
};

// libs/testing stands on these libraries, and their own specs on libs/testing: no file depends on itself by that.
const ignoredCircularDependencies = ['events', 'plugins', 'embedded'].flatMap((name) => [
  [`@weinao/${name}`, '@weinao/testing'],
  ['@weinao/testing', `@weinao/${name}`],
]);

function boundaries(forTests) {
  const depConstraints = Object.entries(dependencies).map(([layer, allowed]) => ({
    sourceTag: `layer:${layer}`,
    onlyDependOnLibsWithTags: [...allowed, ...(forTests ? ['testing', 'embedded'] : [])].map(
      (name) => `layer:${name}`,
    ),
  }));
  const options = {
    allowCircularSelfDependency: forTests, // a test may take its own library by name, as users do
    enforceBuildableLibDependency: false,
    ignoredCircularDependencies,
    depConstraints,
  };
  return { '@nx/enforce-module-boundaries': ['error', options] };
}

export const layers = boundaries(false);
export const layersOfTests = boundaries(true);
