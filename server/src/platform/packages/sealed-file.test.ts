import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exampleFile } from '../../../test/sealed-file.ts'
import { readXml, writable, writeXml } from './metadata-xml.ts'
import { digestOfMetadata, readSealedFile, writeSealedFile } from './sealed-file-xml.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

describe('XML', () => {
  test('any text comes back as it was, what no XML can hold as �', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const element = { name: '题名', children: [], text: writable(text) }
        expect(readXml(writeXml(element))).toEqual(element)
      }),
      { numRuns: 500 },
    )
    expect(writable('甲\u0000\u0007乙\ud800丙\uffff')).toBe('甲��乙�丙�')
    expect(() => writeXml({ name: '题名', children: [], text: '\u0007' })).toThrow('不能记录的字符')
  })

  test('marks, ends of lines and blanks are kept', () => {
    const element = { name: '题名', children: [], text: ' <a href="x">&amp;\r\n]]></a> ' }
    expect(writeXml(element)).toBe(`${declaration}<题名> &lt;a href="x"&gt;&amp;amp;&#13;\n]]&gt;&lt;/a&gt; </题名>\n`)
    expect(readXml(writeXml(element))).toEqual(element)
  })

  test.each([
    ['nothing', '', '第 1 行不是 UTF-8 编码的元数据 XML'],
    ['another encoding', '<?xml version="1.0" encoding="GBK"?>\n<a></a>\n', '第 1 行不是 UTF-8'],
    ['no element', declaration, '第 2 行没有写完'],
    [
      'a document type',
      `${declaration}<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`,
      '第 2 行有元数据中不使用的写法',
    ],
    ['an entity', `${declaration}<a>&lol;</a>`, '第 2 行有元数据中不使用的写法'],
    ['a character by its number', `${declaration}<a>&#0;</a>`, '第 2 行有元数据中不使用的写法'],
    ['a bare mark', `${declaration}<a>a & b</a>`, '第 2 行有元数据中不使用的写法'],
    ['a comment', `${declaration}<a><!-- x --></a>`, '第 2 行有元数据中不使用的写法'],
    ['an attribute', `${declaration}<a b="c"></a>`, '第 2 行有元数据中不使用的写法'],
    ['an instruction', `${declaration}<a><?php x ?></a>`, '第 2 行有元数据中不使用的写法'],
    ['text beside elements', `${declaration}<a>x<b></b></a>`, '第 2 行文字和元素混在一起'],
    ['text behind elements', `${declaration}<a><b></b>\nx</a>`, '第 3 行文字和元素混在一起'],
    ['another end', `${declaration}<a></b>`, '第 2 行多出 </b>'],
    ['no end', `${declaration}<a>\n<b></b>`, '第 3 行没有写完'],
    ['two roots', `${declaration}<a></a><b></b>`, '第 2 行结尾之后还有内容'],
    ['a zero byte', `${declaration}<a>\0</a>`, '第 2 行含有 XML 不能记录的字符'],
    ['too deep', `${declaration}${'<a>'.repeat(17)}`, '第 2 行层次过深'],
  ])('%s is refused', (_, document, message) => {
    expect(() => readXml(document)).toThrow(message)
  })
})

describe('the metadata of a closed file', () => {
  test('come back as they were, and say in Chinese what they are', () => {
    const file = exampleFile()
    const metadata = writeSealedFile(file)
    expect(readSealedFile(metadata)).toEqual(file)
    expect(metadata).toContain('  <档号>GCXY-DY-2026-0001</档号>\n')
    expect(metadata).toContain('      <材料类别>入党申请书</材料类别>\n')
    expect(digestOfMetadata(writeSealedFile(exampleFile()))).toBe(digestOfMetadata(metadata))
  })

  test('one changed fact is another digest', () => {
    const file = exampleFile()
    const [first, ...facts] = file.facts
    if (!first) throw new Error('a fact is needed')
    const other = writeSealedFile({ ...file, facts: [{ ...first, on: '2025-05-27' }, ...facts] })
    expect(digestOfMetadata(other)).not.toBe(digestOfMetadata(writeSealedFile(file)))
  })

  test('control characters become �', () => {
    expect(readSealedFile(writeSealedFile({ ...exampleFile(), title: '甲\u0007' })).title).toBe('甲�')
  })

  test.each([
    ['a field is missing', (xml: string) => xml.replace(/ {2}<档号>.*\n/, ''), '“档号”缺少'],
    ['a field stands twice', (xml: string) => xml.replace(/( {2}<档号>.*\n)/, '$1$1'), '“档案”的“档号”不认识或重复'],
    ['a field is unknown', (xml: string) => xml.replaceAll('档号>', '编号>'), '“档案”的“编号”不认识或重复'],
    ['a number is none', (xml: string) => xml.replace('<年度>2026', '<年度>0x7e'), '“年度”不是数'],
    ['a day is none', (xml: string) => xml.replace('<日期>2025-03-01', '<日期>2025-02-30'), '“日期”不是日期'],
    ['a word is unknown', (xml: string) => xml.replace('<稿本>原件', '<稿本>草稿'), '“稿本”不认识（草稿）'],
    [
      'a digest is none',
      (xml: string) => xml.replace(/<SHA256>../, '<SHA256>zz'),
      '元数据中的值超出范围（items.0.content.sha256）',
    ],
    ['a list holds something else', (xml: string) => xml.replaceAll('事实>', '事情>'), '“事实清单”有不认识的“事情”'],
  ])('%s: refused', (_, change, message) => {
    expect(() => readSealedFile(change(writeSealedFile(exampleFile())))).toThrow(message)
  })
})
