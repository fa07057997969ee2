/** The other pages of 培训, in the order of their buttons. */
export const sisters: readonly { to: string; label: string }[] = [
  { to: '/training/courseware', label: '课件' },
  { to: '/training/exams', label: '考试' },
  { to: '/training/guidance', label: '一对一指导' },
  { to: '/training/exchanges', label: '经验交流' },
  { to: '/training/experts', label: '专家' },
  { to: '/training/certificates', label: '证书' },
]
