// Sends one file with its progress, which fetch cannot tell.
import { accountHeader, toProblem } from './api.js';

/** @typedef {{ ifMatch: string } | { isNew: true }} Condition */

/**
 * @param {File} file @param {Condition} condition @param {(share: number) => void} progress 0 to 1
 * @returns {Promise<import('./api.js').Problem | null>}
 */
export function upload(file, condition, progress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `/api/documents/${encodeURIComponent(file.name)}`);
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    for (const [name, value] of Object.entries(accountHeader())) request.setRequestHeader(name, value);
    if ('ifMatch' in condition) request.setRequestHeader('If-Match', condition.ifMatch);
    else request.setRequestHeader('If-None-Match', '*');
    request.upload.onprogress = (event) => progress(event.total ? event.loaded / event.total : 0);
    request.onerror = () => resolve({ status: 0, code: 'offline' });
    request.onload = () => resolve(request.status < 300 ? null : problem(request));
    request.send(file);
  });
}

/** @param {XMLHttpRequest} request */
function problem(request) {
  let body = {};
  try { body = JSON.parse(request.responseText); } catch { /* not from the service itself */ }
  return toProblem(request.status, body, request.getResponseHeader('Retry-After'));
}
