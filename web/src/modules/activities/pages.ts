/** The pages of activities. They come in one script: many small ones would lengthen the list that every page begins with. */
export { ActivitiesPage } from './ActivitiesPage.tsx'
export { ActivityPage } from './ActivityPage.tsx'
export { DayPage } from './DayPage.tsx'
export { KitPage } from './KitPage.tsx'
export { NewActivityPage } from './NewActivityPage.tsx'
export { PlanPage } from './PlanPage.tsx'
export { RecordPage } from './RecordPage.tsx'
