// Where a log-in may lead on to: a path of this site that is known here, and nothing else. The text comes from the
// address bar, so anybody may have written it.

const pages = ['/training', '/documents', '/account'];
const course = '/api/training/';

/** @param {string | null} text @returns {string | null} the path as the browser reads it, without query and fragment */
export function returnAddress(text) {
  // One slash first: two, or a backslash, would be another host.
  if (!text || !/^\/(?![/\\])/.test(text)) return null;
  let url;
  try { url = new URL(text, location.origin); } catch { return null; }
  const path = url.pathname;
  if (url.origin !== location.origin || text !== path) return null;
  if (pages.includes(path)) return path;
  // An encoded slash, backslash or dot is no part of a name in a course.
  return (path === '/api/training' || path.startsWith(course)) && !/\/\/|%(?:2f|5c|2e|25)/i.test(path) ? path : null;
}
