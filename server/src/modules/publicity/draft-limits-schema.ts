/** What the platform of the 公众号 takes at most, as it says of its interface for drafts. */
export const draftLimits = {
  source: '微信公众平台开发文档“新增草稿”“上传图文消息内的图片”',
  checkedOn: '2026-11-29',
  titleCharacters: 32,
  authorCharacters: 16,
  digestCharacters: 128,
  /** Without a summary so many characters of the beginning are taken. */
  digestTaken: 54,
  contentCharacters: 20_000,
  contentBytes: 1024 * 1024,
  pictureBytes: 1024 * 1024,
} as const

/** The covers that lists and the draft box of a 公众号 show, in pixels. */
export const coverSizes = { wide: { width: 900, height: 383 }, square: { width: 200, height: 200 } } as const
export type CoverShape = keyof typeof coverSizes
