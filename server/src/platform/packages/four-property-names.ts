/** The words of DA/T 70 for the codes of an examination. Pages load this file by value. */

/** When a file is examined. */
export const momentNames = { filing: '归档', transfer: '移交接收', preservation: '长期保存' } as const
export type Moment = keyof typeof momentNames

export const propertyNames = {
  authenticity: '真实性',
  integrity: '完整性',
  usability: '可用性',
  security: '安全性',
} as const
export type Property = keyof typeof propertyNames

export const resultNames = { met: '符合', unmet: '不符合', notApplicable: '不适用', unchecked: '未能检查' } as const
export type CheckResult = keyof typeof resultNames
