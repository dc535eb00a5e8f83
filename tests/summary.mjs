// Usage: node summary.mjs FOLDER. Prints what test.sh noted there: the steps with their seconds and processor seconds, then of all reports the slowest tests and those that failed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const slowest = 20;
const [folder] = process.argv.slice(2);
const seconds = (value) => value.toFixed(1).padStart(8);

const steps = readFileSync(join(folder, 'steps'), 'utf8').trim().split('\n').map((line) => line.split('\t'));
console.log('\n seconds  of cpu  step');
for (const [name, wall, user, system] of steps) {
  console.log(`${seconds(Number(wall))}${seconds(Number(user) + Number(system))}  ${name}`);
}

const reports = readdirSync(join(folder, 'reports')).map((file) => JSON.parse(readFileSync(join(folder, 'reports', file), 'utf8')));
const tests = reports.flatMap((report) => report.results.tests).sort((one, other) => other.duration - one.duration);
if (tests.length > 0) {
  console.log('\n seconds  the slowest tests');
}
for (const { name, duration } of tests.slice(0, slowest)) {
  console.log(`${seconds(duration / 1000)}  ${name.slice(0, 150)}`);
}

const failed = tests.filter(({ status }) => status === 'failed');
if (failed.length > 0) {
  console.log('\n these failed (their traces are above)');
}
for (const { name, message } of failed) {
  console.log(`  ${name}\n    ${(message ?? '').replaceAll('\\"', '"').trim().slice(0, 600).replaceAll('\n', '\n    ')}`);
}
