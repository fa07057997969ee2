/** The codes of courseware (课件) in Chinese, for server and web. */

export const unitKindNames = {
  text: '图文',
  file: 'PDF 或图片',
  film: '视频或音频',
  package: '互动课件（SCORM）',
} as const
export type UnitKind = keyof typeof unitKindNames

/** The versions of SCORM that a package may be written for. */
export const standardNames = { '1.2': 'SCORM 1.2', '2004': 'SCORM 2004' } as const
export type Standard = keyof typeof standardNames

/** So many units a piece of courseware has, and so many chapters a film. */
export const mostUnits = 100
export const mostChapters = 100

/** So large a package is at most, in megabytes. */
export const largestPackageMb = 500
