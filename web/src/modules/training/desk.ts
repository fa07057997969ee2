/** What trainings put on the desk and on the own page, in one script. */
export { MyTraining } from './MyTraining.tsx'
export { WaitingTrainings } from './WaitingTrainings.tsx'
