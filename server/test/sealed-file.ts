import { createHash } from 'node:crypto'
import type { SealedFile, SealedItem } from '../src/platform/packages/sealed-file.ts'

/** What lies in the example file, by the path in a package. */
export const exampleContents: Readonly<Record<string, string>> = {
  '01 入党申请书.pdf': '%PDF-1.7 入党申请书',
  '02 志愿书.pdf': '%PDF-1.7 入党志愿书',
}

/** A small closed file of an invented person, for tests. */
export function exampleFile(more: Partial<SealedFile> = {}): SealedFile {
  return {
    format: 'zhibu-sealed-file-1',
    number: 'GCXY-DY-2026-0001',
    title: '张三发展党员材料',
    year: 2026,
    subject: { kind: 'person', name: '张三', number: '20210001', organization: '工程学院学生第一党支部' },
    keeper: { name: '工程学院党委', code: 'GCXY' },
    retention: '永久',
    secrecy: '无',
    seal: { version: 1, at: '2026-11-20T08:00:00.000Z', by: '王老师', reason: null, previous: null },
    items: [
      item({
        number: 1,
        place: '入党申请书',
        title: '入党申请书',
        on: '2025-03-01',
        firstPage: 1,
        pages: 4,
        path: '01 入党申请书.pdf',
      }),
      item({
        number: 2,
        place: '入党志愿书',
        title: '入党志愿书 <甲 & 乙>',
        on: null,
        firstPage: 5,
        pages: 16,
        path: '02 志愿书.pdf',
        former: [contentOf('旧稿', { fileName: '旧稿.pdf' })],
      }),
    ],
    facts: [
      {
        on: '2025-05-28',
        what: '确定为入党积极分子',
        details: '支部委员会讨论通过',
        basis: '《发展党员工作细则》第十条',
        recordedBy: '李书记',
        recordedAt: '2025-05-28T02:00:00.000Z',
      },
    ],
    deeds: [{ at: '2026-11-20T07:59:00.000Z', by: '王老师', what: '归档', details: '入党志愿书' }],
    software: { name: '支部工作台', version: '0.1.0', environment: 'Node.js 24' },
    ...more,
  }
}

function item(
  it: Partial<SealedItem> & Pick<SealedItem, 'number' | 'place' | 'title' | 'on' | 'firstPage' | 'pages' | 'path'>,
): SealedItem {
  return {
    responsible: '本人',
    nature: 'original',
    retention: '永久',
    content: contentOf(exampleContents[it.path] ?? ''),
    former: [],
    ...it,
  }
}

function contentOf(bytes: string, more: Partial<SealedItem['content']> = {}): SealedItem['content'] {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return {
    contentId: `sha256-${sha256}`,
    fileName: '扫描件.pdf',
    mediaType: 'application/pdf',
    bytes: Buffer.byteLength(bytes),
    sha256,
    filedBy: '王老师',
    filedAt: '2026-11-19T08:00:00.000Z',
    reason: null,
    ...more,
  }
}
