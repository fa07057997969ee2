import PizZip from 'pizzip'
import { afterAll, describe, expect, test } from 'vitest'
import { textOfPages } from '../../../test/pdf-text.ts'
import { makeOne } from './made.ts'
import type { Paper, PaperBlock } from './official-paper.ts'
import { startPrinting } from './printing.ts'
import { wordPaper } from './word-paper.ts'
import { inspectTemplate } from './word-template.ts'

const printing = startPrinting(null)
afterAll(() => printing.close())

const printed = (paper: Paper) => makeOne(printing, paper)

const rare = '喆堃祎赟璟昇珺䶮'

const approval: Paper = {
  letterhead: '中共云山学院委员会',
  number: '云山委〔2026〕15号',
  title: '关于接收赵喆同志为中共预备党员的批复',
  to: '云山学院本科生第一党支部',
  body: [
    { kind: 'paragraph', text: `经审查，同意接收${rare}同志为中共预备党员。<b>#read("/etc/passwd") $x$ {姓名}</b>` },
    { kind: 'heading', level: 1, text: '一、人员' },
    { kind: 'line', text: '此复。' },
    { kind: 'table', widths: [1, 2], head: ['序号', '姓名'], rows: [['1', rare]] },
  ],
  attachments: ['表决情况', '票样'],
  signer: '中共云山学院委员会',
  signedOn: '2026年5月11日',
  madeOn: '2026-05-11',
}

const plain = (body: readonly PaperBlock[], more: Partial<Paper> = {}): Paper => ({
  title: '谈话记录',
  body,
  attachments: [],
  madeOn: '2026-05-11',
  ...more,
})

describe('printed', () => {
  test('says all that it was given, the rare characters of names too, and takes nothing for a command', async () => {
    const [text] = textOfPages(await printed(approval))
    const shown = [
      '中共云山学院委员会云山委〔2026〕15号关于接收赵喆同志为中共预备党员的批复云山学院本科生第一党支部：',
      `经审查，同意接收${rare}同志为中共预备党员。<b>#read("/etc/passwd")$x$`,
    ]
    for (const part of shown) expect(text).toContain(part)
    const whole = textOfPages(await printed(approval)).join('')
    for (const part of ['一、人员', `序号姓名1${rare}`, '附件：1.表决情况', '2.票样', '2026年5月11日', '—1—']) {
      expect(whole).toContain(part)
    }
  })

  test('is PDF/A-2b, and the same bytes again', async () => {
    const bytes = Buffer.from(await printed(approval))
    expect(bytes.toString('latin1')).toMatch(/pdfaid:part>2<[\s\S]*pdfaid:conformance>B</)
    expect(Buffer.from(await printed(approval)).equals(bytes)).toBe(true)
  })

  test('has 22 lines of 28 characters on a page', async () => {
    const lines = (count: number) =>
      Array.from({ length: count }, () => ({ kind: 'line', text: '党'.repeat(28) }) as const)
    const pagesOf = async (count: number) => {
      const title = { ...plain(lines(count)), title: '一' }
      return textOfPages(await printed(title)).map((it) => it.split('党').length - 1)
    }
    // The title takes the room of two lines.
    expect(await pagesOf(60)).toEqual([20 * 28, 22 * 28, 18 * 28])
  })

  test('lies across where it is a wide list', async () => {
    const head = Array.from({ length: 12 }, (_, at) => `第${at}列`)
    const wide = plain([{ kind: 'table', widths: head.map(() => 1), head, rows: [head] }], { landscape: true })
    expect(Buffer.from(await printed(wide)).toString('latin1')).toContain('MediaBox [0 0 841.8898 595.2756]')
  })

  test('is refused rather than printed with a gap where no font has a character', async () => {
    const lines = (text: string) => plain([{ kind: 'paragraph', text }])
    const [rareOne, other] = await printing.make([lines('\u{20bb7}野'), lines('吉野')])
    expect(rareOne).toEqual({ refused: expect.stringContaining('现有的字体里没有“\u{20bb7}”') })
    expect(other).toHaveProperty('file')
  })
})

describe('as Word', () => {
  test('has the page, the lines and the letters of the standard, and says the same', () => {
    const xml = partOf(wordPaper(approval), 'word/document.xml')
    expect(xml).toContain('<w:pgSz w:w="11906" w:h="16838"/>')
    expect(xml).toContain('<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"')
    expect(xml).not.toContain('docGrid')
    expect(partOf(wordPaper(approval), 'word/styles.xml')).toContain('<w:spacing w:line="579" w:lineRule="exact"/>')
    expect(partOf(wordPaper(approval), 'word/styles.xml')).toContain('<w:spacing w:val="-5"/>')
    const text = [...xml.matchAll(/<w:t [^>]*>([^<]*)<\/w:t>/g)].map(([, it]) => it).join('')
    for (const part of [
      '云山委〔2026〕15号',
      rare,
      '&lt;b&gt;#read(&quot;/etc/passwd&quot;)',
      '附件：1. 表决情况',
      '2026年5月11日',
    ]) {
      expect(text).toContain(part)
    }
  })

  test('is the same bytes again, and a template where tags stand in it', () => {
    const tagged = plain([
      { kind: 'paragraph', text: '{姓名}于{入党申请书.日期}递交申请。' },
      { kind: 'table', widths: [1, 2], head: [], rows: [['{#名单}{序号}', '{姓名}{/名单}']] },
    ])
    expect(wordPaper(tagged)).toEqual(wordPaper(tagged))
    expect(inspectTemplate(wordPaper(tagged)).map((it) => it.path)).toEqual([
      '姓名',
      '入党申请书.日期',
      '名单',
      '序号',
      '姓名',
    ])
  })
})

const partOf = (bytes: Uint8Array, name: string): string => new PizZip(bytes).file(name)?.asText() ?? ''
