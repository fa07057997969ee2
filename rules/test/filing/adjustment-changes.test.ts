import { expect, test } from 'vitest'
import { type AddedPlace, adjustmentChanges, type FilingAdjustment } from '../../src/index.ts'

const own: AddedPlace = {
  subject: 'person',
  code: 'ownVolunteerProof',
  label: '志愿服务证明',
  after: 'autobiography',
  from: 'prospectListing',
  deliveredBy: 'person',
  requirement: 'required',
  form: 'either',
  several: true,
  sensitive: false,
  closedToPerson: false,
  contents: ['pdf', 'word'],
  retention: 'years10',
}

test.each<[string, FilingAdjustment, FilingAdjustment, string[]]>([
  ['nothing', { added: [own] }, { added: [own] }, []],
  ['a place added', {}, { added: [own] }, ['增加“志愿服务证明”']],
  [
    'all of an own place',
    { added: [own] },
    {
      added: [
        {
          ...own,
          label: '志愿服务记录',
          deliveredBy: 'branch',
          requirement: 'ifHappened',
          from: 'assignment',
          form: 'original',
          contents: ['pdf'],
          several: false,
          sensitive: true,
          closedToPerson: true,
          retention: 'permanent',
        },
      ],
    },
    [
      '“志愿服务证明”：名称由“志愿服务证明”改为“志愿服务记录”；由谁交来由“本人”改为“党支部”；归档要求由“必备”改为“发生时归档”；' +
        '何时归档由““列为发展对象”以后”改为“有“编入党支部和党小组”的”；原件由“原件或复印件”改为“原件”；文件类型由“PDF、Word”改为“PDF”；' +
        '可归多份由“是”改为“否”；敏感由“否”改为“是”；不向本人公开由“否”改为“是”；保管期限由“10年”改为“永久”',
    ],
  ],
  [
    'a class of retention confirmed',
    {},
    { changed: [{ code: 'oathRecord', retention: 'years10' }] },
    ['“入党宣誓记录”：保管期限由“10年（待核实）”改为“10年”'],
  ],
  [
    'a place moved',
    {},
    { changed: [{ code: 'oathRecord', after: 'admissionReply' }] },
    ['“入党宣誓记录”：排到“接收预备党员的批复”之后'],
  ],
  [
    'a place moved back',
    { changed: [{ code: 'oathRecord', after: 'admissionReply' }] },
    { changed: [] },
    ['“入党宣誓记录”：恢复原来的次序'],
  ],
  [
    'a place out of use, and its neighbours not spoken of',
    { added: [own] },
    { added: [own], changed: [{ code: 'autobiography', off: true }] },
    ['停用“自传”'],
  ],
  ['a place back in use', { changed: [{ code: 'autobiography', off: true }] }, {}, ['恢复使用“自传”']],
])('%s', (_, before, after, said) => {
  expect(adjustmentChanges(before, after)).toEqual(said)
})
