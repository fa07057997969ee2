/** The pages of courseware. They come in one script: many small ones would lengthen the list that every page begins with. */
export { CoursewarePage } from './CoursewarePage.tsx'
export { PiecePage } from './PiecePage.tsx'
export { UnitPage } from './UnitPage.tsx'
export { WritingUnitPage } from './WritingUnitPage.tsx'
