import type { Regulation } from '../kernel/regulation.ts'

/** The national standard on the citizen's identity number. */
export const identityNumberStandard = {
  id: 'GB-11643',
  title: 'GB 11643—1999 公民身份号码',
  shortTitle: 'GB 11643 公民身份号码',
  issuedOn: '1999',
  source: { document: '国家标准 GB 11643—1999《公民身份号码》' },
  checkedOn: '2026-11-23',
  articles: {
    结构: [
      {
        from: '1999-07-01',
        summary: '公民身份号码 18 位：6 位地址码、8 位出生日期码、3 位顺序码（奇数为男、偶数为女）、1 位校验码。',
        figures: { length: 18, birthFromDigit: 7, birthUntilDigit: 14, sexDigit: 17 },
        checked: 'toVerify',
      },
    ],
    校验码: [
      {
        from: '1999-07-01',
        summary: '前 17 位分别乘以规定的权数后求和，除以 11，按余数对照得出校验码；余数 2 对应 X。',
        figures: { modulus: 11 },
        checked: 'toVerify',
      },
    ],
  },
} as const satisfies Regulation

/** The weights of the first 17 digits. */
export const identityNumberWeights: readonly number[] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** The check character for each remainder from 0 to 10. */
export const identityNumberCheckCharacters = '10X98765432'
