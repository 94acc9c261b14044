/** What tools/test-reporter.mjs writes down at the end of a run. */
export interface TestOutcome {
  readonly passed: number;
  /** Names of the tests that failed, and of the files that could not be run. */
  readonly failures: readonly string[];
  readonly skipped: readonly string[];
}

export interface TestRun {
  /** Undefined when Jest ended before it could tell. */
  readonly outcome: TestOutcome | undefined;
  readonly exitCode: number;
  /** Jest had its results but did not end. */
  readonly hung: boolean;
  /** Only a part of the tests was asked for: of the projects, or of the tests in them. */
  readonly fewerProjects: boolean;
  readonly fewerTests: boolean;
  readonly seconds: number;
  readonly servers: string;
}

export interface TestSummary {
  readonly lines: readonly string[];
  readonly passed: boolean;
}

/** The closing lines: sentences for people, then the counts alone on the last line. */
export function summarize(run: TestRun): TestSummary {
  const { outcome } = run;
  if (outcome === undefined) return { lines: ['Jest ended without results.'], passed: run.exitCode === 0 };
  const complaints = complaintsOf(run, outcome);
  const counts = `${outcome.passed} passed, ${outcome.failures.length} failed`;
  const lines = complaints.length > 0 ? complaints : [praise(run, outcome)];
  return { lines: [...lines, counts], passed: complaints.length === 0 };
}

function complaintsOf(
  { exitCode, hung, fewerProjects, fewerTests }: TestRun,
  outcome: TestOutcome,
): string[] {
  const { passed, failures, skipped } = outcome;
  const complaints: string[] = [];
  if (failures.length > 0) {
    complaints.push(`${failures.length} of ${passed + failures.length} tests failed:`);
    complaints.push(...failures.map((name) => `  ${name}`));
  }
  if (skipped.length > 0 && !fewerTests) {
    complaints.push('Tests were skipped; a test that is not run proves nothing, so mend or remove these:');
    complaints.push(...skipped.map((name) => `  ${name}`));
  }
  if (passed + failures.length === 0 && !fewerProjects) complaints.push('No test was found.');
  if (hung) {
    complaints.push(
      'A test left something open, so Jest did not end; `npm test -- -- --detectOpenHandles` shows it.',
    );
  }
  if (complaints.length === 0 && exitCode !== 0) {
    complaints.push(`Jest ended with code ${exitCode}, though no test failed; its own words stand above.`);
  }
  return complaints;
}

function praise({ seconds, servers }: TestRun, { passed }: TestOutcome): string {
  if (passed === 0) return 'There are no tests here yet.';
  return `All ${passed} tests passed in ${Math.round(seconds)} s, on ${servers}.`;
}
