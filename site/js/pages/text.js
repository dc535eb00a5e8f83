// Pages that are only read: questions and answers, privacy, accessibility, imprint, not found.
import { arrive } from '../shell.js';

arrive();
document.querySelector('#try-again')?.addEventListener('click', () => location.reload());
// A link to one question opens it.
if (location.hash) document.querySelector(`details${location.hash}`)?.toggleAttribute('open', true);
