/** Which files a place takes. */
export interface Fitting {
  /** File name endings with the dot, in small letters. */
  endings: readonly string[]
  /** In megabytes. */
  largestMb: number
  multiple: boolean
}

/** Of the files given those that fit, and in Chinese why the others do not. Where several are taken, one that does not fit keeps none back. */
export function fittingFiles(
  files: readonly File[],
  { endings, largestMb, multiple }: Fitting,
): { fit: File[]; problem: string | undefined } {
  if (files.length > 1 && !multiple) return { fit: [], problem: '一次只能上传一个文件。' }
  const problemOf = (file: File): string[] => {
    if (!endings.some((it) => file.name.toLowerCase().endsWith(it)))
      return [`“${file.name}”的类型不能使用，请上传 ${endings.join('、')} 文件。`]
    if (file.size > largestMb * 1024 * 1024) return [`“${file.name}”超过 ${largestMb} MB，请拆分后再上传。`]
    return file.size === 0 ? [`“${file.name}”是空文件。`] : []
  }
  const fit = files.filter((file) => problemOf(file).length === 0)
  const problems = files.flatMap(problemOf)
  const told = problems.slice(0, mostTold).join('')
  const others = problems.length > mostTold ? `还有 ${problems.length - mostTold} 个文件也不能上传。` : ''
  return { fit, problem: problems.length === 0 ? undefined : `${told}${others}` }
}

/** More reasons than these nobody reads. */
const mostTold = 3
