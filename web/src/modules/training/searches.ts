/** The parts of the page of trainings besides those to come. */
export type TrainingPart = 'mine' | 'year' | 'hours' | 'past' | 'own' | 'statements'

/** What the addresses of trainings carry: texts as somebody has typed them, read by the pages, since every page begins with this file. */
export interface TrainingSearch {
  list?: TrainingPart | undefined
  q?: string | undefined
  cursor?: string | undefined
  audience?: string | undefined
  organization?: string | undefined
  year?: string | undefined
  of?: string | undefined
  /** Of a list of participants, or of those who may become some. */
  place?: string | undefined
  among?: string | undefined
  untrained?: string | undefined
}

/** The address as it is. */
export const trainingSearch = (it: TrainingSearch): TrainingSearch => it
