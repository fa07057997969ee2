/** A part of the manual: what one role does, task by task. */
export interface Chapter {
  /** The last part of its address: `/manual/branch`. */
  address: string
  /** For whom it is. */
  title: string
  /** What they do here, in a sentence. */
  lead: string
  tasks: readonly Task[]
}

/** One thing somebody wants to do or know, asked as they would ask. */
export interface Task {
  /** Unique in its chapter; the last part of its address: `/manual/branch#talk`. */
  id: string
  question: string
  /** What it is about, before the steps, or the whole answer. */
  answer?: string
  /** What to do, in order. */
  steps?: readonly string[]
  /** Pages of the product on which it is done, each with its words. */
  pictures?: readonly { address: string; shows: string }[]
  /** What to mind, after the steps. */
  notes?: readonly string[]
}
