// Every page that somebody of each role comes to by links: nothing that axe finds wrong, in either language and scheme, nothing wider than a
// phone, nothing heavier than 30 kB, nothing that the policy of the pages forbids.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PEOPLE, openDesk } from './desk.mjs';
import { Person } from './person.mjs';

/** Bytes of a page with all that belongs to it, compressed. */
const HEAVIEST = 30_000;

/** Pages of one shape that are looked at, of each: orders, numbers, instances and the like. */
const OF_A_SHAPE = 2;

/** Pages that are looked at by one person at most: more would be a way around in circles. */
const MOST_PAGES = 110;

/** Made by others, or no page. */
const LEFT_OUT = [/^\/api\//, /^\/(readyz|healthz|metrics)$/, /^\/assets\//, /\/pictures\//, /\.(csv|xlsx|pdf|svg|json)(\?|$)/];

let desk;
before(async () => {
  desk = await openDesk();
});
after(() => desk.close());

/** The same for pages that differ in what they are about alone. */
function shape(path) {
  const [place, query = ''] = path.split('?');
  const alike = /^\/problems\//.test(place);
  const parts = place.split('/').map((part, at) => (/[0-9%]/.test(part) || (alike && at === 2) ? '*' : part));
  return parts.join('/') + '?' + [...new URLSearchParams(query).keys()].sort().join('&');
}

/** Looks at a page in every way that counts. */
async function looks(person, path, faults) {
  await person.goes(path);
  const at = `${await person.where()}: `;
  const page = await person.run(`return {
    headings: document.querySelectorAll('h1').length,
    lang: document.documentElement.lang,
    title: document.title,
    over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    weight: performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
      .filter((entry) => !entry.name.includes('/pictures/'))
      .reduce((sum, entry) => sum + entry.encodedBodySize, 0),
  }`);
  if (page.headings !== 1) faults.push(`${at}${page.headings} main headings`);
  if (!page.lang || !page.title) faults.push(`${at}no language or no title`);
  if (page.over > 0) faults.push(`${at}${page.over} pixels too wide`);
  if (page.weight > HEAVIEST) faults.push(`${at}${page.weight} bytes`);
  if (page.weight === 0) faults.push(`${at}it was not weighed`);
  for (const fault of await person.faults()) faults.push(at + fault);
  for (const line of await person.complaints()) faults.push(at + line);
}

/** Goes wherever links lead, and looks at what is there. */
async function walks(person) {
  const faults = [];
  const seen = new Map();
  const looked = new Set();
  const next = ['/'];
  while (next.length > 0 && looked.size < MOST_PAGES) {
    const path = next.shift();
    const kind = shape(path);
    if (looked.has(path) || (seen.get(kind) ?? 0) >= OF_A_SHAPE) continue;
    looked.add(path);
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    await looks(person, path, faults);
    const links = (await person.links()).map((link) => link.replace(/[?&]lang=[^&]*/, ''));
    next.push(...links.filter((link) => !LEFT_OUT.some((out) => out.test(link))));
  }
  return { faults, looked };
}

const WAYS = [
  { wide: 1440, dark: false, lang: 'zh-CN' },
  { wide: 360, dark: true, lang: 'en' },
];

for (const who of [null, ...PEOPLE]) {
  for (const way of WAYS) {
    const name = `${who ?? 'anybody'}, ${way.wide} px, ${way.dark ? 'dark' : 'light'}, ${way.lang}`;
    test(`nothing is wrong with the pages of ${name}`, async (story) => {
      const person = await Person.at(desk, way);
      try {
        if (who) await person.signsIn(who);
        const { faults, looked } = await walks(person);
        story.diagnostic(`${looked.size} pages: ${[...looked].join(' ')}`);
        assert.deepEqual(faults, []);
        assert.ok(looked.size >= 6, `${looked.size} pages only`);
      } finally {
        await person.leaves();
      }
    });
  }
}
