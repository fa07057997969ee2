import type { Regulation } from '../kernel/regulation.ts'

/** The regulations on personnel files, for the class into which papers on membership go. The text of 2018 has not been compared. */
export const personnelFiles = {
  id: 'GBDA-2018',
  title: '干部人事档案工作条例',
  shortTitle: '《干部人事档案工作条例》',
  issuedOn: '2018',
  source: { document: '中共中央办公厅 2018 年印发《干部人事档案工作条例》' },
  checkedOn: '2026-11-23',
  articles: {
    党团材料: [
      {
        from: '2018-01-01',
        summary: '参加党、团组织形成的材料归入人事档案第六类，随人事档案长期保存、随人转递。',
        checked: 'toVerify',
      },
    ],
  },
} as const satisfies Regulation
