import type { Regulation } from '../kernel/regulation.ts'

/** The provision on what offices file and for how long. Known by its number only; a university sets the class of each paper in its own table. */
export const filingPeriods = {
  id: 'BGQX-2006',
  title: '机关文件材料归档范围和文书档案保管期限规定',
  shortTitle: '《文书档案保管期限规定》',
  issuedOn: '2006',
  source: { document: '国家档案局令第8号，2006年发布' },
  checkedOn: '2026-11-23',
  articles: {
    保管期限: [
      {
        from: '2006-01-01',
        summary:
          '文书档案的保管期限分永久和定期，定期一般为 30 年、10 年；各类材料定多久，由本单位的归档范围和保管期限表规定。',
        figures: { longYears: 30, shortYears: 10 },
        checked: 'toVerify',
      },
    ],
  },
} as const satisfies Regulation
