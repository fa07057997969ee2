import { expect, test } from 'vitest'
import { newId } from '../src/platform/ids.ts'
import { testApp } from './app.ts'

/** What is sent wrongly is told in Chinese, whatever is wrong with it: the messages are read by officials. */

const app = await testApp()
const browser = await app.signedIn(app.accounts.department)
const document = { personId: newId(), uploadId: newId(), place: 'thoughtReport', nature: 'original', title: '思想汇报' }
const pattern = '〔组织〕-〔年度〕-〔序号〕'
const acts = `/api/development/files/${app.build.wang.id}/acts`
const otherwise = '填写的内容不正确，请检查后重新填写'
const choice = '请从给出的选项中选择'

test.each<[what: string, method: string, path: string, body: unknown, told: Record<string, string>]>([
  ['nothing', 'PUT', '/api/archive/numbering', {}, { pattern: '请填写此项', reason: '请填写此项' }],
  ['null', 'POST', '/api/archive/uploads', null, { '': otherwise }],
  ['a list', 'POST', '/api/archive/uploads', [], { '': otherwise }],
  ['a number for a text', 'PUT', '/api/archive/numbering', { pattern, reason: 7 }, { reason: '请填写文字' }],
  [
    'a text for a number',
    'POST',
    '/api/archive/uploads',
    { fileName: 'a', sizeBytes: '1' },
    { sizeBytes: '请填写数字' },
  ],
  ['half a byte', 'POST', '/api/archive/uploads', { fileName: 'a', sizeBytes: 1.5 }, { sizeBytes: '请填写整数' }],
  ['a text for yes', 'PATCH', `/api/forms/templates/${newId()}`, { isRetired: 'x' }, { isRetired: '请选择是或否' }],
  ['a text for a list', 'POST', '/api/forms/previews', { formId: 'x', personIds: 'x' }, { personIds: '请按列表填写' }],
  ['too short', 'PUT', '/api/archive/numbering', { pattern, reason: '' }, { reason: '请写明原因' }],
  ['too short, without a word of its own', 'POST', '/api/forms/previews', { formId: '' }, { formId: '请填写此项' }],
  ['too long', 'POST', '/api/forms/previews', { formId: 'x'.repeat(61) }, { formId: '不超过 60 个字' }],
  ['none of the choices', 'POST', '/api/archive/documents', { ...document, nature: 'x' }, { nature: choice }],
  ['no kind of act', 'POST', acts, { act: { kind: 'dance', on: '2023-09-20' } }, { 'act.kind': choice }],
  [
    'no id',
    'POST',
    '/api/archive/documents',
    { ...document, uploadId: 'x' },
    { uploadId: '格式不正确，请检查后重新填写' },
  ],
  [
    'no day',
    'POST',
    '/api/archive/documents',
    { ...document, on: '2026-02-30' },
    { on: '请填写真实存在的日期，格式如 2026-05-11' },
  ],
  ['a word for a number in an address', 'GET', '/api/archive/documents?limit=x', undefined, { limit: '请填写数字' }],
  ['too large a number in an address', 'GET', '/api/archive/documents?limit=201', undefined, { limit: '不大于 200' }],
  ['too small a number in an address', 'GET', '/api/archive/documents?limit=0', undefined, { limit: '不小于 1' }],
])('%s', async (_, method, path, body, told) => {
  const answer = await browser.request(method, path, body, { 'if-match': '"0"' })
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  const { title, detail, fields } = await answer.json()
  expect({ status: answer.status, title, detail, fields }).toEqual({
    status: 400,
    title: '提交的内容不符合要求',
    detail: '有内容没有通过检查，请按提示修改后重新提交。',
    fields: Object.entries(told).map(([at, message]) => ({ path: at, message })),
  })
})
