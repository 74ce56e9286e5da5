// Prints `N passed, N failed` from Vitest's JSON report, and exits as the test command did.
// Plain JavaScript: it also runs where the installation failed and only an old Node is there.
import { readFileSync } from "node:fs";

const [reportFile, status] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;
try {
  const report = JSON.parse(readFileSync(reportFile, "utf8"));
  passed = report.numPassedTests;
  failed = report.numFailedTests;
  skipped = report.numPendingTests + report.numTodoTests;
  // A file that fails to load has no failed test of its own.
  if (failed === 0 && !report.success)
    failed = report.testResults.filter((r) => r.status === "failed").length;
} catch (error) {
  console.error(`No test report: ${error.message}`);
}
const exitCode = Number(status);
if (exitCode !== 0 && failed === 0) failed = 1;
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = exitCode !== 0 || failed > 0 || passed === 0 ? 1 : 0;
