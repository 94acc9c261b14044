import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/** Hands the outcome to the process that started Jest, in the shape of TestOutcome. */
export default class TestReporter {
  onRunComplete(_contexts, results) {
    const failures = results.testResults.flatMap((file) => failuresOf(file));
    const skipped = results.testResults.flatMap(({ testResults }) =>
      testResults.filter(({ status }) => ['pending', 'todo', 'skipped', 'disabled'].includes(status)),
    );
    const outcome = {
      passed: results.numPassedTests,
      failures,
      skipped: skipped.map(({ fullName }) => fullName),
    };
    writeFileSync(process.env.WEINAO_TEST_OUTCOME, JSON.stringify(outcome));
  }
}

function failuresOf({ testFilePath, testResults, testExecError, failureMessage }) {
  const failed = testResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
  const unusable = testExecError !== undefined || (failed.length === 0 && Boolean(failureMessage));
  return unusable ? [...failed, `the file ${relative('', testFilePath)}`] : failed;
}
