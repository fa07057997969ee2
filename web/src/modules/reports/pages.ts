/** The pages of statistics, in one script. */
export { BehindPage } from './BehindPage.tsx'
export { PicturePage } from './PicturePage.tsx'
export { ReportsPage } from './ReportsPage.tsx'
export { SchedulesPage } from './SchedulesPage.tsx'
export { SentPage } from './SentPage.tsx'
