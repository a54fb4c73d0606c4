// Somebody with a browser of his own.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Builder, By, Key, until } from 'selenium-webdriver';
import chrome from 'selenium-webdriver/chrome.js';
import { PASSWORD } from './desk.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How long a page may take to come before a story fails. */
const PATIENCE = 15_000;

export class Person {
  /** Somebody who looks at the desk: `wide` in pixels, `dark`, with or without `scripts`, preferring `lang`. */
  static async at(desk, { wide = 1440, dark = false, scripts = true, lang = 'zh-CN' } = {}) {
    const options = new chrome.Options();
    options.addArguments('--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage');
    options.addArguments(`--window-size=${wide},900`, `--lang=${lang}`);
    options.setUserPreferences({
      'intl.accept_languages': lang,
      ...(scripts ? {} : { 'profile.managed_default_content_settings.javascript': 2 }),
    });
    options.setBinaryPath(process.env.KEBEI_CHROMIUM ?? '/usr/bin/chromium');
    const service = new chrome.ServiceBuilder(process.env.KEBEI_CHROMEDRIVER ?? '/usr/bin/chromedriver');
    const driver = await new Builder()
      .forBrowser('chrome')
      .setChromeOptions(options)
      .setChromeService(service)
      .build();
    await driver.sendDevToolsCommand('Emulation.setDeviceMetricsOverride', {
      width: wide,
      height: 900,
      deviceScaleFactor: 1,
      mobile: wide < 600,
    });
    await driver.sendDevToolsCommand('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }],
    });
    return new Person(desk, driver);
  }

  constructor(desk, driver) {
    this.desk = desk;
    this.driver = driver;
  }

  leaves() {
    return this.driver.quit();
  }

  async goes(path) {
    await this.driver.get(new URL(path, this.desk.address).href);
  }

  /** Where he is: path and query. */
  async where() {
    const { pathname, search } = new URL(await this.driver.getCurrentUrl());
    return pathname + search;
  }

  async signsIn(name) {
    await this.goes('/sign-in');
    await this.types('name', name);
    await this.types('password', PASSWORD);
    await this.presses('main form button');
  }

  find(css) {
    return this.driver.wait(until.elementLocated(By.css(css)), PATIENCE, css);
  }

  async all(css) {
    return this.driver.findElements(By.css(css));
  }

  /** Types over what stands in the field of that name. */
  async types(name, text) {
    const field = await this.find(`main [name="${name}"]`);
    await field.clear();
    await field.sendKeys(text);
  }

  /** Presses what it finds, and waits for the page behind it. */
  async presses(css) {
    await this.turns(async () => (await this.find(css)).click());
  }

  /** Presses the link or button that says that. */
  async pressesWhatSays(words) {
    const xpath = `//main//*[self::a or self::button or self::summary][contains(normalize-space(.), "${words}")]`;
    const found = await this.driver.wait(until.elementLocated(By.xpath(xpath)), PATIENCE, words);
    await this.turns(() => found.click());
  }

  /** Presses keys, without a mouse. */
  async keys(...keys) {
    await this.driver.actions().sendKeys(...keys).perform();
  }

  /** Does something that leads to another page, and waits until that is there. */
  async turns(does) {
    const before = await this.driver.findElement(By.css('html'));
    await does();
    await this.driver.wait(async () => {
      try {
        await before.getTagName();
        return false;
      } catch {
        return true;
      }
    }, PATIENCE, 'no other page came');
    await this.find('main');
  }

  /** What he reads on the page. */
  async reads() {
    return (await this.find('main')).getText();
  }

  /** Waits until the page says that. */
  async sees(words) {
    await this.driver.wait(async () => (await this.reads()).includes(words), PATIENCE, `“${words}”`)
      .catch(async () => {
        throw new Error(`“${words}” is not at ${await this.where()}:\n${await this.reads()}`);
      });
  }

  /** Goes on with Tab until what he wants has the focus. */
  async tabsTo(css) {
    for (let steps = 0; steps < 200; steps += 1) {
      if (await this.run('return document.activeElement?.matches(arguments[0]) ?? false', css)) return;
      await this.keys(Key.TAB);
    }
    throw new Error(`no key leads to ${css} at ${await this.where()}`);
  }

  run(script, ...given) {
    return this.driver.executeScript(script, ...given);
  }

  /** What axe finds wrong with the page, a line each. */
  async faults() {
    await this.run(AXE);
    const found = await this.driver.executeAsyncScript(
      `const done = arguments[arguments.length - 1];
       axe.run(document, { resultTypes: ['violations'] }).then(
         ({ violations }) => done(violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target + ' ' + failureSummary))),
         (error) => done([String(error)]))`,
    );
    return found;
  }

  /** What the browser complained of: what the policy of the page forbids, and scripts that failed. */
  async complaints() {
    const entries = await this.driver.manage().logs().get('browser');
    // An answer that says what is wrong is no fault of the page.
    return entries.map((entry) => entry.message).filter((line) => !/the server responded with a status of 4/.test(line));
  }

  /** Where links of the page lead on the same desk. */
  async links() {
    return this.run(`return [...document.querySelectorAll('a[href]')].map((link) => new URL(link.href))
      .filter((url) => url.origin === location.origin).map((url) => url.pathname + url.search)`);
  }
}

export { Key };
