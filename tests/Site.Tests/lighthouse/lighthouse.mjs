// Lighthouse on home, log-in and account of a running site (default http://localhost:7071), with an account made on the way.
// Prints a table for docs/site.md; ends with 1 when a score is below 95.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import lighthouse from 'lighthouse';

const site = process.argv[2] ?? 'http://localhost:7071';
const lowest = 95;
const debugPort = 9333;
const categories = ['performance', 'accessibility', 'best-practices'];

async function json(path, body, headers = {}) {
  const answer = await fetch(site + path, body && {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

/** A new account, by way of its mail. @returns {Promise<string>} its session cookie */
async function signIn() {
  const { issuerKey } = await (await json('/local/credentials')).json();
  const issued = await json('/api/vouchers', { count: 1 }, { Authorization: `Bearer ${issuerKey}`, 'Idempotency-Key': crypto.randomUUID() });
  const { vouchers: [{ code }] } = await issued.json();
  const email = `${crypto.randomUUID()}@example.ch`;
  await json('/api/registrations', { code, name: 'Amélie Rochat', email, language: 'fr' });
  for (let tries = 0; tries < 100; tries++) {
    const [mail] = await (await json(`/local/mail?to=${email}`)).json();
    const token = /#token=(\S+)/.exec(mail?.text ?? '')?.[1];
    if (token) {
      const answer = await json('/api/activations', { token, password: 'Lampe Kamin Wolke 27' });
      return answer.headers.getSetCookie()[0].split(';')[0];
    }
    await wait(100);
  }
  throw new Error('no mail');
}

const profile = mkdtempSync(join(tmpdir(), 'lighthouse-'));
const chromium = spawn(process.env.CHROMIUM ?? 'chromium', [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run',
  `--remote-debugging-port=${debugPort}`, `--user-data-dir=${profile}`, 'about:blank',
], { stdio: 'ignore' });

async function started() {
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(`http://127.0.0.1:${debugPort}/json/version`).then(() => true, () => false)) return;
    await wait(100);
  }
  throw new Error('Chromium did not start');
}

try {
  await started();
  const cookie = await signIn();
  console.log('| Page | Performance | Accessibility | Best practices | Largest paint | Layout shift | Transferred |');
  console.log('|---|---|---|---|---|---|---|');
  for (const [name, path] of [['Home', '/'], ['Log in', '/login'], ['My account', '/account']]) {
    const { lhr } = await lighthouse(site + path, {
      port: debugPort,
      onlyCategories: categories,
      extraHeaders: path === '/account' ? { Cookie: cookie } : {},
      logLevel: 'silent',
    });
    const scores = categories.map((category) => Math.round((lhr.categories[category].score ?? 0) * 100));
    const value = (audit) => lhr.audits[audit].numericValue ?? 0;
    const shown = [
      `${(value('largest-contentful-paint') / 1000).toFixed(1)} s`,
      value('cumulative-layout-shift').toFixed(3),
      `${Math.round(value('total-byte-weight') / 1000)} kB`,
    ];
    console.log(`| ${[name, ...scores, ...shown].join(' | ')} |`);
    if (lhr.finalDisplayedUrl !== site + path) throw new Error(`${path} ended on ${lhr.finalDisplayedUrl}`);
    for (const category of categories) {
      for (const { id } of lhr.categories[category].auditRefs.filter((audit) => audit.weight > 0 && (lhr.audits[audit.id].score ?? 1) < 0.9)) {
        console.error(`${name}: ${id} ${lhr.audits[id].displayValue ?? ''}`);
      }
    }
    if (Math.min(...scores) < lowest) process.exitCode = 1;
  }
} finally {
  chromium.kill();
  await new Promise((resolve) => chromium.once('exit', resolve));
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
