import assert from 'node:assert/strict';
import {test} from 'node:test';
import {deflateRawSync} from 'node:zlib';
import {ApiError} from '../../main/ts/core/api-error';
import {connection} from '../../main/ts/core/connection';
import {keepsDigits, literal, parseDecimals} from '../../main/ts/core/exact';
import {mergePatch} from '../../main/ts/core/merge-patch';
import {claims, logoutUrl, type Provider} from '../../main/ts/core/oidc';
import {link, match} from '../../main/ts/core/router';
import {isKnown} from '../../main/ts/core/locale';
import {MinuteCounts} from '../../main/ts/core/minutes';
import {readZipEntry} from '../../main/ts/core/zip';
import {diff} from '../../main/ts/ui/diff';
import {kindOf, nullable, parse, unparse} from '../../main/ts/ui/field';
import {itemPage, type ListPage} from '../../main/ts/ui/list-page';

test('a path matches the pattern of its form only', () => {
  assert.deepEqual(match('/runs/:id', '/runs/4%202'), {id: '4 2'});
  assert.deepEqual(match('/runs', '/runs'), {});
  assert.equal(match('/runs/:id', '/runs'), null);
  assert.equal(match('/runs/:id', '/tasks/42'), null);
});

test('a language tag or time zone that Intl refuses is not known', () => {
  assert.deepEqual(['de-AT', 'en', 'de-AT-CH', 'zh-cmn'].map((locale) => isKnown({locale})), [true, true, false, false]);
  assert.deepEqual(['Europe/Vienna', 'Europe/Nowhere'].map((timeZone) => isKnown({timeZone})), [true, false]);
  assert.equal(isKnown({}), true);
});

test('events are counted by their minute, the newest last', () => {
  const now = Date.parse('2026-01-01T12:00:30Z');
  const counts = new MinuteCounts(3);
  ['12:00:00', '12:00:29', '11:59:59', '11:58:00', '11:57:59'].forEach((time) => counts.add(`2026-01-01T${time}Z`));
  assert.deepEqual(counts.until(now), [1, 1, 2]);
  assert.deepEqual(counts.until(now + 60_000), [1, 2, 0]);
});

test('a link leaves out what is empty', () => {
  assert.equal(link('/runs', {state: 'failed', workflow_id: '', cursor: null}), '#/runs?state=failed');
  assert.equal(link('/runs'), '#/runs');
});

test('both families of error bodies are read', () => {
  const platform = ApiError.of(new Response(null, {status: 400}), {error: 'No.', request_id: 'r', details: [{field: 'a', message: 'b'}]});
  assert.deepEqual([platform.status, platform.message, platform.requestId, platform.fields.length], [400, 'No.', 'r', 1]);
  const management = ApiError.of(new Response(null, {status: 404}), {error: {message: 'Gone.', request_id: 'm'}});
  assert.deepEqual([management.message, management.requestId, management.fields.length], ['Gone.', 'm', 0]);
  const other = ApiError.of(new Response(null, {status: 502, headers: {'x-request-id': 'h'}}), {});
  assert.deepEqual([other.message, other.requestId], ['The server answered 502.', 'h']);
});

test('an answer to a request from before does not bring the server back', () => {
  const before = performance.now();
  connection.lost();
  connection.reached(before);
  assert.equal(connection.away, true);
  connection.reached(performance.now() + 1);
  assert.equal(connection.away, false);
});

test('a comparison keeps what is the same', () => {
  assert.deepEqual(
    diff('a\nb\nd', 'a\nc\nd').map((line) => `${line.kind} ${line.text}`),
    ['same a', 'removed b', 'added c', 'same d'],
  );
  assert.deepEqual(diff('', 'x').filter((line) => line.kind === 'added').length, 1);
});

test('a schema decides the control', () => {
  assert.equal(kindOf('state', {enum: ['A']}), 'choice');
  assert.equal(kindOf('roles', {type: 'array', items: {enum: ['A']}}), 'choices');
  assert.equal(kindOf('tools', {type: 'array', items: {type: 'string'}}), 'lines');
  assert.equal(kindOf('upstreams', {type: 'array', items: {type: 'object'}}), 'json');
  assert.equal(kindOf('calls', {type: ['integer', 'null']}), 'number');
  assert.equal(kindOf('secret', {type: 'string', writeOnly: true}), 'secret');
  assert.equal(kindOf('content', {type: 'string', maxLength: 10_000}), 'long');
  assert.equal(kindOf('url', {type: 'string', maxLength: 1_000}), 'text');
});

test('a field that is empty is left out, others keep their type', () => {
  assert.equal(parse('text', '  '), undefined);
  assert.equal(parse('number', '1.5'), 1.5);
  assert.equal(parse('boolean', 'false'), false);
  assert.deepEqual(parse('lines', ' a \n\n b'), ['a', 'b']);
  assert.deepEqual(parse('json', '{"a": 1}'), {a: 1});
  assert.throws(() => parse('json', '{'));
  for (const [kind, value] of [['lines', ['a', 'b']], ['json', {a: [1]}], ['number', 3], ['text', 'x']] as const) {
    assert.deepEqual(parse(kind, unparse(kind, value)), value);
  }
});

/** A ZIP archive with one file, as the format's specification lays it out. */
function zip(name: string, content: string): Blob {
  const packed = deflateRawSync(Buffer.from(content));
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(packed.length, 4);
  sizes.writeUInt32LE(Buffer.byteLength(content), 8);
  const local = Buffer.concat([u32(0x04034b50), u16(20, 0, 8, 0, 0), sizes, u16(name.length, 0), Buffer.from(name), packed]);
  const entry = Buffer.concat([u32(0x02014b50), u16(20, 20, 0, 8, 0, 0), sizes, u16(name.length, 0, 0, 0, 0), u32(0, 0), Buffer.from(name)]);
  const end = Buffer.concat([u32(0x06054b50), u16(0, 0, 1, 1), u32(entry.length, local.length), u16(0)]);
  return new Blob([local, entry, end]);
}

function u16(...values: number[]): Buffer {
  return Buffer.from(new Uint16Array(values).buffer);
}

function u32(...values: number[]): Buffer {
  return Buffer.from(new Uint32Array(values).buffer);
}

test('a file is read out of an archive', async () => {
  const archive = zip('plugin.json', '{"id": "notes"}'.padEnd(500));
  assert.deepEqual(JSON.parse((await readZipEntry(archive, 'plugin.json')) ?? ''), {id: 'notes'});
  assert.equal(await readZipEntry(archive, 'other.json'), null);
  await assert.rejects(() => readZipEntry(new Blob(['no archive']), 'plugin.json'), /not a ZIP archive/);
});

test('claims are read as UTF-8 out of base64url', () => {
  const payload = Buffer.from(JSON.stringify({name: 'Zoë ÿ?>', sub: '1'})).toString('base64url');
  assert.deepEqual(claims(`header.${payload}.signature`), {name: 'Zoë ÿ?>', sub: '1'});
});

test('a provider without an end session endpoint has no page to sign out at', () => {
  const provider = {client_id: 'dashboard', end_session_endpoint: null} as Provider;
  assert.equal(logoutUrl(provider, 'token'), null);
});

test('the page of a row has the columns and actions of its list, and no filters', () => {
  const list = {title: 'Agents', columns: [], id: String, actions: [], filters: []} as unknown as ListPage;
  const item = itemPage(list, '/agents', 'GET /management/v1/agents/{agent_id}', {agent_id: '1'});
  assert.deepEqual([item.title, item.of, item.filters, item.actions?.length], ['Agents', '/agents', undefined, 0]);
});

test('an amount is sent and shown with all of its digits', () => {
  const amounts = ['90000000000000.01', '999999999999999.99', '0.1', '-12.50', '0', '1e3'];
  assert.deepEqual(amounts.map(literal), amounts);
  assert.deepEqual(['007.50', ' .5 ', '00'].map(literal), ['7.50', '0.5', '0']);
  for (const text of ['', '-', '.', '5.', '1,5', '0x1f', '1 2', 'NaN', '+1']) {
    assert.equal(literal(text), null, text);
  }
  const text = '{"note": "\\"1.0\\\\", "amount": 90000000000000.01, "entries": [-0.50, {"a": 1E+2}], "run": null}';
  assert.deepEqual(parseDecimals(text), {note: '"1.0\\', amount: '90000000000000.01', entries: ['-0.50', {a: '1E+2'}], run: null});
  assert.equal(new Intl.NumberFormat('en', {style: 'currency', currency: 'USD'}).format('90000000000000.01'), '$90,000,000,000,000.01');
});

test('a number that would lose digits is refused', () => {
  assert.equal(['1.50', '1e3', '0.10', '1e-7', '1e21', '123456789012345680000', '-0', '9007199254740992', '"90000000000000.01"'].every(keepsDigits), true);
  assert.equal(['90000000000000.01', '9007199254740993', '999999999999999.99', '1e400'].some(keepsDigits), false);
  assert.throws(() => parse('number', '999999999999999.99'), RangeError);
  assert.throws(() => parse('json', '{"amount": 90000000000000.01, "currency": "USD"}'), RangeError);
});

test('a merge patch has what was changed only', () => {
  const before = {name: 'a', tools: ['x', 'y'], budget: {amount: 1, currency: 'USD'}, source: 's', same: {a: [1]}};
  const after = {name: 'a', tools: ['x'], budget: {amount: 2, currency: 'USD'}, same: {a: [1]}, extra: {b: 1}};
  assert.deepEqual(mergePatch(before, after), {tools: ['x'], budget: {amount: 2}, source: null, extra: {b: 1}});
  assert.deepEqual(mergePatch({metadata: {a: 1, b: 2}}, {metadata: {b: 2}}), {metadata: {a: null}});
  assert.deepEqual(mergePatch(before, structuredClone(before)), {});
});

test('a schema decides what can be cleared', () => {
  assert.equal(nullable({type: ['string', 'null']}), true);
  assert.equal(nullable({anyOf: [{type: 'null'}, {type: 'object'}]}), true);
  assert.equal(nullable({type: 'string'}), false);
  assert.equal(nullable({enum: ['OWNER']}), false);
});
