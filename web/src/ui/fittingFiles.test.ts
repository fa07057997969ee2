import { expect, test } from 'vitest'
import { fittingFiles } from './fittingFiles.ts'

const file = (name: string, bytes = 1) => new File([new Uint8Array(bytes)], name)
const mb = 1024 * 1024
const wrong = (name: string) => `“${name}”的类型不能使用，请上传 .pdf、.jpg 文件。`

test.each([
  { given: [], multiple: true, fit: [], problem: undefined },
  { given: [file('一.PDF', mb), file('二.jpg')], multiple: true, fit: ['一.PDF', '二.jpg'], problem: undefined },
  { given: [file('一.pdf'), file('二.jpg')], multiple: false, fit: [], problem: '一次只能上传一个文件。' },
  { given: [file('一.txt')], multiple: false, fit: [], problem: wrong('一.txt') },
  { given: [file('一.pdf'), file('Thumbs.db')], multiple: true, fit: ['一.pdf'], problem: wrong('Thumbs.db') },
  {
    given: [file('大.pdf', mb + 1), file('二.jpg'), file('空.pdf', 0)],
    multiple: true,
    fit: ['二.jpg'],
    problem: '“大.pdf”超过 1 MB，请拆分后再上传。“空.pdf”是空文件。',
  },
  {
    given: ['a', 'b', 'c', 'd', 'e'].map((it) => file(it)),
    multiple: true,
    fit: [],
    problem: `${wrong('a')}${wrong('b')}${wrong('c')}还有 2 个文件也不能上传。`,
  },
])('$fit $problem', ({ given, multiple, fit, problem }) => {
  const found = fittingFiles(given, { endings: ['.pdf', '.jpg'], largestMb: 1, multiple })
  expect({ ...found, fit: found.fit.map((it) => it.name) }).toEqual({ fit, problem })
})
