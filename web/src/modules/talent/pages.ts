/** The pages of the staff. They come in one script: many small ones would lengthen the list that every page begins with. */
export { RecordPage } from './RecordPage.tsx'
export { StaffPage } from './StaffPage.tsx'
