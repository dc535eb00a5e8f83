// Calls to the service. Whatever happens, the caller gets data or a problem with a code it can explain.

/**
 * @typedef {object} Problem
 * @property {number} status
 * @property {string} code
 * @property {number} [retryAfter] seconds
 * @property {string} [reason]
 * @property {string} [pendingUntil]
 * @property {string} [expiredAt]
 * @property {string} [usedAt]
 * @property {string} [deletedAtLatest]
 * @property {Record<string, string[]>} [errors]
 */
/**
 * @template T
 * @typedef {{ ok: true, data: T } | { ok: false, problem: Problem }} Answer
 */

/** The account that this page shows. @type {string | undefined} */
let account;

/** From now on the service refuses every call of this page once somebody else has logged in beside it. @param {string} accountId */
export function actFor(accountId) {
  account = accountId;
}

/** For every call of a signed-in person. @returns {Record<string, string>} */
export function accountHeader() {
  return account ? { 'X-Account': account } : {};
}

/**
 * @template T
 * @param {string} method @param {string} path @param {object} [body] @param {Record<string, string>} [headers]
 * @returns {Promise<Answer<T>>}
 */
export async function call(method, path, body, headers) {
  const init = /** @type {RequestInit} */ ({ method, headers: { Accept: 'application/json', ...accountHeader(), ...headers }, cache: 'no-store' });
  if (method !== 'GET') {
    init.headers = { ...init.headers, 'Content-Type': 'application/json' };
    init.body = body ? JSON.stringify(body) : undefined;
  }
  let response;
  try {
    response = await fetch(path, init);
  } catch {
    return { ok: false, problem: { status: 0, code: 'offline' } };
  }
  if (!response.ok) return { ok: false, problem: await problemOf(response) };
  const data = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  return { ok: true, data: /** @type {T} */ (data) };
}

/** @param {Response} response @returns {Promise<Problem>} */
export async function problemOf(response) {
  return toProblem(
    response.status,
    await response.json().catch(() => ({})),
    response.headers.get('Retry-After'),
  );
}

/** @param {number} status @param {any} body @param {string | null} retryAfter @returns {Problem} */
export function toProblem(status, body, retryAfter) {
  const seconds = Number(retryAfter ?? body?.retryAfter);
  const code = typeof body?.code === 'string' ? body.code
    : status === 404 ? 'not-there'
    : status === 429 ? 'too-many-attempts'
    : status >= 500 ? 'service-unavailable'
    : 'unexpected';
  return { ...body, status, code, retryAfter: seconds > 0 ? seconds : undefined };
}
