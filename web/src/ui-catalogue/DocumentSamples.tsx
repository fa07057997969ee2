import { Button, Stack } from '@mantine/core'
import { useState } from 'react'
import { Problem } from '../problem.ts'
import { DescriptionList } from '../ui/DescriptionList.tsx'
import { DocumentViewer, type ViewedDocument } from '../ui/DocumentViewer.tsx'
import type { Turn } from '../ui/pageTurns.ts'
import { Sample } from './Sample.tsx'

const written = [
  '入党申请书',
  '敬爱的党组织：',
  '我志愿加入中国共产党，拥护党的纲领，遵守党的章程。',
  '申请人：沈知微　2025年5月28日',
]
const lines = written.map((text, at) => ({
  text,
  box: { x: 0.12, y: 0.1 + at * 0.06, width: Math.min(text.length * 0.032, 0.8), height: 0.026 },
}))

/** A page of paper drawn here, as the server would draw it. */
function drawn(page: number, turn: Turn): string {
  const text = lines
    .map(({ text: line, box }) => `<text x="${box.x * 595}" y="${box.y * 842 + 20}" font-size="19">${line}</text>`)
    .join('')
  const [width, height] = turn % 180 === 0 ? [595, 842] : [842, 595]
  const move = {
    0: '',
    90: 'translate(842 0) rotate(90)',
    180: 'translate(595 842) rotate(180)',
    270: 'translate(0 595) rotate(270)',
  }
  const sheet = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/><g transform="${move[turn]}">${text}<text x="280" y="810" font-size="14">— ${page + 1} —</text></g></svg>`
  return `data:image/svg+xml,${encodeURIComponent(sheet)}`
}

const scans: ViewedDocument = {
  kind: 'pages',
  pages: Array.from({ length: 12 }, () => ({ width: 595, height: 842 })),
  pictureUrl: (page, _, turn) => (page === 1 && turn === 0 ? 'data:image/png,broken' : drawn(page, turn)),
  linesOf: (page) => (page === 1 ? undefined : lines),
}
const marks = [{ page: 0, box: { x: 0.34, y: 0.28, width: 0.28, height: 0.026 }, label: '落款日期 2025年5月28日' }]

const word: ViewedDocument = {
  kind: 'word',
  html: '<h1>谈话记录</h1><table><tr><td><p>谈话人</p></td><td><p>陆闻溪</p></td></tr><tr><td><p>谈话对象</p></td><td><p>沈知微</p></td></tr></table><p>沈知微同志入党动机端正，思想上积极要求进步。</p>',
}
const sheets: ViewedDocument = {
  kind: 'sheets',
  sheets: [
    {
      name: '发展对象名册',
      rows: [
        ['姓名', '党支部', '确定日期'],
        ...Array.from({ length: 230 }, (_, at) => [`人员${at + 1}`, '研究生第一党支部', '2026-05-11']),
      ],
      isCut: true,
    },
    { name: '说明', rows: [['填表日期', '2026-05-11']], isCut: false },
  ],
}
const damaged = new Problem({
  title: '文件无法采用',
  detail: '文件已损坏或不完整，无法查看。请核对原件能否打开。',
  status: 422,
})

/** Documents of every kind, and none. */
export function DocumentSamples() {
  const [lookAt, setLookAt] = useState<(typeof marks)[number]>()
  return (
    <Sample name="DocumentViewer 查看文件">
      <DocumentViewer
        label="入党申请书"
        document={{ data: scans }}
        marks={marks}
        lookAt={lookAt}
        beside={
          <Stack>
            <DescriptionList
              items={[
                { label: '系统记录', value: '2025年5月26日' },
                { label: '材料落款', value: '2025年5月28日' },
              ]}
            />
            <Button variant="default" onClick={() => setLookAt(marks[0])}>
              查看落款
            </Button>
          </Stack>
        }
      />
      <DocumentViewer label="谈话记录" document={{ data: word }} />
      <DocumentViewer label="名册" document={{ data: sheets }} />
      <DocumentViewer label="正在读取的文件" document={{ data: undefined }} />
      <DocumentViewer label="损坏的文件" document={{ data: undefined, error: damaged, refetch: () => {} }} />
      <DocumentViewer label="空文件" document={{ data: { kind: 'word', html: '' } }} />
    </Sample>
  )
}
