// Proves the chain of deletion receipts: node infra/check-receipts.mjs FILE… — answers of GET /api/lifecycle/receipts, the newest last. All pages from the first
// on; files kept from earlier may be among them, and must say the same. Ends with 0 when the chain holds.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const beginning = '0'.repeat(64);
const files = process.argv.slice(2).map((file) => ({ file, ...JSON.parse(readFileSync(file, 'utf8')) }));
if (files.length === 0) fail('Name the files that were downloaded.');

const known = new Map();
for (const { file, receipts } of files) {
  for (const receipt of receipts) {
    const { number, at, cutOff = '', atEnd, byWish, again, previous } = receipt;
    const hash = createHash('sha256').update([number, at, cutOff, atEnd, byWish, again, previous].join('|')).digest('hex');
    if (hash !== receipt.hash) fail(`Receipt ${number} in ${file} was altered: its hash is not that of its content.`);
    if (known.has(number) && known.get(number).hash !== hash) fail(`Receipt ${number} in ${file} is not the one that was downloaded before.`);
    known.set(number, receipt);
  }
  const order = receipts.map((receipt) => receipt.number);
  if (order.some((number, index) => index > 0 && number !== order[index - 1] + 1)) fail(`In ${file} receipts are missing or out of order.`);
}

let last = { number: 0, hash: beginning };
while (known.has(last.number + 1)) {
  const next = known.get(last.number + 1);
  if (next.previous !== last.hash) fail(`Receipt ${next.number} does not follow receipt ${last.number}.`);
  last = next;
}
const head = files.at(-1).head ?? { number: 0, hash: beginning };
if (known.size !== last.number) fail(`Receipt ${last.number + 1} is missing.`);
if (head.number !== last.number || head.hash !== last.hash) {
  fail(head.number > last.number ? `Receipts after ${last.number} are missing: download them too.` : `Receipts after ${head.number} were removed.`);
}

const sum = (name) => [...known.values()].reduce((total, receipt) => total + receipt[name], 0);
console.log(`The chain holds: ${known.size} receipts, ${sum('atEnd')} accounts deleted at their end, ${sum('byWish')} by wish, ${sum('again')} again.`);

function fail(why) {
  console.error(why);
  process.exit(1);
}
