// The words of the page: both languages have the same, and the page asks for none that there are not.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const folder = join(process.env.DESK_TOP, 'service/web');
const read = (name) => readFileSync(join(folder, name), 'utf8');
const words = async (language) =>
  (await import(`data:text/javascript,${encodeURIComponent(read(`words.${language}.js`))}`)).default;
const [en, de] = await Promise.all(['en', 'de'].map(words));
const places = (entry) =>
  [
    ...new Set(
      Object.values(typeof entry === 'object' ? entry : { entry }).flatMap((text) => text.match(/\{\w+\}/g) ?? []),
    ),
  ].sort();

test('English and German have the same words, with the same places to fill', () => {
  assert.deepEqual(Object.keys(de).sort(), Object.keys(en).sort());
  for (const key of Object.keys(en)) assert.deepEqual(places(de[key]), places(en[key]), key);
});

test('what the page asks for is there', () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.js')))
    for (const [, key] of read(name).matchAll(/\bt\('([^']+)'/g)) assert.ok(key in en, `${name}: ${key}`);
});

test('nothing in the page reads markup, evaluates text or writes styles into it', () => {
  for (const name of readdirSync(folder).filter((file) => /\.(js|html)$/.test(file)))
    assert.doesNotMatch(
      read(name),
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|srcdoc|style="|<style|onclick="/,
      name,
    );
});
