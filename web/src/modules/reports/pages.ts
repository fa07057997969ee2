/** The pages of statistics, in one script. */
export { BehindPage } from './BehindPage.tsx'
export { ReportsPage } from './ReportsPage.tsx'
