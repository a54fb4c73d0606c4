// A reviewer clears the queue in a real browser without touching the mouse.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openDesk } from './desk.mjs';
import { Key, Person } from './person.mjs';

/** Orders that one story clears at most. */
const MOST = 10;

let desk;
before(async () => {
  desk = await openDesk();
});
after(() => desk.close());

/** What the queue says waits for review. */
async function waiting(person) {
  await person.goes('/review');
  return (await person.all('main tbody tr')).length;
}

test('the queue is cleared by the keyboard alone, each order approved or given back', async (story) => {
  const person = await Person.at(desk, {});
  try {
    await person.signsIn('demo-reviewer');
    const before = await waiting(person);
    assert.ok(before > 0, 'the demo has orders that wait');
    await person.tabsTo('form[action="/review/next"] button');
    await person.turns(() => person.keys(Key.ENTER));
    let [approved, returned] = [0, 0];
    while (approved + returned < MOST && /^\/review\/[0-9a-f]/.test(await person.where())) {
      await person.keys('a');
      const approves = await person.run('return document.activeElement?.dataset.press === "a"');
      assert.ok(approves, `a leads to the button that approves at ${await person.where()}`);
      await person.turns(() => person.keys(Key.ENTER));
      if (!/^错误：/.test(await person.run('return document.title'))) {
        approved += 1;
        continue;
      }
      // What the checks find stops it: the first field gets the first usual reason, and the order goes back.
      await person.keys('j', '1', 'r');
      await person.turns(() => person.keys(Key.ENTER));
      assert.match(await person.where(), /\/return/, await person.reads());
      await person.keys('a');
      await person.turns(() => person.keys(Key.ENTER));
      returned += 1;
    }
    story.diagnostic(`${approved} approved, ${returned} given back of ${before}`);
    assert.ok(approved + returned > 0);
    assert.ok((await waiting(person)) < before);
  } finally {
    await person.leaves();
  }
});
