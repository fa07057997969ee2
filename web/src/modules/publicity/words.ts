import type { ArticleState, ArticleText, ReviewVerdict, VersionOccasion } from '@zhibu/server/modules/publicity/schema'

export const stateNames: Readonly<Record<ArticleState, string>> = {
  writing: '编写中',
  inReview: '待审核',
  approved: '待发布',
  scheduled: '已定时',
  published: '已发布',
  withdrawn: '已撤下',
  dropped: '已放弃',
}

export const verdictNames: Readonly<Record<ReviewVerdict, string>> = { approved: '通过', returned: '退回修改' }

/** Why a version was kept. */
export const occasionNames: Readonly<Record<VersionOccasion, string>> = {
  kept: '保存',
  submitted: '送审',
  published: '发布',
  beforeRestoring: '恢复旧版本之前',
  handedOver: '别人接着改之前',
}

export const bylineNames: Readonly<Record<keyof ArticleText['byline'], string>> = {
  author: '作者',
  source: '来源',
  photographer: '摄影',
  editor: '责任编辑',
}

/** Who reads an article on the site. */
export const readersOf = (isOpen: boolean): string => (isOpen ? '公开' : '仅校内登录可见')

/** The byline as it stands below the title: 作者：李明　摄影：王芳. */
export const writeByline = (byline: ArticleText['byline']): string =>
  (['author', 'source', 'photographer', 'editor'] as const)
    .filter((it) => byline[it] !== '')
    .map((it) => `${bylineNames[it]}：${byline[it]}`)
    .join('　')
