/** The pages of the staff. They come in one script: many small ones would lengthen the list that every page begins with. */
export { CallPage } from './CallPage.tsx'
export { RecordPage } from './RecordPage.tsx'
export { StaffPage } from './StaffPage.tsx'
export { SuccessionPage } from './SuccessionPage.tsx'
