/** What somebody is at the university. */
export const personKindNames = {
  undergraduate: '本科生',
  postgraduate: '研究生',
  teacher: '教师',
  staff: '职工',
  retired: '离退休人员',
  other: '其他',
} as const

export const sexNames = { male: '男', female: '女' } as const
