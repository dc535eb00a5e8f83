// What a month costs, from counted storage calls and mails; writes docs/cost.md, or with --check says whether it is up to date.
import { readFileSync, writeFileSync } from 'node:fs';

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const { currency, asOf, note, query, prices } = read('prices.json');
const usage = read('usage.json');
const target = new URL('../../docs/cost.md', import.meta.url);

const days = 365 / 12;
const secondsAMonth = days * 86400;
const n = (group, name) => usage[group][name].count;
const cost = (name, amount) => Math.max(0, amount - (prices[name].free ?? 0)) * prices[name].price;

const sizes = {
  small: { memoryGB: 0.5, alwaysReady: 0 },
  production: { memoryGB: 2, alwaysReady: 2 },
};

/** The bill of a month, line by line, at so many participants a year. */
function bill(participants, size) {
  const { memoryGB, alwaysReady } = sizes[size];
  const people = participants / 12;
  const requests = people * (n('participant', 'logIns') + n('participant', 'signedInRequests') + n('participant', 'otherRequests') + n('participant', 'documents') + n('participant', 'documentReads'));
  const mails = people * n('participant', 'mails');
  const each = n('operations', 'issue') + n('operations', 'check') + n('operations', 'register') + n('operations', 'activate')
    + n('operations', 'logIn') * n('participant', 'logIns') + n('operations', 'signedInRequest') * n('participant', 'signedInRequests')
    + n('operations', 'mail') * n('participant', 'mails') + n('operations', 'endOfLife') + n('operations', 'document') * n('participant', 'documents');
  const operations = people * each + n('operations', 'timersADay') * days;
  const timers = n('executions', 'timersADay') * days;
  const seconds = n('executions', 'secondsEach');
  const stock = people * n('sizes', 'monthsKept');
  const requestSeconds = requests * seconds * memoryGB;
  const onDemand = timers * seconds * memoryGB + (alwaysReady > 0 ? 0 : requestSeconds);
  const logs = (operations * n('sizes', 'storageLogKB') + requests * n('sizes', 'requestLogKB')) / 1e6 + n('sizes', 'metricsGB');
  return {
    'Functions: work': cost('functions.gbSecond', onDemand) + cost('functions.execution', timers + (alwaysReady > 0 ? 0 : requests))
      + (alwaysReady > 0 ? requestSeconds * prices['functions.readyActiveGbSecond'].price + requests * prices['functions.execution'].price : 0),
    'Functions: instances that wait': alwaysReady * memoryGB * secondsAMonth * prices['functions.readyGbSecond'].price,
    'Tables': cost('table.operation', operations) + cost('table.gb', stock * n('sizes', 'rowKB') / 1e6),
    'Documents': cost('blob.write', people * n('participant', 'documents') * 2) + cost('blob.read', people * n('participant', 'documentReads'))
      + cost('blob.gb', stock * n('participant', 'documents') * n('participant', 'documentMB') / 1e3),
    'Mail': cost('mail.each', mails) + cost('mail.mb', mails * n('sizes', 'mailMB')),
    'Website': prices['site.month'].price,
    'Logs and metrics': cost('logs.gb', logs),
    'Alerts': 4 * prices['alerts.fiveMinutes'].price + 3 * prices['alerts.fifteenMinutes'].price,
    'Keys': cost('vault.operation', 10000),
  };
}

const cases = [[1000, 'small'], [20000, 'production'], [200000, 'production']];
const bills = cases.map(([participants, size]) => bill(participants, size));
const money = (amount) => (amount > 0 && amount < 0.01 ? '<0.01' : amount.toFixed(2));
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = [
  row([`${currency} a month`, ...cases.map(([participants, size]) => `${participants.toLocaleString('en')} a year, ${size}`)]),
  row(['---', ...cases.map(() => '---:')]),
  ...Object.keys(bills[0]).map((line) => row([line, ...bills.map((each) => money(each[line]))])),
  row(['**Together**', ...bills.map((each) => `**${money(Object.values(each).reduce((sum, amount) => sum + amount, 0))}**`)]),
];
const inputs = Object.entries(prices).map(([name, { price, per, free, filter }]) => row([name, price, per, free ?? '', `\`${filter}\``]));
const counts = Object.entries(usage).filter(([group]) => group !== 'note')
  .flatMap(([group, entries]) => Object.entries(entries).map(([name, { count, why }]) => row([`${group}.${name}`, count, why])));

const text = `# What it costs

Written by \`node infra/cost/cost.mjs\` from \`infra/cost/prices.json\` (prices of ${asOf}) and \`infra/cost/usage.json\`. Change those, not this.

${table.join('\n')}

Not in it: the people who run it, tax, traffic beyond the website's 100 GB, and what the mail domain costs. ${usage.note}

## Prices

${note}

To look one up, with the filter of its line (website and mail may be priced for \`Global\` rather than a region):

\`\`\`sh
curl -sG "${query.address}" --data-urlencode "currencyCode=${query.currency}" --data-urlencode "\\$filter=armRegionName eq '${query.region}' and FILTER"
\`\`\`

| Price | ${currency} | per | free a month | filter |
|---|---|---|---|---|
${inputs.join('\n')}

## Amounts

| Amount | | why |
|---|---|---|
${counts.join('\n')}
`;

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('docs/cost.md is not what infra/cost/cost.mjs writes today.');
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, text);
  console.log(table.join('\n'));
}
