/** What hiding a post is called and what it takes away: with the first one goes the whole topic. */
export function hidingOf(seq: number, replyCount = 0): { title: string; lead: string } {
  if (seq > 1) return { title: '隐藏这条发言', lead: '' }
  const replies = replyCount > 0 ? `，下面的 ${replyCount} 条回复也一并不显示` : ''
  return { title: '隐藏整个话题', lead: `这是话题的第 1 条，隐藏以后整个话题不再显示${replies}。` }
}
