/** The pages of examinations. They come in one script: many small ones would lengthen the list that every page begins with. */
export { AnalysisPage } from './AnalysisPage.tsx'
export { AttemptPage } from './AttemptPage.tsx'
export { BankPage } from './BankPage.tsx'
export { EditExamPage } from './EditExamPage.tsx'
export { ExamPage } from './ExamPage.tsx'
export { ExamsPage } from './ExamsPage.tsx'
export { NewExamPage } from './NewExamPage.tsx'
export { OwnExamPage } from './OwnExamPage.tsx'
