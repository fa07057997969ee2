import type { ReadQuestion } from '@zhibu/server/modules/quizzes/schema'

/** What is added of a file: all that is new, and of what is there already only what is wanted all the same. */
export const takenOf = <Read extends ReadQuestion>(read: readonly Read[], wanted: ReadonlySet<ReadQuestion>): Read[] =>
  read.filter((it) => it.repeats === null || wanted.has(it))

/** How much was read of a file, in words. */
export function readInWords(questions: number, repeated: number, problems: number): string {
  if (questions + problems === 0) return '没有读出题目。“示例：”开头的行不算，请在模板里填写自己的题目。'
  const read = `读出 ${questions} 题${repeated > 0 ? `，其中 ${repeated} 题重复` : ''}`
  if (problems > 0) return `${read}，另有 ${problems} 处读不出来，不会添加。改好文件，可以再选一次。`
  return repeated > 0 ? `${read}。` : `${read}，没有问题。`
}

/** Which question asks the same, in words. */
export function repeatInWords(repeats: ReadQuestion['repeats'], setName = '题集'): string {
  if (repeats === null) return ''
  const other = `${repeats.in === 'set' ? setName : '文件'}${repeats.at}`
  return repeats.isAnsweredOtherwise ? `和${other}相同，但正确答案不同，请核对。` : `和${other}相同。`
}
