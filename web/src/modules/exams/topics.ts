import type { Supply } from '@zhibu/server/modules/exams/bank-schema'

/** A topic as it is shown; the empty one is that of questions without any. */
export const topicName = (topic: string): string => (topic === '' ? '没有写章节' : topic)

/** The topics of what there is, each once, in their order. */
export const topicsOf = (supply: readonly Supply[]): string[] => [...new Set(supply.map((it) => it.topic))]
