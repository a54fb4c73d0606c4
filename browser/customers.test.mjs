// What customers do at the desk in a real browser: with a script and without, by the keyboard alone, with a nervous mouse, with two tabs, and
// after their session ended.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSWORD, openDesk } from './desk.mjs';
import { Key, Person } from './person.mjs';

let desk;
before(async () => {
  desk = await openDesk();
});
after(() => desk.close());

/** A story of somebody with a browser, which is closed whatever happens. */
function story(name, how, tells) {
  test(name, async () => {
    const person = await Person.at(desk, how);
    try {
      await tells(person);
    } finally {
      await person.leaves();
    }
  });
}

/** The address of the first product for which he can apply, and how many codes it has, as the page says. */
async function applicable(person) {
  await person.goes('/products');
  return person.run(`const link = document.querySelector('main a[href$="/apply"]');
    return [link.getAttribute('href'), Number(/\\d+/.exec(link.closest('tr').querySelector('td:nth-of-type(3)').textContent)[0])]`);
}

async function codes(person, href) {
  await person.goes('/products');
  return person.run(
    `const rows = [...document.querySelectorAll('main tbody tr')];
     const row = rows.find((row) => arguments[0].includes('/' + row.querySelector('.id').textContent + '/'));
     return Number(/\\d+/.exec(row.querySelector('td:nth-of-type(3)').textContent)[0])`,
    href,
  );
}

for (const scripts of [true, false]) {
  story(`a code is applied for ${scripts ? 'with' : 'without'} a script`, { scripts, wide: 360 }, async (person) => {
    await person.signsIn('demo-customer');
    const [href, had] = await applicable(person);
    await person.goes(href);
    await person.presses('main form button');
    await person.sees('申请成功，共 1 个备案服务号');
    assert.equal(await codes(person, href), had + 1);
  });
}

story('a code is applied for by the keyboard alone', { lang: 'en' }, async (person) => {
  await person.goes('/');
  await person.tabsTo('a[href^="/sign-in"]');
  await person.turns(() => person.keys(Key.ENTER));
  await person.tabsTo('input[name="name"]');
  await person.keys('demo-customer', Key.TAB, PASSWORD);
  await person.turns(() => person.keys(Key.ENTER));
  await person.tabsTo('a[href="/products"]');
  await person.turns(() => person.keys(Key.ENTER));
  await person.tabsTo('main a[href$="/apply"]');
  await person.turns(() => person.keys(Key.ENTER));
  await person.tabsTo('main form button');
  await person.turns(() => person.keys(Key.ENTER));
  await person.sees('One service code was issued');
});

for (const scripts of [true, false]) {
  story(`who clicks twice gets one code, ${scripts ? 'with' : 'without'} a script`, { scripts }, async (person) => {
    await person.signsIn('demo-customer');
    const [href, had] = await applicable(person);
    await person.goes(href);
    const button = await person.find('main form button');
    await person.turns(() => person.driver.actions().doubleClick(button).perform());
    await person.sees('备案服务号');
    assert.equal(await codes(person, href), had + 1);
  });
}

story('who goes back and sends the form again gets no second code', {}, async (person) => {
  await person.signsIn('demo-customer');
  const [href, had] = await applicable(person);
  await person.goes(href);
  const key = 'return document.querySelector("main input[name=key]").value';
  const first = await person.run(key);
  await person.presses('main form button');
  assert.match(await person.where(), /^\/codes\?new=/);
  await person.turns(() => person.driver.navigate().back());
  assert.equal(await person.where(), href);
  // A browser that kept the page sends the same form; one that asks for it anew is given another, which is another wish.
  const isSame = (await person.run(key)) === first;
  await person.presses('main form button');
  assert.equal(await codes(person, href), had + (isSame ? 1 : 2));
});

story('what was typed before a session ended is done after signing in again, once he says so', {}, async (person) => {
  await person.signsIn('demo-customer');
  const [href, had] = await applicable(person);
  await person.goes(href);
  const elsewhere = await Person.at(desk, {});
  try {
    await elsewhere.signsIn('demo-customer');
    await elsewhere.goes('/me/sessions');
    await elsewhere.presses('form[action="/me/sessions/end-others"] button');
  } finally {
    await elsewhere.leaves();
  }
  await person.presses('main form button');
  await person.sees('登录');
  await person.types('name', 'demo-customer');
  await person.types('password', PASSWORD);
  await person.presses('main form button');
  await person.sees('刚才提交的内容还在，但还没有办理');
  await person.presses('main form button');
  await person.sees('申请成功');
  assert.equal(await codes(person, href), had + 1);
});

story('of two tabs with the same task the second is told, and loses nothing that was typed', {}, async (person) => {
  await person.signsIn('demo-customer');
  await person.goes('/orders/new?kind=first-filing');
  await person.presses('main form button');
  const order = await person.where();
  const task = await person.run('return document.querySelector("main .tasks a[href*=\'/tasks/\']").getAttribute("href")');
  await person.goes(task);
  const first = await person.driver.getWindowHandle();
  const name = await person.run('return document.querySelector("main form input[type=text]").name');
  await person.driver.switchTo().newWindow('tab');
  await person.goes(task);
  await person.types(name, '第二个标签页');
  await person.pressesWhatSays('以后再填');
  await person.driver.close();
  await person.driver.switchTo().window(first);
  await person.types(name, '第一个标签页');
  await person.pressesWhatSays('以后再填');
  assert.match(await person.run('return document.title'), /^错误：/);
  assert.equal(await (await person.find(`main [name="${name}"]`)).getAttribute('value'), '第一个标签页');
  await person.goes(order);
  await person.sees('首次备案');
});

story('an upload that is cut off leaves nothing half done, and is made again', {}, async (person) => {
  await person.signsIn('demo-customer');
  await person.goes('/orders/new?kind=first-filing');
  await person.presses('main form button');
  const order = await person.where();
  await person.goes(`${order}/materials`);
  const file = await person.find('main input[type=file]');
  await file.sendKeys(new URL('../examples/scan.png', import.meta.url).pathname);
  const before = await person.all('main .pictures img');
  await person.driver.sendDevToolsCommand('Network.enable', {});
  await person.driver.sendDevToolsCommand('Network.emulateNetworkConditions', {
    offline: true,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await (await person.find('main form button')).click().catch(() => undefined);
  await person.driver.sendDevToolsCommand('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await person.goes(`${order}/materials`);
  assert.equal((await person.all('main .pictures img')).length, before.length);
  await (await person.find('main input[type=file]')).sendKeys(new URL('../examples/scan.png', import.meta.url).pathname);
  await person.presses('main form button');
  const after = await person.all('main .pictures img');
  assert.equal(after.length, before.length + 1, await person.reads());
});
