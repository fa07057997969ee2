/** The codes of calls for entries (征集) in Chinese, for server and web. */

/** Where a call stands, worked out from its dated facts. */
export const callStateNames = {
  planned: '筹备中',
  open: '征集中',
  closed: '已截止，待评审',
  reviewing: '评审中',
  reviewed: '待公布结果',
  decided: '已公布结果',
  cancelled: '已取消',
} as const
export type CallState = keyof typeof callStateNames

/** What is asked for in a field of an entry. */
export const fieldKindNames = {
  line: '一行文字',
  prose: '长文字',
  picture: '图片',
  sound: '音频',
  video: '视频',
  file: '文件',
} as const
export type FieldKind = keyof typeof fieldKindNames

/** Where an entry stands, to those whose work it is. */
export const entryStateNames = {
  draft: '草稿',
  submitted: '已提交',
  withdrawn: '已撤回',
  accepted: '入选',
  declined: '未入选',
} as const
export type EntryState = keyof typeof entryStateNames

/** What officers decide of an entry. */
export const decisionNames = { accepted: '入选', declined: '未入选' } as const
export type Decision = keyof typeof decisionNames

/** What each author may consent to. */
export const consentNames = { publication: '公开作品', name: '公开姓名', portrait: '公开有本人的画面' } as const
export type ConsentKind = keyof typeof consentNames

/** Where something stands that tells who the author is. */
export const tellingPlaceNames = { title: '标题', text: '文字', fileName: '文件名', altText: '图片说明' } as const
export type TellingPlace = keyof typeof tellingPlaceNames

/** What of the author is told by it. */
export const tellingKindNames = {
  name: '作者姓名',
  number: '学号或工号',
  organization: '单位名称',
  word: '征集要求避免的词',
} as const
export type TellingKind = keyof typeof tellingKindNames

/** Where a review stands. */
export const reviewStateNames = { open: '待评', given: '已评', abstained: '弃权', recused: '已回避' } as const
export type ReviewState = keyof typeof reviewStateNames

/** Where a vote stands. */
export const voteStateNames = { ahead: '尚未开始', open: '投票中', over: '已结束' } as const
export type VoteState = keyof typeof voteStateNames
