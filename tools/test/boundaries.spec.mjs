import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importViolations } from './import-violations.mjs';
import { lintViolations } from './lint-violations.mjs';
import { accomplices, projects, wellMade } from './planted-files.mjs';
import { PlantedWorkspace } from './planted-workspace.mjs';

const planted = (violations) => Object.fromEntries(violations.map(([, path, text]) => [path, `${text}\n`]));

let workspace;
let findings;
let report;

beforeAll(async () => {
  const files = { ...wellMade, ...accomplices, ...planted(lintViolations), ...planted(importViolations) };
  workspace = await PlantedWorkspace.plant(projects, files);
  findings = workspace.lint();
  report = workspace.cruise();
});

afterAll(() => workspace?.remove());

describe('the linter', () => {
  it.each(lintViolations)('refuses %s', (_, path, _text, rule, remedy) => {
    expect(findings.get(path)).toContainEqual(expect.stringMatching(new RegExp(`^${rule}: `)));
    expect(findings.get(path).join('\n')).toContain(remedy);
  });

  it.each(Object.keys(wellMade))('has nothing to say about %s', (path) => {
    expect(findings.get(path)).toEqual([]);
  });
});

describe('the walls between the rooms', () => {
  it.each(importViolations)('keep out %s', (_, path, _text, rule, remedy) => {
    const findingsOfRule = report
      .split(/\n(?= *error )/)
      .filter((line) => line.includes(`error ${rule}: ${path} `));
    expect(findingsOfRule).toHaveLength(1);
    expect(findingsOfRule[0]).toContain(remedy);
  });

  it.each(Object.keys(wellMade))('let %s be', (path) => {
    expect(report).not.toContain(`: ${path} `);
  });
});
