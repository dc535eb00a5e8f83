// Writes normal-forms.txt, the data of the Unicode normal forms: `node domain/Unicode/normal-forms.mjs`.
// The app runs without ICU (docs/decisions/0018-normal-forms.md), so it carries the data itself. The source is the ICU of Node.
import { writeFileSync } from 'node:fs';

const characters = [];
for (let code = 0x80; code <= 0x10ffff; code++) {
  // Hangul syllables follow a formula, and half a surrogate pair is no character.
  if ((code < 0xac00 || code > 0xd7a3) && (code < 0xd800 || code > 0xdfff)) {
    characters.push(String.fromCodePoint(code));
  }
}
const hex = text => [...text].map(character => character.codePointAt(0).toString(16)).join(' ');
const isMovedBefore = (first, second) => ('a' + first + second).normalize('NFD') === ('a' + second + first).normalize('NFD') && ('a' + first + second).normalize('NFD') === 'a' + second + first;

// Marks have a combining class; the normal forms only need the order of the classes. U+0334 has the lowest class, U+0345 the highest.
const marks = characters.filter(character => character.normalize('NFD') === character
  && (character === '\u0334' || character === '\u0345' || isMovedBefore(character, '\u0334') || isMovedBefore('\u0345', character)));
const order = (first, second) => isMovedBefore(first, second) ? 1 : isMovedBefore(second, first) ? -1 : 0;
const classes = [];
for (const mark of marks.toSorted(order)) {
  if (classes.length > 0 && order(classes.at(-1)[0], mark) === 0) {
    classes.at(-1).push(mark);
  } else {
    classes.push([mark]);
  }
}

const lines = [`# Unicode ${process.versions.unicode}, written by normal-forms.mjs: do not edit.`];
for (const [index, ofClass] of classes.entries()) {
  lines.push(`class ${index + 1} ${hex(ofClass.toSorted((a, b) => a.codePointAt(0) - b.codePointAt(0)).join(''))}`);
}
for (const character of characters) {
  const canonical = character.normalize('NFD');
  const parts = [...canonical];
  if (canonical !== character && character.normalize('NFC') === character) {
    lines.push(`pair ${hex(character)} ${hex(parts.slice(0, -1).join('').normalize('NFC'))} ${hex(parts.at(-1))}`);
  } else if (canonical !== character) {
    lines.push(`same ${hex(character)} ${hex(canonical)}`);
  }
  const compatible = character.normalize('NFKD');
  if (compatible !== canonical && canonical === character) {
    lines.push(`like ${hex(character)} ${hex(compatible)}`);
  }
}
writeFileSync(new URL('normal-forms.txt', import.meta.url), lines.join('\n') + '\n');
